"""What an import comes to: now, with the choices made, by group, beside the file's own total and the rules."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tomsapp.domain.money import exact_difference, total
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.wording import format_change, format_pounds
from tomsapp.services.table_types import NOTHING_THERE, FigureRow, ImportFigures, LineGroup, PolicyRow

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.offer import CheckedOffer
    from tomsapp.exchange.labelled.own_figures import OwnFigures
    from tomsapp.services.import_lines import ComparedLine, LineValuer

_ALL_WORDS, _CHOSEN_WORDS = "Social value if all is accepted", "Social value with your choices"
_MET = frozenset({PolicyResult.YES, PolicyResult.MET, PolicyResult.NOTHING_ASKED})


@dataclass(frozen=True)
class OfferFigures:
    """The figures of an offer that is imported into a contract."""

    now: CheckedOffer
    after: CheckedOffer
    lines: Sequence[ComparedLine]
    valuer: LineValuer
    choices: Mapping[str, str]
    is_beside: bool

    def figures(self, own: OwnFigures | None) -> ImportFigures:
        """All of them; `own` are those of the file, where it states a total."""
        now, after = self.now.valuation.social_value, self.after.valuation.social_value
        accepted = total(self._worth(line.offered) for line in self.lines if not line.is_wrong)
        accepted += total(self._worth(line.was) for line in self.lines if line.is_wrong)
        if self.is_beside:
            accepted += now
        return ImportFigures(
            headline=format_pounds(after),
            headline_words=_ALL_WORDS if after == accepted else _CHOSEN_WORDS,
            now=format_pounds(now),
            difference=format_change(exact_difference(after, now)),
            accepted=format_pounds(accepted),
            rows=tuple(self._rows()),
            own_total=own_total_rows(own) if own is not None else (),
            own_parts=own_part_rows(own) if own is not None else (),
            policy=tuple(self._policy()),
            to_change=sum(line.is_changing(self.choices) for line in self.lines),
        )

    def _worth(self, commitment: Commitment | None) -> Decimal:
        return self.valuer.worth(commitment) if commitment is not None else total(())

    def _rows(self) -> Iterable[FigureRow]:
        """By group what can come in, then what an error keeps out and stays as it was: together the headline."""
        wrong = [line for line in self.lines if line.is_wrong]
        for group in (LineGroup.SAME, LineGroup.CHANGED, LineGroup.NEW, LineGroup.NO_LONGER):
            lines = [line for line in self.lines if line.group is group and not line.is_wrong]
            if lines:
                yield self._row(f"{group.words}, {len(lines)}", lines)
        if wrong:
            yield self._row(f"Kept out by an error, {len(wrong)}", wrong)
        if self.is_beside:
            now = format_pounds(self.now.valuation.social_value)
            yield FigureRow(f"Stays beside, {len(self.now.offer.commitments)}", now, now)
        yield self._row(f"Together, {len(self.lines)}", self.lines)

    def _row(self, label: str, lines: Sequence[ComparedLine]) -> FigureRow:
        was = [line.was for line in lines if line.was is not None]
        comes = (line.was if line.is_wrong else line.offered for line in lines)
        return FigureRow(label, self._sum(was), self._sum([one for one in comes if one is not None]))

    def _sum(self, commitments: Sequence[Commitment]) -> str:
        return format_pounds(total(map(self.valuer.worth, commitments))) if commitments else NOTHING_THERE

    def _policy(self) -> Iterable[PolicyRow]:
        before = {check.rule.code: check for check in self.now.policy_checks}
        for check in self.after.policy_checks:
            then = before.get(check.rule.code)
            yield PolicyRow(check.rule.title, then.word if then else NOTHING_THERE, check.word, check.result in _MET)


def own_total_rows(own: OwnFigures) -> tuple[FigureRow, ...]:
    """The file's own total, what was read, and the difference."""
    difference = exact_difference(own.read, own.shown)
    return (
        FigureRow(f"It shows, in {own.where}", "", format_pounds(own.shown)),
        FigureRow("Read here", "", format_pounds(own.read)),
        FigureRow("Difference", "", format_change(difference)),
    )


def own_part_rows(own: OwnFigures) -> tuple[FigureRow, ...]:
    """What the difference is made of."""
    return tuple(FigureRow(part.label, "", format_change(part.amount)) for part in own.parts)
