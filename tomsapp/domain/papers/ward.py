"""The ward sheet: a councillor's questions about a ward, answered on a page from the deliveries that name the ward."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.figures import DeliveredLine, State
from tomsapp.domain.delivery.rating import Rating
from tomsapp.domain.money import exact_sum, total
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.told import PaperMaker, count_of, figure_alone
from tomsapp.domain.wording import format_date, format_percent, format_pounds, listed, plural

NAME = "Ward sheet"
MOST_ROWS = 6
"""More promises than these are told on a second page, as a table alone, so that the first page answers everything."""


@dataclass(frozen=True, slots=True)
class WardLine:
    """A commitment in the ward, with what proves it.

    Attributes:
        line: what was delivered of it to the day.
        evidence: how many files and references show what was accepted.
        accepted_own: how many claims of it were accepted by whoever entered them.
    """

    contract: Contract
    line: DeliveredLine
    evidence: int = 0
    accepted_own: int = 0


@dataclass(frozen=True, slots=True)
class WardTold:
    """A ward with its commitments.

    Attributes:
        name: of the ward.
        until: the day to which the figures are.
        lines: its commitments of signed and closed contracts, by contract.
        elsewhere: how many commitments of the same contracts are for no ward in particular.
        editions: the menu editions by which they are valued.
        contact: whom to ask.
    """

    name: str
    until: date
    lines: tuple[WardLine, ...]
    elsewhere: int = 0
    editions: tuple[str, ...] = ()
    contact: str = ""


def ward_sheet(told: WardTold, maker: PaperMaker) -> CouncilPaper:
    """The sheet of a ward."""
    shown, more = told.lines[:MOST_ROWS], told.lines[MOST_ROWS:]
    blocks = [*_head(told), *_questions(told, shown), *_missing(told), *_sources(told), *_more(more, len(shown))]
    return maker.paper(NAME, f"{told.name} ward: what was promised, what came", blocks, (), ())


def _head(told: WardTold) -> Iterator[PaperBlock]:
    contracts = len({each.contract.reference for each in told.lines})
    results = plural(contracts, "contract has", "contracts have")
    yield PaperText(f"{results} results in this ward, to {format_date(told.until)}.", TextKind.LEAD)
    due = [each.line for each in told.lines if each.line.units.due]
    if not due:
        yield PaperText("No promise for this ward is due yet.", TextKind.MARKED)
        return
    full = [line for line in due if line.units.accepted >= line.units.due]
    waiting = sum(line.rated.is_provisional for line in full)
    provisional = f", {waiting} of them provisionally" if waiting else ""
    answer = f"Of {plural(len(due), 'promise')} due here by now, {len(full)} accepted in full{provisional}."
    numbered = enumerate((each.line for each in told.lines), start=1)
    short = [str(number) for number, line in numbered if line.units.accepted < line.units.due]
    fall = f" Short: {_row_names(short)}." if short else ""
    yield PaperText(f"{answer}{fall}", TextKind.MARKED)


def _columns() -> tuple[PaperColumn, ...]:
    return (
        PaperColumn("Promise, and whose", 252),
        PaperColumn("Due", 52, right=True),
        PaperColumn("Accepted", 58, right=True),
        PaperColumn("Rating", 122),
        PaperColumn("Worth", 66, right=True),
    )


def _questions(told: WardTold, shown: Sequence[WardLine]) -> Iterator[PaperBlock]:
    if not told.lines:
        return
    yield PaperHeading("What is in my ward")
    due, accepted = (total(line for line in _pounds(told, state)) for state in (State.DUE, State.ACCEPTED))
    share = format_percent(accepted / due, 1) if due else "nothing due"
    together = (f"All {len(told.lines)}", format_pounds(due), "", share, format_pounds(accepted))
    yield PaperTable("What was due and what is accepted", _columns(), _rows(shown, 1), together, is_named=True)
    yield PaperText(_reading(told.lines), TextKind.NOTE)
    answers = (
        ("Is it true?", _is_true(told.lines)),
        ("Is it extra?", _is_extra(told.lines)),
        ("Who paid?", _who_paid(told.lines)),
        ("What does it not say?", _unsaid(told)),
    )
    yield PaperTable("What is behind it", (PaperColumn("Question", 90), PaperColumn("Answer", 400)), answers)


def _pounds(told: WardTold, state: State) -> list[Decimal]:
    return [each.line.pounds.due if state is State.DUE else each.line.pounds.accepted for each in told.lines]


def _rows(lines: Sequence[WardLine], first: int) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(each, number) for number, each in enumerate(lines, start=first))


def _row(each: WardLine, number: int) -> tuple[str, ...]:
    line = each.line
    provisional = " p" if line.units.provisional else ""
    return (
        f"{number}  {line.measure.title}, {each.contract.reference}",
        figure_alone(line, State.DUE),
        f"{figure_alone(line, State.ACCEPTED)}{provisional}",
        f"{line.rated.rating.words} {line.rated.percent}".strip(),
        format_pounds(line.pounds.accepted) if line.measure.is_valued else "counted only",
    )


def _reading(lines: Sequence[WardLine]) -> str:
    said = "“Worth” is proxy pounds: an estimate of good done, not money."
    real = [str(number) for number, each in enumerate(lines, start=1) if each.line.real_pounds[State.ACCEPTED]]
    said += f" Real money stands behind {_row_names(real)}." if real else " None of it is real money."
    until = [each.line.provisional_until for each in lines if each.line.provisional_until is not None]
    return f"{said} p is provisional, at most until {format_date(max(until))}." if until else said


def _row_names(numbers: Sequence[str]) -> str:
    return f"row {numbers[0]}" if len(numbers) == 1 else f"rows {listed(numbers)}"


def _is_true(lines: Sequence[WardLine]) -> str:
    accepted = [each for each in lines if each.line.units.accepted]
    if not accepted:
        return "Nothing is accepted yet."
    proved = sum(1 for each in accepted if each.evidence)
    pieces = sum(each.evidence for each in accepted)
    said = f"{proved} of {plural(len(accepted), 'accepted promise has', 'accepted promises have')} proof: "
    said += f"{plural(pieces, 'file or reference', 'files or references')}."
    own = sum(each.accepted_own for each in lines)
    if own:
        return f"{said} {plural(own, 'claim was', 'claims were')} accepted by the officer who entered it."
    return f"{said} No claim was accepted by the officer who entered it."


def _is_extra(lines: Sequence[WardLine]) -> str:
    new, retained, transferred = (
        exact_sum(getattr(each.line.people, name) for each in lines) for name in ("new", "retained", "transferred")
    )
    said = "Gross: nothing is taken off for what would have happened anyway."
    if new or retained or transferred:
        return f"Of people in jobs {new:f} are new, {retained:f} were there before, {transferred:f} came over. {said}"
    return said


def _who_paid(lines: Sequence[WardLine]) -> str:
    real = total(each.line.real_pounds[State.ACCEPTED] for each in lines)
    cash = f"The suppliers, of it {format_pounds(real)} in real pounds." if real else "The suppliers, in kind."
    return f"{cash} Whether a contract price holds some of it is not known."


def _missing(told: WardTold) -> Iterator[PaperBlock]:
    below = [
        (number, each)
        for number, each in enumerate(told.lines, start=1)
        if each.line.rated.rating is not Rating.OTHER and each.line.shortfall.units
    ]
    if not below:
        return
    yield PaperHeading("Why below target, and what was done")
    rows = []
    for number, each in below:
        line, short = each.line, each.line.shortfall
        agreed = "; ".join(f"{one.act.kind.done} on {format_date(one.act.done_on)}" for one in short.agreed)
        rows.append(
            (
                f"{number}  {line.measure.title}",
                count_of(line.measure, (short.units,)),
                agreed or "Nothing is agreed",
                format_pounds(short.open_pounds) if line.measure.is_valued else "counted only",
            )
        )
    whole = total(each.line.shortfall.open_pounds for each in told.lines)
    columns = (
        PaperColumn("Promise", 190),
        PaperColumn("Missing", 90, right=True),
        PaperColumn("What was done", 175),
        PaperColumn("Still open", 66, right=True),
    )
    yield PaperTable("What is missing", columns, tuple(rows), ("Together", "", "", format_pounds(whole)), is_named=True)


def _unsaid(told: WardTold) -> str:
    elsewhere = plural(told.elsewhere, "further commitment", "further commitments")
    left = f" {elsewhere} of the same contracts are for no ward alone and are left out." if told.elsewhere else ""
    return (
        "A ward is a slice of contracts, so no minimum about whole contracts is held against it. People are not added "
        f"over contracts, since one person may be in two.{left}"
    )


def _sources(told: WardTold) -> Iterator[PaperBlock]:
    editions = f" Menu editions: {'; '.join(told.editions)}." if told.editions else ""
    contact = f" Who to ask: {told.contact}." if told.contact else ""
    day = f"Deliveries to {format_date(told.until)} of signed and closed contracts with commitments in the ward."
    yield PaperText(f"{day}{editions}{contact}", TextKind.NOTE)


def _more(lines: Sequence[WardLine], before: int) -> Iterator[PaperBlock]:
    if lines:
        yield PaperTable("Further promises in this ward", _columns(), _rows(lines, before + 1))
