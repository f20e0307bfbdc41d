"""As signed, as varied and today: what a delivered valuation tells of a contract that was varied."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.delivery.told import Beside, LineToday, ToldVariation
from tomsapp.services.contracts import OpenContract
from tomsapp.services.sealed_stages import Stage
from tomsapp.services.sealed_view import SealedLine, SealedView

_MOST_LINES = 6
"""More lines that a variation changes than these are told by their number."""


def with_readings(beside: Beside, opened: OpenContract, view: SealedView | None) -> Beside:
    """What is told beside the deliveries, with the variations of the contract and what today's values make of it.

    Nothing is added where the contract was not varied, or where its documents are not whole.
    """
    if view is None or not view.is_varied:
        return beside
    lines = [line.record for line in opened.commitments]
    signed, *varied = view.stages
    return replace(
        beside,
        variations=tuple(_variation(stage) for stage in varied),
        signed=(signed.offer.contract, _named(signed.offer.commitments, lines)),
        today=tuple(_today(view.lines, lines)),
        today_edition=view.edition_today,
    )


def _named(signed: Sequence[Commitment], lines: Sequence[Commitment]) -> tuple[Commitment, ...]:
    """The commitments as signed, each with the key that it has now: a variation leaves their order as it was."""
    return tuple(
        replace(line, key=lines[place].key if place < len(lines) else f"signed-{line.key}")
        for place, line in enumerate(signed)
    )


def _variation(stage: Stage) -> ToldVariation:
    act, told = stage.act, stage.told
    number, facts, changed = (told.number, told.words, told.lines) if told else (0, (), ())
    lines = [f"line {line.place} ({line.measure}) {line.words}" for line in changed[:_MOST_LINES]]
    more = [f"{len(changed) - _MOST_LINES} more lines"] if len(changed) > _MOST_LINES else []
    return ToldVariation(number, act.done_on, act.takes_effect_on or act.done_on, act.reason, facts, (*lines, *more))


def _today(sealed: Sequence[SealedLine], lines: Sequence[Commitment]) -> Iterator[LineToday]:
    """Each commitment that today's edition values otherwise, or has not."""
    for line in sealed:
        place = int(line.key) - 1
        if line.today != line.as_varied and place < len(lines):
            yield LineToday(lines[place].key, line.today or Decimal("0.00"), line.reason)
