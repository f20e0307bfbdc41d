"""Person numbers as they are pasted from a spreadsheet: what each line says, or why it is not taken.

Cells are known by their heads where there are any, else by what they hold: the first day is the one on which it began.
A line with what could be a name is left out, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tomsapp.domain.delivery.people import DELIVERY_PERSON, DeliveryPerson, PersonKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.typed_days import find_day

_HEADS = {"number": ("number",), "began_on": ("began", "start"), "ended_on": ("ended", "end"), "kind": ("new",)}
"""Of each fact, what the head of its column begins with or holds."""


@dataclass(frozen=True, slots=True)
class PastedPerson:
    """One line: the person that it says, with questions about it, or what is wrong with it."""

    line: int
    person: DeliveryPerson | None
    problems: tuple[Problem, ...] = ()
    fault: str = ""


def read_people(text: str) -> list[PastedPerson]:
    """Every line of tab-separated text that is not empty, numbered from 1; a line of heads is no person."""
    lines = [[cell.strip().strip('"').strip() for cell in line.split("\t")] for line in text.splitlines()]
    numbered = [(number, cells) for number, cells in enumerate(lines, start=1) if any(cells)]
    heads = _heads(numbered[0][1]) if numbered else {}
    return [_read(number, cells, heads) for number, cells in (numbered[1:] if heads else numbered)]


def _heads(cells: Sequence[str]) -> Mapping[str, int]:
    """Which column holds which fact, where the line has heads and no number."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        if any(sign.isdigit() for sign in cell):
            return {}
        plain = cell.casefold()
        name = next((name for name, words in _HEADS.items() if any(word in plain for word in words)), "")
        if name and name not in found:
            found[name] = place
    return found if "number" in found else {}


def _read(line: int, cells: Sequence[str], heads: Mapping[str, int]) -> PastedPerson:
    said = {name: cells[place] for name, place in heads.items() if place < len(cells)} if heads else _by_content(cells)
    values = {}
    for name, text in said.items():
        try:
            values[name] = DELIVERY_PERSON.fact(name).read(_kind_of(text) or text if name == "kind" else text)
        except TomsError as error:
            return PastedPerson(line, None, (), f"{error.message}. {error.fix}")
    person = DeliveryPerson(
        values.get("number") or "", values.get("began_on"), values.get("ended_on"), values.get("kind") or PersonKind.NEW
    )
    problems = DELIVERY_PERSON.problems(person)
    wrong = next((each for each in problems if each.severity is Severity.ERROR), None)
    if wrong is not None:
        return PastedPerson(line, None, (), f"{wrong.message}. {wrong.fix}")
    return PastedPerson(line, person, tuple(problems))


def _by_content(cells: Sequence[str]) -> dict[str, str]:
    """Days and kinds are known by what they are; what is neither is the number, and a second such cell is told."""
    said: dict[str, str] = {}
    rest = []
    for cell in filter(None, cells):
        if find_day(cell) is not None and "ended_on" not in said:
            said["ended_on" if "began_on" in said else "began_on"] = cell
        elif _kind_of(cell) and "kind" not in said:
            said["kind"] = cell
        else:
            rest.append(cell)
    said["number"] = " ".join(rest)
    return said


_KINDS = {kind.value: kind.words for kind in PersonKind} | {"tupe": PersonKind.TRANSFERRED.words}


def _kind_of(text: str) -> str:
    """The kind that a cell names in whatever case, as it is chosen: "TUPE", "transferred"; "" where it names none."""
    plain = text.casefold()
    return next((words for word, words in _KINDS.items() if plain.startswith(word)), "")
