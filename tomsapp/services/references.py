"""References of contracts and tenders: which is the next free one of a year, and whether one is taken."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

from tomsapp.domain.contract import Contract
from tomsapp.domain.facts import Fault
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.tender import Tender
from tomsapp.store.readmodels import ContractFilter

R = TypeVar("R", Contract, Tender)


def next_in(references: Iterable[str], year: int, usual: str, like: Iterable[str] | None = None) -> str:
    """The reference after the last of a year, as most of its references begin, else as most of other years do.

    Args:
        references: those that are there, of whichever year.
        year: of the new one.
        usual: the letter with which the first of all begins.
        like: those of its own kind, by which it begins; all of them where None is given.
    """
    held = list(references)
    numbered = [found for each in held if (found := re.fullmatch(rf"(.*(?<![0-9]){year}\D+)([0-9]{{1,15}})", each))]
    own = set(held) if like is None else set(like)
    starts = Counter(found[1] for found in numbered if found[0] in own) or _starts_of_other_years(own, year)
    start = starts.most_common(1)[0][0] if starts else f"{usual}-{year}-"
    ends = [found[2] for found in numbered if found[1] == start]
    digits = max((len(end) for end in ends), default=3)
    return f"{start}{max(map(int, ends), default=0) + 1:0{digits}d}"


def _starts_of_other_years(references: Iterable[str], year: int) -> Counter[str]:
    """How references begin, with the year in place of theirs: "L-2025-" counts for "L-2027-"."""
    found = (re.fullmatch(r"(.*\D|)((?:19|20)[0-9]{2})(\D+)[0-9]{1,9}", each) for each in references)
    return Counter(f"{each[1]}{year}{each[3]}" for each in found if each)


def next_contract_reference(contracts: Callable[[ContractFilter], Iterable[Contract]], year: int) -> str:
    """The next free reference of a year, in the way that the council numbers its contracts: C-2026-013.

    `contracts` lists those that fit a filter; all of them are asked for only where none is of that year.
    """
    of_year = [row.reference for row in contracts(ContractFilter(text=str(year)))]
    if any(str(year) in each for each in of_year):
        return next_in(of_year, year, "C")
    return next_in([row.reference for row in contracts(ContractFilter())], year, "C")


def taken_reference(
    kind: RecordType[R], record: R, number: int | None, same: Stored[R] | None, near: Mapping[int, str]
) -> Iterator[Problem]:
    """What is wrong where another record has this reference, or one that people would take for it.

    Args:
        kind: a contract or a tender.
        record: what is to be saved.
        number: of the record itself, where it is kept already.
        same: the record that has this very reference.
        near: the references that look like it, by the numbers of their records.
    """
    if same is not None and same.id != number:
        message = f"Reference {record.reference.strip()} is used by “{same.record.title}”"
        yield fact_problem(kind, kind.fact("reference"), Fault(message, "Enter another reference", "taken"))
    elif number not in near and near:
        message = f"There is a {kind.noun} with the reference {next(iter(near.values()))}"
        fix = f"Is this the same {kind.noun}? Use that one, or save this one all the same"
        yield Problem("reference-twice", Severity.WARNING, message, fix, Where(field="reference"))
