"""References of contracts and tenders: which is the next free one of a year, and whether one is taken."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

from tomsapp.domain.contract import Contract
from tomsapp.domain.facts import Fault
from tomsapp.domain.history import Stored
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, fact_problem
from tomsapp.domain.tender.tender import Tender

R = TypeVar("R", Contract, Tender)


def next_in(references: Iterable[str], year: int, usual: str, like: Iterable[str] | None = None) -> str:
    """The reference after the last of a year, as most of its references begin: C-2026-013.

    Args:
        references: those that are there, of whichever year.
        year: of the new one.
        usual: the letter with which the first of a year begins.
        like: those of its own kind, by which it begins; all of them where None is given.
    """
    numbered = [found for each in references if (found := re.fullmatch(rf"(.*{year}\D+)([0-9]{{1,9}})", each))]
    own = None if like is None else set(like)
    starts = Counter(found[1] for found in numbered if own is None or found[0] in own)
    start = starts.most_common(1)[0][0] if starts else f"{usual}-{year}-"
    ends = [found[2] for found in numbered if found[1] == start]
    digits = max((len(end) for end in ends), default=3)
    return f"{start}{max(map(int, ends), default=0) + 1:0{digits}d}"


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
