"""Where in a step a field stands: of the second lot or question its "value", of a measure its "target"."""

from __future__ import annotations

from typing import NamedTuple

from tomsapp.domain.tender.setup import SetUpProblem


class FieldPlace(NamedTuple):
    """What a field belongs to, as the number of a lot or question or the code of a measure, and which it is.

    Either may be empty: a field of the tender belongs to nothing else, and a record may be meant as a whole.
    """

    about: str
    field: str

    @property
    def name(self) -> str:
        """As a step takes it: "2 value", "J01 target", "bands"."""
        return " ".join(part for part in self if part)


def place_of(problem: SetUpProblem) -> FieldPlace:
    """The field in which a problem is put right."""
    where = problem.problem.where
    about = where.measure or str(problem.lot or problem.question or "")
    return FieldPlace(about, where.field)


def read_place(name: str) -> FieldPlace:
    """The place that a name says."""
    about, _, field = name.rpartition(" ")
    if not about and (field.isdigit() or field[:1].isupper()):
        return FieldPlace(field, "")
    return FieldPlace(about, field)
