"""What must be known of the figures of a portfolio, in short, each with the contracts that it speaks of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np

from tomsapp.dashboards.attention import Checked, told_of
from tomsapp.dashboards.exact import Column
from tomsapp.dashboards.facts import PortfolioContract
from tomsapp.dashboards.looked_at import LookedAt
from tomsapp.domain.portfolio import ContractAttention
from tomsapp.domain.portfolio_contract import SealedToday, sealed_together
from tomsapp.domain.value_factor import pounds_of
from tomsapp.domain.wording import format_exact, format_pounds, listed, plural

_UNCHECKED = Checked()


@dataclass(frozen=True, slots=True)
class SealedContract(ContractAttention):
    """A contract with what was sealed of it and what that comes to today; its reasons say why they differ."""

    since: SealedToday = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class PortfolioNote:
    """Something to know of the figures.

    Attributes:
        words: what it is, in a few words: "2 contracts with errors".
        title: what the list of its contracts is called.
        contracts: those that it speaks of, each with its reasons.
        is_sealed: whether they are each a `SealedContract`.
    """

    words: str
    title: str
    contracts: tuple[ContractAttention, ...]
    is_sealed: bool = False


def notes_of(at: LookedAt) -> tuple[PortfolioNote, ...]:
    """What was sealed and is another today, rests on a forecast, was over, is open, and which menus are withdrawn."""
    return (*_sealed(at), *_forecast(at), *_ended(at), *_errors(at), *_questions(at), *_withdrawn(at))


def _at(at: LookedAt, places: Iterable[int]) -> list[tuple[int, PortfolioContract]]:
    """Each of the contracts with its place."""
    contracts = at.cube.contracts
    return [(place, contracts[place]) for place in places]


def _sealed(at: LookedAt) -> Iterator[PortfolioNote]:
    """Of whole contracts: what is sealed is sealed as a whole."""
    changed = at.cube.sealed_today
    found = [(contract, changed[place]) for place, contract in _at(at, sorted(changed)) if place in at.standings]
    if at.is_part or not found:
        return
    together = sealed_together((contract.sealed_value, changed.get(place)) for place, contract in _at(at, at.standings))
    found.sort(key=lambda each: -abs(each[1].difference))
    yield PortfolioNote(
        f"{together.words}: {_contracts(len(found), 'differs', 'differ')}",
        "As sealed and as of today",
        tuple(_sealed_contract(contract, since) for contract, since in found),
        is_sealed=True,
    )


def _sealed_contract(contract: PortfolioContract, since: SealedToday) -> SealedContract:
    return SealedContract(
        contract.id, contract.reference, contract.title, contract.supplier, since.reasons, since=since
    )


def _forecast(at: LookedAt) -> Iterator[PortfolioNote]:
    jobs = {place: own.on_forecast for place, own in at.job_caveats.items()}
    parts = _parts(at, at.sums.forecast, jobs)
    if not parts:
        return
    found = tuple(
        told_of(contract, (f"{parts[place].words('rests', 'rest')} on a forecast of spend", *_without(at, place)))
        for place, contract in _at(at, parts)
    )
    words = f"{_together(parts.values()).words('rests', 'rest')} on a forecast"
    yield PortfolioNote(words, "Contracts that rest on a forecast of spend", found)


def _ended(at: LookedAt) -> Iterator[PortfolioNote]:
    """What nobody could promise any more on the day of signing."""
    jobs = {place: own.ended_when_signed for place, own in at.job_caveats.items()}
    parts = _parts(at, at.sums.ended, jobs)
    if not parts:
        return
    found = tuple(
        told_of(contract, (f"{parts[place].words('is', 'are')} of contract years that had ended when it was signed",))
        for place, contract in _at(at, parts)
    )
    words = f"{_together(parts.values()).words('is', 'are')} of years that had ended when signed"
    yield PortfolioNote(words, "Contracts with years that had ended when they were signed", found)


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of what is promised: social value in pence, and jobs."""

    pence: int
    jobs: Fraction

    def words(self, one: str, many: str) -> str:
        """The part with its verb: "£5.00 and 2 jobs rest"."""
        told = [format_pounds(pounds_of(self.pence))] if self.pence else []
        told += [f"{format_exact(self.jobs, 2)} {'job' if self.jobs == 1 else 'jobs'}"] if self.jobs else []
        return f"{listed(told)} {many if len(told) > 1 or self.jobs > 1 else one}"


def _parts(at: LookedAt, pence: Column, jobs: Mapping[int, Fraction]) -> dict[int, _Part]:
    """The part of each contract that has any, by its place."""
    places = sorted({*np.flatnonzero(pence[:-1]).tolist(), *(place for place, own in jobs.items() if own)})
    return {place: _Part(int(pence[place]), jobs.get(place, Fraction(0))) for place in places if place in at.standings}


def _together(parts: Iterable[_Part]) -> _Part:
    members = list(parts)
    return _Part(sum(part.pence for part in members), sum((part.jobs for part in members), Fraction(0)))


def _without(at: LookedAt, place: int) -> tuple[str, ...]:
    """In what the whole contract is enough only with its forecast."""
    standing = at.standings[place]
    return standing.reasons[-len(standing.on_forecast) :] if standing.on_forecast else ()


def _errors(at: LookedAt) -> Iterator[PortfolioNote]:
    wrong = _at(at, at.not_admissible(at.standings))
    found = tuple(
        told_of(contract, (contract.trouble or f"{plural(at.checked[contract.id].errors, 'error')} to put right",))
        for _, contract in wrong
    )
    if found:
        yield PortfolioNote(f"{_contracts(len(found))} with errors", "Contracts with errors", found)


def _questions(at: LookedAt) -> Iterator[PortfolioNote]:
    if not at.checked:
        return
    of_all = ((contract, at.checked.get(contract.id, _UNCHECKED)) for _, contract in _at(at, at.standings))
    open_ones = [(contract, state.warnings + state.without_statement) for contract, state in of_all]
    found = [(contract, number) for contract, number in open_ones if number]
    if found:
        yield PortfolioNote(
            f"{plural(sum(number for _, number in found), 'open question')} in {_contracts(len(found))}",
            "Contracts with open questions",
            tuple(told_of(contract, (f"{plural(number, 'question')} to answer",)) for contract, number in found),
        )


def _withdrawn(at: LookedAt) -> Iterator[PortfolioNote]:
    found = tuple(
        told_of(contract, (f"{contract.edition.name} is withdrawn: {contract.edition.withdrawn_because}",))
        for _, contract in _at(at, at.standings)
        if contract.edition is not None and contract.edition.withdrawn_because
    )
    if found:
        yield PortfolioNote(
            f"{_contracts(len(found))} under a withdrawn menu", "Contracts under a withdrawn menu", found
        )


def _contracts(number: int, one: str = "", many: str = "") -> str:
    return f"{plural(number, 'contract')} {one if number == 1 else many}".strip()
