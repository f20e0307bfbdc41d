"""What the manager should look at: late returns, risks, claims without evidence, measures that nobody chose."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tomsapp.dashboards.selection import Filters
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivered_portfolio import DeliveredSignal, Signal
from tomsapp.domain.delivery.due import return_due_on
from tomsapp.domain.delivery.quarters import contract_quarters
from tomsapp.domain.delivery.rating import rate
from tomsapp.domain.errors import MenuError
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.services.garbage import without_looking_for_garbage
from tomsapp.services.without_commitments import contracts_without_commitments
from tomsapp.services.workspace import Workspace

if TYPE_CHECKING:
    from tomsapp.dashboards.delivery_cube import DeliveryCube
    from tomsapp.dashboards.delivery_signals import SeenSignals
    from tomsapp.dashboards.facts import PortfolioContract
    from tomsapp.domain.menu import MenuEdition


def delivered_signals(
    workspace: Workspace, delivered: DeliveryCube, filters: Filters, today: date
) -> tuple[DeliveredSignal, ...]:
    """What is to be looked at of what passes the filters, in the order of `Signal`; what there is none of is left out.

    A return is late that was due before today, of a quarter that ended by the day of the figures. A commitment is at
    risk by its rating after two quarters in which something was due; its pace is told on the page of its contract.
    """
    from tomsapp.dashboards.delivery_signals import signals_seen

    with without_looking_for_garbage():
        seen = signals_seen(delivered, filters)
    menu = workspace.settings.default_menu
    try:
        edition = workspace.catalogue.in_force(menu, today) if menu else None
    except MenuError:
        edition = None
    found = (
        _overdue(delivered, seen, today),
        _at_risk(seen),
        _below(delivered, seen),
        _without_evidence(seen),
        _never_chosen(seen, edition),
        _never_delivered(seen),
        _without_commitments(workspace, delivered, filters, today),
    )
    return tuple(each for each in found if each is not None)


def _told(contract: PortfolioContract, words: str) -> ContractAttention:
    return ContractAttention(contract.id, contract.reference, contract.title, contract.supplier, (words,))


def _overdue(delivered: DeliveryCube, seen: SeenSignals, today: date) -> DeliveredSignal | None:
    """The returns that are late, the oldest first."""
    late = []
    number = 0
    for contract in seen.contracts:
        if contract.status is not ContractStatus.SIGNED or not contract.commitments or not contract.years:
            continue
        days = list(_late_days(delivered, contract, seen, today))
        number += len(days)
        if days:
            late.append((max(days), contract, f"{plural(len(days), 'return is', 'returns are')} late"))
    if not late:
        return None
    late.sort(key=lambda each: (-each[0], each[1].reference))
    most, oldest, _ = late[0]
    told = tuple(_told(contract, f"{words}, the oldest by {plural(latest, 'day')}") for latest, contract, words in late)
    detail = f"Oldest: {oldest.supplier or oldest.reference}, {plural(most, 'day')}"
    return DeliveredSignal(Signal.OVERDUE, number, f"{plural(number, 'return is', 'returns are')} late", detail, told)


def _late_days(delivered: DeliveryCube, contract: PortfolioContract, seen: SeenSignals, today: date) -> Iterator[int]:
    returned = seen.returned.get(contract.id, frozenset())
    for quarter in contract_quarters(contract.start_on, contract.end_on):
        if quarter.ends_on > delivered.until:
            return
        days = (today - return_due_on(quarter, delivered.rules, contract.signed_on)).days
        if days > 0 and quarter.quarter not in returned:
            yield days


def _at_risk(seen: SeenSignals) -> DeliveredSignal | None:
    number = sum(seen.at_risk.values())
    words = f"{plural(number, 'commitment is', 'commitments are')} at risk"
    return _counted(
        Signal.AT_RISK, seen, seen.at_risk, words, lambda many: f"{plural(many, 'commitment')} below Approaching target"
    )


def _without_evidence(seen: SeenSignals) -> DeliveredSignal | None:
    number = sum(seen.without_evidence.values())
    words = plural(number, "claim lacks evidence", "claims lack evidence")
    return _counted(
        Signal.WITHOUT_EVIDENCE,
        seen,
        seen.without_evidence,
        words,
        lambda many: plural(many, "claim is not evidenced in full", "claims are not evidenced in full"),
    )


def _counted(
    signal: Signal, seen: SeenSignals, numbers: Mapping[int, int], words: str, tell: Callable[[int], str]
) -> DeliveredSignal | None:
    """A signal of which each contract has a number, the largest first."""
    own = [contract for contract in seen.contracts if contract.id in numbers]
    if not own:
        return None
    own.sort(key=lambda contract: (-numbers[contract.id], contract.reference))
    suppliers = len({contract.supplier_id for contract in own})
    told = tuple(_told(contract, tell(numbers[contract.id])) for contract in own)
    return DeliveredSignal(signal, sum(numbers.values()), words, f"From {plural(suppliers, 'supplier')}", told)


def _below(delivered: DeliveryCube, seen: SeenSignals) -> DeliveredSignal | None:
    """The contracts whose pounds are below the bound of Approaching target, that with most due first."""
    rules, below = delivered.rules, []
    for contract in seen.contracts:
        due, accepted = seen.pence.get(contract.id, (0, 0))
        rated = rate(pounds_of(accepted), pounds_of(due), rules, in_pounds=True)
        if due and rated.rating.is_below_approaching:
            below.append((due, contract, rated.sum_words))
    if not below:
        return None
    below.sort(key=lambda each: (-each[0], each[1].reference))
    words = f"{plural(len(below), 'contract')} under {format_percent(rules.approaching)}"
    due, largest, _ = below[0]
    detail = f"Largest: {largest.title}, {format_pounds(pounds_of(due))} due"
    told = tuple(_told(contract, words[:1].upper() + words[1:]) for _, contract, words in below)
    return DeliveredSignal(Signal.BELOW, len(below), words, detail, told)


def _never_chosen(seen: SeenSignals, edition: MenuEdition | None) -> DeliveredSignal | None:
    """The measures of the menu in force that no signed or closed contract promises."""
    if edition is None:
        return None
    left = [each for each in edition.measures if (edition.code, each.code) not in seen.chosen]
    if not left:
        return None
    words = f"{plural(len(left), 'measure was', 'measures were')} never chosen"
    detail = f"Of {len(edition.measures):,} on the menu {edition.name}"
    return DeliveredSignal(
        Signal.NEVER_CHOSEN, len(left), words, detail, measures=tuple((each.code, each.title) for each in left)
    )


def _never_delivered(seen: SeenSignals) -> DeliveredSignal | None:
    """The measures that were due and of which nothing was accepted."""
    many = len(seen.not_delivered)
    if not many:
        return None
    words = f"{plural(many, 'measure was', 'measures were')} chosen and never delivered"
    return DeliveredSignal(
        Signal.NEVER_DELIVERED, many, words, "Due, and nothing accepted", measures=seen.not_delivered
    )


def _without_commitments(
    workspace: Workspace, delivered: DeliveryCube, filters: Filters, today: date
) -> DeliveredSignal | None:
    """The contracts that a rule asks something of and that promise nothing, drafts too: an imported register has them.

    None passes a filter that looks at commitments.
    """
    from tomsapp.dashboards.filters import passing

    cube = delivered.cube
    chosen = passing(cube, replace(filters, statuses=frozenset())).contracts
    shown = {contract.id for contract, passes in zip(cube.contracts, chosen.tolist(), strict=True) if passes}
    found = [each for each in contracts_without_commitments(workspace, today) if each.contract.id in shown]
    if not found:
        return None
    told = tuple(
        ContractAttention(
            each.contract.id,
            each.contract.reference,
            each.contract.title,
            each.contract.supplier or "",
            (f"{format_pounds(each.value)}, {each.words}, and no commitments",),
        )
        for each in found
    )
    words = f"{plural(len(found), 'contract')} over the threshold without commitments"
    detail = f"Largest: {format_pounds(found[0].value)}"
    return DeliveredSignal(Signal.WITHOUT_COMMITMENTS, len(found), words, detail, told)


def place_in_menu(workspace: Workspace, code: str, today: date) -> tuple[str, str, str] | None:
    """Where the menu in force has a measure: menu, edition and code; None where it has none of that code."""
    menu = workspace.settings.default_menu
    try:
        edition = workspace.catalogue.in_force(menu, today) if menu else None
    except MenuError:
        return None
    if edition is None or edition.find_measure(code) is None:
        return None
    return edition.code, edition.edition, code
