"""The ward sheet: a councillor's questions about a ward, answered on a page from the deliveries that name the ward."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.figures import DeliveredLine, State
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
from tomsapp.domain.papers.missing import Numbered, further_missing, missing_table
from tomsapp.domain.papers.told import PaperMaker, figure_alone, headed, name_in_words, rating_words, small_name, worth
from tomsapp.domain.wording import format_date, format_percent, format_pounds, listed, plural

NAME = "Ward sheet"
MOST_ROWS = 6
"""More promises than these are told on a second page, as a table alone, so that the first page answers everything."""
MOST_MISSING = 3
"""The same of what is missing, beside so many promises."""
_MOST_NAMED = 3
"""What falls short is named up to so many, and counted beyond them."""


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
    """The sheet of a ward: its questions on the first page, and what has no room there after them, as tables alone."""
    blocks = [*_head(told), *_questions(told), *_sources(told), *_more(told)]
    return maker.paper(NAME, f"{told.name} ward: what was promised, what came", blocks, (), ())


def _head(told: WardTold) -> Iterator[PaperBlock]:
    contracts = len({each.contract.reference for each in told.lines})
    promise = plural(contracts, "contract promises", "contracts promise")
    said = f"{promise} something" if contracts else "No contract promises anything"
    yield PaperText(f"{said} for this ward. Figures are to {format_date(told.until)}.", TextKind.LEAD)
    due = [each.line for each in told.lines if each.line.units.due]
    if not due:
        yield PaperText("No promise for this ward is due yet.", TextKind.MARKED)
        return
    yield PaperText(f"{_answer(due)}{_falls_short(told.lines)}", TextKind.MARKED)


def _answer(due: Sequence[DeliveredLine]) -> str:
    """How many of the promises came in full: "Of 6 promises due here by now, 3 are accepted in full, 1 of them …"."""
    full = [line for line in due if line.units.accepted >= line.units.due]
    waiting = sum(line.rated.is_provisional for line in full)
    for_now = "" if not waiting else ", provisionally" if len(full) == 1 else f", {waiting} of them provisionally"
    if len(due) == 1:
        return f"The one promise due here by now is {'' if full else 'not '}accepted in full{for_now}."
    many = f"{len(full)} {'is' if len(full) == 1 else 'are'}" if full else "none is"
    return f"Of {len(due)} promises due here by now, {many} accepted in full{for_now}."


def _falls_short(lines: Sequence[WardLine]) -> str:
    short = [(n, each.line) for n, each in enumerate(lines, start=1) if each.line.units.accepted < each.line.units.due]
    if not short:
        return ""
    if len(short) > _MOST_NAMED:
        return f" {len(short)} fall short: {_row_names([number for number, _ in short])}."
    named = [f"{small_name(line)} (row {number})" for number, line in short]
    return f" What falls short: {listed(named)}."


def _columns() -> tuple[PaperColumn, ...]:
    return (
        PaperColumn("Promise, and whose", 244),
        PaperColumn("Due", 66, right=True),
        PaperColumn("Accepted", 54, right=True),
        PaperColumn("Rating", 148),
        PaperColumn("Worth", 70, right=True),
    )


def _questions(told: WardTold) -> Iterator[PaperBlock]:
    if not told.lines:
        return
    yield PaperHeading("What is in my ward")
    due, accepted = (total(_pounds(told, state)) for state in (State.DUE, State.ACCEPTED))
    share = f"{format_percent(Fraction(accepted) / Fraction(due), 1)} of due" if due else "nothing due"
    together = (f"All {len(told.lines)}, in proxy pounds", format_pounds(due), "", share, format_pounds(accepted))
    shown = told.lines[:MOST_ROWS]
    yield PaperTable("What was due and what is accepted", _columns(), _rows(shown, 1), together, is_named=True)
    yield PaperText(_reading(told.lines), TextKind.NOTE)
    answers = (
        ("Is it true?", _is_true(told.lines)),
        ("Is it extra?", _is_extra(told.lines)),
        ("Who paid?", _who_paid(told.lines)),
        ("What does it not say?", _unsaid(told)),
    )
    yield PaperHeading("What is behind it")
    columns = (PaperColumn("Question", 90), PaperColumn("Answer", 400))
    yield PaperTable("What is behind it", columns, answers, is_named=True)
    yield from _missing(told)


def _pounds(told: WardTold, state: State) -> list[Decimal]:
    return [each.line.pounds.due if state is State.DUE else each.line.pounds.accepted for each in told.lines]


def _rows(lines: Sequence[WardLine], first: int) -> tuple[tuple[str, ...], ...]:
    return tuple(_row(each, number) for number, each in enumerate(lines, start=first))


def _row(each: WardLine, number: int) -> tuple[str, ...]:
    line = each.line
    provisional = " p" if line.units.provisional else ""
    return (
        f"{number}  {name_in_words(line)}, {each.contract.reference}",
        figure_alone(line, State.DUE),
        f"{figure_alone(line, State.ACCEPTED)}{provisional}",
        rating_words(line),
        worth(line.measure, line.pounds.accepted),
    )


def _reading(lines: Sequence[WardLine]) -> str:
    said = "“Worth” is proxy pounds: an estimate of good done, not money."
    real = [number for number, each in enumerate(lines, start=1) if each.line.real_pounds[State.ACCEPTED]]
    said += f" Real money stands behind {_row_names(real)}." if real else " None of it is real money."
    until = [each.line.provisional_until for each in lines if each.line.provisional_until is not None]
    if until:
        said += f" “p” is provisional: it must still last, at most until {format_date(max(until))}."
    if len(lines) <= MOST_ROWS:
        return said
    last = f"s {MOST_ROWS + 1} to {len(lines)} stand" if len(lines) > MOST_ROWS + 1 else f" {len(lines)} stands"
    return f"{said} Row{last} at the end."


def _row_names(numbers: Sequence[int]) -> str:
    """Rows by their numbers, those that follow each other together: "row 2", "rows 1 to 13, 15 and 16"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    named = [name for run in runs for name in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else map(str, run))]
    return f"row{'' if len(numbers) == 1 else 's'} {listed(named)}"


