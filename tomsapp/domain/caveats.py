"""What must be known beside the social value of several contracts: what the paper of each says, added up."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.money import total
from tomsapp.domain.proxy import TakenOff


@dataclass(frozen=True, slots=True)
class Caveats:
    """How sure the social value is. Money in pounds, of the lines that count.

    Attributes:
        past_dates: what is counted in years that end after the day until when the wage, tax or rate behind it holds.
        before_evidence: what is counted for years of which nothing can be shown before the contract ends.
        before_evidence_in_part: what is counted for years of which a part can be shown only after it ends.
        low, high: all of it with each value at the low and at the high of its source, where the source gives both.
        without_span: the part of it of which the source gives no low and high.
        days_unrecorded, evidence_unrecorded: what is counted under editions that do not record until when their wages
            and rates hold, and when evidence is due, so that it is in none of the first three; None where
            nothing counts, and in earlier portfolios.
        confidence: the pounds by the confidence that the menus give to their values; "" where they give none.
        taken_off: the pounds by who takes off what would have happened anyway; None as of the one before.
        regraded: the pounds of signed values of which the edition that replaced a withdrawn one is surer or less sure;
            None as of the one before.
        confidence_today: the pounds by the confidence of those editions, as `confidence` has them; None as of the one
            before.
        ended_when_signed: what is counted in years that had ended before their contract was signed; None as of the one
            before.
    """

    past_dates: Decimal
    before_evidence: Decimal
    before_evidence_in_part: Decimal
    low: Decimal
    high: Decimal
    without_span: Decimal
    confidence: tuple[tuple[str, Decimal], ...] = ()
    days_unrecorded: Decimal | None = None
    evidence_unrecorded: Decimal | None = None
    taken_off: tuple[tuple[TakenOff, Decimal], ...] | None = None
    regraded: Decimal | None = None
    confidence_today: tuple[tuple[str, Decimal], ...] | None = None
    ended_when_signed: Decimal | None = None


_NOTHING = Decimal("0.00")
NO_CAVEATS = Caveats(_NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING, _NOTHING)
"""Those of a contract of which nothing counts."""


def caveats_together(parts: Iterable[Caveats]) -> Caveats:
    """The caveats of several contracts, added up."""
    members = list(parts)
    today = [part.confidence_today for part in members if part.confidence_today is not None]
    return Caveats(
        total(part.past_dates for part in members),
        total(part.before_evidence for part in members),
        total(part.before_evidence_in_part for part in members),
        total(part.low for part in members),
        total(part.high for part in members),
        total(part.without_span for part in members),
        _by_level(part.confidence for part in members),
        _told(part.days_unrecorded for part in members),
        _told(part.evidence_unrecorded for part in members),
        _by_who([part.taken_off for part in members if part.taken_off is not None]),
        _told(part.regraded for part in members),
        _by_level(today) if today else None,
        _told(part.ended_when_signed for part in members),
    )


def _by_level(parts: Iterable[tuple[tuple[str, Decimal], ...]]) -> tuple[tuple[str, Decimal], ...]:
    """The pounds of each confidence, over several contracts."""
    pairs = [pair for part in parts for pair in part]
    levels = sorted({level for level, _ in pairs})
    return tuple((level, total(amount for name, amount in pairs if name == level)) for level in levels)


def _by_who(parts: Sequence[tuple[tuple[TakenOff, Decimal], ...]]) -> tuple[tuple[TakenOff, Decimal], ...] | None:
    """The pounds of each who takes something off, over several contracts; None where none tells it."""
    if not parts:
        return None
    found: dict[TakenOff, list[Decimal]] = {}
    for part in parts:
        for who, amount in part:
            found.setdefault(who, []).append(amount)
    return tuple((who, total(found[who])) for who in TakenOff if who in found)


def _told(amounts: Iterable[Decimal | None]) -> Decimal | None:
    """What is told of them added up; None where none tells it."""
    told = [amount for amount in amounts if amount is not None]
    return total(told) if told else None
