"""What is said of receipts in a list: how many files there are of each kind, and of each what becomes of it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import assert_never

from tomsapp.domain.tender.receipt import JudgedReceipt, Standing
from tomsapp.domain.wording import listed, plural

_COUNTED: tuple[tuple[Standing, str], ...] = (
    (Standing.LATE, "late"),
    (Standing.REPLACED, "replaced"),
    (Standing.NOT_FINISHED, "not finished"),
    (Standing.REFUSED, "refused"),
)
"""What does not count, in the order in which it is told."""


def counts_of(receipts: Sequence[JudgedReceipt], *, is_closed: bool) -> tuple[tuple[str, str], ...]:
    """How many files were received and what becomes of them: ("8 files", "received"), ("4 offers", "count").

    Before the deadline a file that counts may still be replaced, which is said.
    """
    counting = sum(each.standing.counts for each in receipts)
    verb = "counts" if counting == 1 else "count"
    told = [(plural(len(receipts), "file"), "received")]
    told.append((plural(counting, "offer"), verb if is_closed else f"{verb} so far"))
    for standing, words in _COUNTED:
        number = sum(each.standing is standing for each in receipts)
        if number:
            told.append((f"{number:,}", words))
    return tuple(told)


def counts_sentence(receipts: Sequence[JudgedReceipt], *, is_closed: bool) -> str:
    """The same in a sentence: "8 files received, 4 offers count, 1 late, 1 replaced, 2 refused."."""
    return ", ".join(" ".join(each) for each in counts_of(receipts, is_closed=is_closed)) + "."


def in_two_lines(
    judged: JudgedReceipt, receipts: Iterable[JudgedReceipt], changes: Mapping[int, Sequence[str]]
) -> tuple[str, str]:
    """What becomes of a file, and in a second line what to do or to know; empty where there is nothing more to say.

    Args:
        judged: the file.
        receipts: all of the tender.
        changes: what each version of the pack changed.
    """
    file = judged.file
    match judged.standing:
        case Standing.COUNTS:
            return judged.words, _replaces(judged, receipts)
        case Standing.COUNTS_OLD_PACK:
            return judged.words, _since(file.pack_version or 0, changes)
        case Standing.ADMITTED_LATE:
            head, _, rest = judged.words.partition(". Counts: ")
            return f"{head}. Counts", rest[:1].upper() + rest[1:]
        case Standing.REPLACED:
            _, _, when = judged.words.partition("Replaced on ")
            return f"Replaced by receipt {judged.replaced_by}", f"On {when.partition(', by')[0]}. Kept as it came"
        case Standing.LATE:
            return judged.words, _kept_late(judged, receipts)
        case Standing.REFUSED | Standing.NOT_FINISHED:
            asks = f"Ask for {file.ask_for}" if file.ask_for else ""
            return judged.words.removesuffix(f". {asks}"), asks or "Kept as it came"
        case _:
            assert_never(judged.standing)


def _replaces(judged: JudgedReceipt, receipts: Iterable[JudgedReceipt]) -> str:
    numbers = [str(each.file.number) for each in receipts if each.replaced_by == judged.file.number]
    if not numbers:
        return ""
    return f"It replaces receipt{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def _since(version: int, changes: Mapping[int, Sequence[str]]) -> str:
    """What was changed after the version that an offer was made with: the change itself, or how many there are."""
    later = {number: told for number, told in sorted(changes.items()) if number > version and told}
    if len(later) == 1 and len(next(iter(later.values()))) == 1:
        ((number, (only,)),) = later.items()
        return f"Version {number}: {only}"
    told_of = [f"version {number} has {plural(len(told), 'change')}" for number, told in later.items()]
    said = listed(told_of or [""])
    return said[:1].upper() + said[1:]


def _kept_late(judged: JudgedReceipt, receipts: Iterable[JudgedReceipt]) -> str:
    mine = (judged.file.supplier, judged.file.lot)
    for each in receipts:
        if each.standing.counts and (each.file.supplier, each.file.lot) == mine:
            return f"Kept. Receipt {each.file.number} counts instead"
    return "Kept. It counts only if somebody admits it, with a reason"