def _is_true(lines: Sequence[WardLine]) -> str:
    accepted = [each for each in lines if each.line.units.accepted]
    if not accepted:
        return "Nothing is accepted yet."
    proved = sum(1 for each in accepted if each.evidence)
    pieces = plural(sum(each.evidence for each in accepted), "file or reference", "files or references")
    if len(accepted) == 1:
        said = f"The one accepted promise has {'proof' if proved else 'no proof'}"
    else:
        said = f"{proved} of {len(accepted)} accepted promises {'has' if proved == 1 else 'have'} proof"
    said += f": {pieces}." if proved else "."
    own = sum(each.accepted_own for each in lines)
    if own:
        return f"{said} {plural(own, 'claim was', 'claims were')} accepted by the officer who entered it."
    return f"{said} No claim was accepted by the officer who entered it."


def _is_extra(lines: Sequence[WardLine]) -> str:
    kinds = (("new", "are new"), ("retained", "were there before"), ("transferred", "came over with the work"))
    sums = [(exact_sum(getattr(each.line.people, name) for each in lines), words) for name, words in kinds]
    told = [f"{number:f} {words}" for number, words in sums if number]
    said = "Gross: nothing is taken off for what would have happened anyway."
    return f"Of the people in jobs {listed(told)}. {said}" if told else said


def _who_paid(lines: Sequence[WardLine]) -> str:
    if not any(each.line.units.accepted for each in lines):
        return "Nothing is accepted yet, so nobody has paid for anything."
    real = total(each.line.real_pounds[State.ACCEPTED] for each in lines)
    cash = f"The suppliers: {format_pounds(real)} of it in cash or goods." if real else "The suppliers, in kind."
    return f"{cash} Whether they charged some of it in the price of the contract is not known."


def _short(told: WardTold) -> list[Numbered]:
    """All of which something is missing, by the numbers of their rows: together they are due less accepted."""
    return [(number, each.line) for number, each in enumerate(told.lines, start=1) if each.line.shortfall.units]


def _missing(told: WardTold) -> Iterator[PaperBlock]:
    short = _short(told)
    if short:
        yield PaperHeading("Why below target, and what was done")
        due, accepted = (total(_pounds(told, state)) for state in (State.DUE, State.ACCEPTED))
        yield missing_table(short, MOST_MISSING, due, accepted)


def _unsaid(told: WardTold) -> str:
    elsewhere = f" {plural(told.elsewhere, 'further commitment')} of the same contracts"
    left = f"{elsewhere}, for other wards or the whole area, are left out." if told.elsewhere else ""
    return (
        "A ward is a slice of contracts, so no minimum about whole contracts is held against it. People are not added "
        f"over contracts, since one person may be in two.{left}"
    )


def _sources(told: WardTold) -> Iterator[PaperBlock]:
    editions = f" Menu editions: {'; '.join(told.editions)}." if told.editions else ""
    contact = f" Who to ask: {told.contact}." if told.contact else ""
    day = f"Deliveries to {format_date(told.until)} of signed and closed contracts with commitments in the ward."
    yield PaperText(f"{day}{editions}{contact}", TextKind.NOTE)


def _more(told: WardTold) -> Iterator[PaperBlock]:
    further, short = told.lines[MOST_ROWS:], _short(told)[MOST_MISSING:]
    if further:
        yield from headed(PaperTable("Further promises in this ward", _columns(), _rows(further, MOST_ROWS + 1)))
    if short:
        yield from headed(further_missing(short))
