"""A published valuation beside what is known today of the same quarters: what was decided since, and what it changed.

The figures as published are those that stand in the paper; they are never worked out again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.delivery import adds_up
from tomsapp.domain.delivery.publishing import newest_paper
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.money import difference
from tomsapp.domain.wording import format_quantity
from tomsapp.exchange.delivered_figures import figures_values
from tomsapp.exchange.delivered_read import read_delivered
from tomsapp.exchange.result_read import flat_figures
from tomsapp.services.delivered_paper import DELIVERED_FILE, paper_of
from tomsapp.services.delivered_reading import read_paper

if TYPE_CHECKING:
    from tomsapp.domain.delivery.acts import DeliveryAct
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.services.delivered_reading import ReadPaper
    from tomsapp.services.delivery import OpenDelivery
    from tomsapp.services.workspace import Workspace

AMOUNTS = ("due", "claimed", "evidenced", "accepted")
"""The totals that are told, as their figures are named."""
_GONE = "not in the contract any more"
_NEW = "not in the contract then"


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure as published and now; None where there was none, or is none any more."""

    then: Decimal | None
    now: Decimal | None

    @property
    def change(self) -> Decimal:
        """Now less as published."""
        return difference(self.now or Decimal(0), self.then or Decimal(0))


@dataclass(frozen=True, slots=True)
class LineBeside:
    """A commitment of which something is otherwise than it was published.

    Attributes:
        number: its number in the paper.
        units, pounds: what is accepted of it, at most what was due; no units where those of years do not add up.
        rating, rating_now: the words with their per cent.
        why: what was done about it since, a sentence each; of what is due otherwise, how the contract was varied.
    """

    number: int
    measure: str
    title: str
    units: Beside | None
    pounds: Beside
    rating: str
    rating_now: str
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishedNow:
    """A paper beside today.

    Attributes:
        replaced_by: the newest paper to the same day, where it is another one.
        pounds: the totals by the names in `AMOUNTS`.
        lines: the commitments that differ, by number.
        since: everything that was done for good since, with the contract too, a sentence each.
    """

    paper: DeliveredPaperKept
    replaced_by: DeliveredPaperKept | None
    pounds: Mapping[str, Beside]
    lines: tuple[LineBeside, ...]
    since: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Whether every figure that is told is as it was published."""
        return not self.lines and not any(each.change for each in self.pounds.values())


def published_now(workspace: Workspace, paper: DeliveredPaperKept) -> PublishedNow:
    """A published valuation beside what is known now to the same day.

    Raises:
        NotFound: the contract or the paper is not there.
        StoreError: the paper was changed behind the program.
        OfferUnreadable: it cannot be read.
    """
    from tomsapp.services.strange_papers import read_attachments

    data, read = read_published(workspace, paper)
    opened = read.delivery.valued(workspace, paper.until)
    stated = read_delivered(read_attachments(data)[DELIVERED_FILE], DELIVERED_FILE).figures
    now = flat_figures(figures_values(paper_of(opened)))
    newest = newest_paper(read.contract.papers, paper.until)
    since = [act for act in opened.acts if act.id > paper.act and act.kind is not DeliveryActKind.PUBLISH]
    # The acts of a contract are numbered by themselves.
    varied = [act for act in opened.contract_acts if act.recorded_at > paper.recorded_at]
    told = [(act.recorded_at, _told(opened, act)) for act in since] + [(act.recorded_at, act.words) for act in varied]
    return PublishedNow(
        paper,
        newest if newest is not None and newest.id != paper.id else None,
        {name: Beside(_pounds(stated, f"pounds.{name}"), _pounds(now, f"pounds.{name}")) for name in AMOUNTS},
        tuple(_lines(stated, now, opened, since, [act.words for act in varied])),
        tuple(words for _, words in sorted(told, key=itemgetter(0))),
    )


def read_published(workspace: Workspace, paper: DeliveredPaperKept) -> tuple[bytes, ReadPaper]:
    """The bytes of a paper, and what another would be made of now, both from one moment.

    Raises:
        NotFound: the contract or the paper is not there.
        StoreError: the paper was changed behind the program.
    """
    with workspace.look() as uow:
        return uow.papers.content(paper.id), read_paper(workspace, uow, paper.contract_id)


def _pounds(figures: Mapping[str, str], place: str) -> Decimal | None:
    text = figures.get(place)
    return None if text is None else Decimal(text)


def _lines(
    then: Mapping[str, str],
    now: Mapping[str, str],
    opened: OpenDelivery,
    since: Sequence[DeliveryAct],
    varied: Sequence[str],
) -> Iterator[LineBeside]:
    keys = {str(number): line.record.key for number, line in enumerate(opened.commitments, start=1)}
    before, after = _by_number(then), _by_number(now)
    # A variation that is taken back frees the number of the line that it added for another.
    for number, measure in sorted({*before, *after}, key=lambda each: (int(each[0]), each not in before)):
        place, place_now = before.get((number, measure)), after.get((number, measure))
        one, other = _figures(then, place), _figures(now, place_now)
        if one == other:
            continue
        told = then if place else now
        at = place or place_now
        is_otherwise_due = any(_due(then, place, part) != _due(now, place_now, part) for part in ("units", "pounds"))
        units = Beside(_pounds(then, f"{place}.units.accepted"), _pounds(now, f"{place_now}.units.accepted"))
        known = opened.edition.places.get(measure)
        yield LineBeside(
            int(number),
            measure,
            told[f"{at}.title"],
            units if known is None or adds_up(known.measure) else None,
            Beside(_pounds(then, f"{place}.pounds.accepted"), _pounds(now, f"{place_now}.pounds.accepted")),
            _rating(then, place) or _NEW,
            _rating(now, place_now) or _GONE,
            (
                *(_told(opened, act) for act in since if place_now and act.commitment == keys.get(number, "-")),
                *(varied if is_otherwise_due else ()),
            ),
        )


def _by_number(figures: Mapping[str, str]) -> dict[tuple[str, str], str]:
    """The place of each commitment among the figures, by its number and measure."""
    found: dict[tuple[str, str], str] = {}
    place = 1
    while (number := figures.get(f"lines[{place}].commitment")) is not None:
        found[number, figures[f"lines[{place}].measure"]] = f"lines[{place}]"
        place += 1
    return found


def _due(figures: Mapping[str, str], place: str | None, part: str) -> str | None:
    """What is due of a commitment; None where the contract has it not."""
    return figures.get(f"{place}.{part}.due")


def _figures(figures: Mapping[str, str], place: str | None) -> tuple[str | None, ...]:
    """What is told of a commitment."""
    if place is None:
        return ()
    names = ("rating", "percent", *(f"{part}.{name}" for part in ("units", "pounds") for name in AMOUNTS))
    return tuple(figures.get(f"{place}.{name}") for name in names)


def _rating(figures: Mapping[str, str], place: str | None) -> str:
    word = figures.get(f"{place}.rating")
    if word is None:
        return ""
    percent = figures.get(f"{place}.percent")
    return f"{Rating(word).words}, {percent}" if percent else Rating(word).words


def _told(opened: OpenDelivery, act: DeliveryAct) -> str:
    """An act in a sentence, with how much of what: "Accepted 5 of V04, Q2 of year 1, on 3 May 2027 by Bob"."""
    measures = {line.record.key: line.record.measure for line in opened.commitments}
    parts = (
        "" if act.quantity is None else format_quantity(act.quantity),
        measures.get(act.commitment, ""),
        act.quarter.words if act.quarter else "",
    )
    about = ", ".join(filter(None, parts))
    return f"{act.words}{f': {about}' if about else ''}"
