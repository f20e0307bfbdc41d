"""Where the policy rules of a valuation come from, and why they bind the contract: in a sentence or two."""

from typing import assert_never

from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.wording import format_date, listed
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.phrases import capital


def rules_origin(page: PrintedValuation) -> str:
    """Whose rules they are, their document and date, and why they bind; "" where nothing is known of it."""
    rules = [check.rule for check in page.checked.policy_checks]
    if page.rules_from is RulesFrom.UNKNOWN or not rules:
        return ""
    council = page.council or "the council"
    whose = list(dict.fromkeys(map(_published, rules)))
    publishers = {rule.source.publisher.casefold() for rule in rules if rule.source is not None}
    own = bool(page.council) and publishers == {page.council.casefold()}
    says = f"The rules are {'the council’s own: ' if own else ''}{listed(whose)}. {_why(page, council, own=own)}"
    sealed = " A signed contract keeps the rules that were sealed with it." if page.is_signed else ""
    return f"{says}{sealed}"


def _why(page: PrintedValuation, council: str, *, own: bool) -> str:
    """Why they bind the contract."""
    bind = f"bind the contracts of {council} that begin while they are in force."
    match page.rules_from:
        case RulesFrom.MENU if own:
            return f"They {bind}"
        case RulesFrom.MENU:
            return f"{capital(council)} took them over with its menu, so they {bind}"
        case RulesFrom.COUNCIL:
            return f"{capital(council)} has set them in its policy rules, so they {bind}"
        case RulesFrom.OFFER | RulesFrom.UNKNOWN:
            return f"They come with the menu {page.edition.name}; this offer is in no council’s records yet."
        case _:
            assert_never(page.rules_from)


def _published(rule: PolicyRule) -> str:
    """Who published a rule, in what, and from when it holds: "Barnet Council (Social value, 2023), in force from …"."""
    source, since = rule.source, f"in force from {format_date(rule.in_force_from)}"
    if source is None:
        return f"“{rule.title}” without a published source, {since}"
    document = ", ".join(filter(None, (source.title.partition(" (read in ")[0], source.year)))
    return f"those of {source.publisher} ({document}), {since}"
