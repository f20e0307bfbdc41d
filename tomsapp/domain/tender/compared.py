"""Bids side by side: what each is worth by theme and by measure, and the themes in which none offers anything."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.menu import Theme
from tomsapp.domain.money import total
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.rollup import totals_by
from tomsapp.domain.tender.evaluating import BidToEvaluate, Evaluated
from tomsapp.domain.valuation import LineValue, value_commitment
from tomsapp.domain.wording import format_pounds, plural


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """A theme or a measure with what each bid is worth in it.

    Attributes:
        key: the number of the theme, or the code of the measure.
        name: what it is called.
        theme: the number of its theme.
        pounds: social value of each bid, in the order of the bids; None where it offers nothing there.
    """

    key: str
    name: str
    theme: int
    pounds: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class ComparedBids:
    """The admitted bids of a lot side by side.

    Attributes:
        keys, names: of the bids by ranks, so that the best stands first.
        totals: social value of each, in pounds.
        themes, measures: in the order of the menu; only those in which a bid offers something.
        empty: the themes in which none does.
    """

    keys: tuple[str, ...]
    names: tuple[str, ...]
    totals: tuple[Decimal, ...]
    themes: tuple[ComparedRow, ...]
    measures: tuple[ComparedRow, ...]
    empty: tuple[Theme, ...]


def compared(evaluated: Evaluated) -> ComparedBids:
    """The admitted bids of an evaluation side by side; lines that do not count are in none of it."""
    rows = evaluated.evaluation.admitted
    bids = {bid.key: bid for bid in evaluated.given.bids}
    lines = [_lines(bids[row.key]) for row in rows]
    edition = evaluated.given.edition
    order = edition.order
    themes = _rows(lines, lambda line: (line.place.theme.number, str(line.place.theme.number), line.place.theme.title))
    measures = _rows(lines, lambda line: (order[line.measure.code], line.measure.code, line.measure.full_name))
    used = {row.theme for row in themes}
    return ComparedBids(
        tuple(row.key for row in rows),
        tuple(row.supplier for row in rows),
        tuple(row.bid.value for row in rows),
        themes,
        measures,
        tuple(theme for theme in edition.themes if theme.number not in used),
    )


def _lines(bid: BidToEvaluate) -> tuple[LineValue, ...]:
    return () if bid.checked is None else bid.checked.admissible.lines


def _rows(
    bids: Sequence[Sequence[LineValue]], key: Callable[[LineValue], tuple[int, str, str]]
) -> tuple[ComparedRow, ...]:
    """A row for each key of a line: its place, what it is known by, and its name."""
    worth = [{group: each.social_value for group, each in totals_by(lines, key).items()} for lines in bids]
    theme = {key(line): line.place.theme.number for lines in bids for line in lines}
    return tuple(
        ComparedRow(group[1], group[2], theme[group], tuple(own.get(group) for own in worth)) for group in sorted(theme)
    )


def short_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names for heads of narrow columns: of each as many first words as tell it from the others, one at least."""
    words = [name.split() for name in names]

    def is_apart(place: int, count: int) -> bool:
        own = words[place][:count]
        return all(other[:count] != own for at, other in enumerate(words) if at != place)

    return tuple(
        " ".join(own[: next((count for count in range(1, len(own)) if is_apart(place, count)), len(own))])
        or names[place]
        for place, own in enumerate(words)
    )


def left_out_lines(checked: CheckedOffer, offered: Iterable[Commitment], out: Collection[str]) -> tuple[LineValue, ...]:
    """The lines of an offer that do not count, with what they would be worth.

    Args:
        checked: the offer without the lines that decisions leave out.
        offered: all its commitments as they came.
        out: the keys of those that decisions leave out; those with an error do not count either.
    """
    valuation = checked.valuation
    contract, edition = valuation.contract, valuation.edition
    return tuple(
        value_commitment(each, place, contract, edition.discount_rate)
        for each in offered
        if each.key in out or each.key in checked.inadmissible
        if (place := edition.places.get(each.measure)) is not None
    )


def lines_words(checked: CheckedOffer | None, offered: Sequence[Commitment], out: Collection[str]) -> str:
    """How many lines of a bid count: "8 lines, none left out", "1 of 8 lines left out: £20,202.72"."""
    if checked is None:
        return "No offer counts"
    number = sum(each.key in out or each.key in checked.inadmissible for each in offered)
    if not number:
        return f"{plural(len(offered), 'line')}, none left out"
    pounds = total(line.social_value for line in left_out_lines(checked, offered, out))
    return f"{number:,} of {plural(len(offered), 'line')} left out{f': {format_pounds(pounds)}' if pounds else ''}"
