"""What is wrong with what was returned, as far as the contract, its menu edition and person numbers can tell."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract_dates import ContractError
from tomsapp.domain.delivery.delivery import DELIVERY, Delivery, measure_problems
from tomsapp.domain.delivery.people import PersonClaim, people_problems
from tomsapp.domain.delivery.quarters import contract_quarters
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.problems import Problem
from tomsapp.store.person_claims import KeptPersonClaim


def delivery_problems(
    edition: MenuEdition,
    lines: Sequence[Commitment],
    claims: Sequence[Delivery],
    people: Iterable[KeptPersonClaim],
    *,
    masked: bool,
) -> Iterator[Problem]:
    """What is wrong with the claims of a contract, and what the person numbers of its supplier show of it.

    Masked, no number of a person is told: see `people_problems`.
    """
    yield from _problems(edition, lines, claims)
    yield from _people_problems(edition, lines, people, masked=masked)


def _problems(edition: MenuEdition, lines: Sequence[Commitment], claims: Sequence[Delivery]) -> Iterator[Problem]:
    of_line: dict[str, list[Delivery]] = {}
    for claim in claims:
        of_line.setdefault(claim.commitment, []).append(claim)
    for line in lines:
        place = edition.places.get(line.measure)
        for claim in of_line.get(line.key, ()):
            found = DELIVERY.problems(claim)
            if place is not None:
                found += measure_problems(claim, place.measure, of_line[line.key])
            yield from (placed(problem, claim) for problem in found)


def _people_problems(
    edition: MenuEdition, lines: Sequence[Commitment], claims: Iterable[KeptPersonClaim], *, masked: bool
) -> Iterator[Problem]:
    """What the person numbers show of this contract: one twice, in two measures, late, or in another contract too."""
    own = {line.key for line in lines}
    found = people_problems(known_claims(claims), edition, masked=masked)
    return (problem for problem in found if problem.where.commitment in own)


def known_claims(claims: Iterable[KeptPersonClaim]) -> list[PersonClaim]:
    """The claims of persons with their quarters; those whose contract has that quarter no more are left out."""
    return [claim for each in claims if (claim := _person_claim(each)) is not None]


def _person_claim(kept: KeptPersonClaim) -> PersonClaim | None:
    """The claim with its quarter; None where its contract has that quarter no more."""
    try:
        quarters = contract_quarters(kept.start_on, kept.end_on)
    except ContractError:
        return None
    quarter = next((each for each in quarters if each.quarter == kept.quarter), None)
    if quarter is None:
        return None
    return PersonClaim(kept.person, kept.reference, kept.menu, kept.commitment, kept.measure, quarter)


def placed(problem: Problem, claim: Delivery) -> Problem:
    """A Problem of a claim, with the commitment and contract year that it is of."""
    return replace(problem, where=problem.where._replace(commitment=claim.commitment, year=claim.quarter.year))
