"""What stands behind the figures of a commitment: who decided what and why, agreements, notes and evidence."""

from collections.abc import Iterator
from textwrap import wrap

from tomsapp.domain.delivery.acts import ACCEPTANCES, DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.figures import DeliveredLine
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.told import ToldEvidence
from tomsapp.domain.wording import format_date, format_quantity, listed
from tomsapp.reports.context import short_checksum
from tomsapp.reports.delivered_facts import PrintedDelivery
from tomsapp.reports.delivered_shortfalls import agreed_by, agreed_words
from tomsapp.reports.phrases import sentence
from tomsapp.reports.text import Content, Run

MOST_PIECES = 10
"""More pieces of evidence than these are parted into rows, between which a page may turn."""

MOST_LETTERS = 700
"""Likewise a longer text that somebody typed."""

_WITH_REASON = frozenset({DeliveryActKind.REJECT, DeliveryActKind.LAPSE, DeliveryActKind.WITHDRAW})


def in_portions(text: str) -> list[str]:
    """A text in portions of so many letters at most, parted between words."""
    return wrap(text, MOST_LETTERS) or [""]


def decided(page: PrintedDelivery, line: DeliveredLine) -> Iterator[Content]:
    """What was accepted by whom and when, then each rejection with its reason, then the agreements."""
    acts = [
        act for each in line.quarters for act in page.paper.decisions_of((line.commitment.key, each.quarter.quarter))
    ]
    together: dict[tuple[str, str, str], list[DeliveryAct]] = {}
    for act in acts:
        if act.kind not in _WITH_REASON:
            together.setdefault((act.kind.done, act.by, format_date(act.done_on)), []).append(act)
    told = [
        f"{done} on {day} by {by}: {listed([_quantity(act) for act in own])}"
        for (done, by, day), own in together.items()
    ]
    if told:
        yield [Run(f"{'. '.join(told)}.", muted=True)]
    for act in acts:
        if act.kind in _WITH_REASON or (act.kind in ACCEPTANCES and act.reason.strip()):
            reason = act.reason.strip()
            said = sentence(reason) if reason else "No reason is on record."
            first, *more = in_portions(f"{_quantity(act)}, {format_date(act.done_on)} by {act.by}. {said}")
            yield [Run(f"{act.kind.done}: ", bold=True), Run(first)]
            yield from more
    for agreed in line.shortfall.agreed:
        reason = f" {sentence(agreed.act.reason.strip())}" if agreed.act.reason.strip() else ""
        first, *more = in_portions(f"{agreed_words(page, line, agreed)}. {agreed_by(agreed.act)}.{reason}")
        yield [Run("Agreed: ", bold=True), Run(first)]
        yield from more


def _quantity(act: DeliveryAct) -> str:
    """How much of which quarter: "10 of Q2 of year 1"."""
    quarter = act.quarter.words if act.quarter is not None else "a quarter"
    return quarter if act.quantity is None else f"{format_quantity(act.quantity)} of {quarter}"


def notes(line: DeliveredLine) -> Iterator[Content]:
    """What the supplier said of a quarter, always where nothing was claimed."""
    for each in line.quarters:
        if each.delivery is not None and each.delivery.note.strip():
            start = "nothing claimed" if not each.delivery.claimed else "the supplier"
            first, *more = in_portions(sentence(" ".join(each.delivery.note.split())))
            yield [Run(f"{each.quarter.quarter.words}, {start}: ", muted=True), Run(first, italic=True, muted=True)]
            yield from ([Run(text, italic=True, muted=True)] for text in more)


def evidence(page: PrintedDelivery, line: DeliveredLine) -> Iterator[Content]:
    """The evidence of a commitment, one after the other; in full it is in the attached register."""
    pieces = page.paper.evidence_of(line.commitment.key)
    if not pieces:
        if line.returned.evidenced:
            yield [Run("Evidence: ", bold=True), Run("none is listed here.", muted=True)]
        return
    for place in range(0, len(pieces), MOST_PIECES):
        told = "; ".join(evidence_words(piece, line.commitment.key) for piece in pieces[place : place + MOST_PIECES])
        yield [*([] if place else [Run("Evidence: ", bold=True)]), Run(f"{told}.", muted=True)]


def evidence_words(piece: ToldEvidence, commitment: str) -> str:
    """A piece of evidence: its number, what it is, its day, its checksum, and until when it is kept."""
    quarters = [_short(quarter) for key, quarter in piece.shows if key == commitment]
    told = [f"E{piece.number} {piece.name.strip()}", f"for {listed(quarters)}" if quarters else ""]
    told.append(format_date(piece.dated_on) if piece.dated_on is not None else "")
    if piece.is_file:
        told.append(f"SHA-256 {short_checksum(piece.sha256)}")
    else:
        only = "reference only" if piece.about_people else "by reference"
        # A return names a reference by itself: it stands as the name of the piece already.
        where = piece.reference.strip().removeprefix(piece.name.strip())
        told.append(f"{only}: {piece.reference.strip()}" if where else only)
    if piece.deleted_on is not None:
        told.append(f"deleted on {format_date(piece.deleted_on)}")
    elif piece.keep_until is not None:
        told.append(f"kept until {format_date(piece.keep_until)}")
    return ", ".join(filter(None, told))


def _short(quarter: Quarter) -> str:
    return f"Q{quarter.number} of year {quarter.year + 1}"
