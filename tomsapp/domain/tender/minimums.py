"""What the council's rules ask of a lot, before anything is offered: each minimum with its sum."""

from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import PolicyCheck, PolicyResult, check_policy
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import Demand
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.pack import Pack
from tomsapp.domain.valuation import value_contract


def rules_asked(pack: Pack, contract: Contract, edition: MenuEdition) -> tuple[PolicyCheck, ...]:
    """The rules that ask something of a lot, with what they need; none where the base is a price not known yet."""
    if pack.tender.base is ShareBase.PRICE:
        return ()
    return tuple(each for each in _checks(pack, contract, edition) if each.result is PolicyResult.SHORT)


def rules_by_price(pack: Pack, contract: Contract, edition: MenuEdition) -> tuple[PolicyCheck, ...]:
    """The rules that may ask something of a lot by the bidder's price, whose sums are not known before."""
    if pack.tender.base is not ShareBase.PRICE:
        return ()
    asks = {PolicyResult.SHORT, PolicyResult.NOTHING_ASKED}
    checks = _checks(pack, contract, edition)
    return tuple(each for each in checks if each.result in asks and isinstance(each.rule.kind, Demand))


def _checks(pack: Pack, contract: Contract, edition: MenuEdition) -> tuple[PolicyCheck, ...]:
    return () if pack.policy is None else check_policy(value_contract(contract, edition, ()), pack.policy)


def needed_words(check: PolicyCheck) -> str:
    """What a rule needs of a lot, with its sum: "£1,200,000.00 × 5% = £60,000.00 of social value"."""
    return check.brief if check.rule.kind is MINIMUM_SHARE else check.brief.partition(", ")[0]
