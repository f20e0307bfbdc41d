"""Where the policy rules of a valuation come from, and why they bind the contract: in a sentence or two."""

from tomsapp.domain.rules_origin import SEALED_RULES
from tomsapp.reports.contract_facts import PrintedValuation


def rules_origin(page: PrintedValuation) -> str:
    """Whose rules they are, their document and date, and why they bind; "" where nothing is known of it."""
    told = page.origin.words((check.rule for check in page.checked.policy_checks), page.edition.name)
    return f"{told} {SEALED_RULES}" if told and page.is_signed else told
