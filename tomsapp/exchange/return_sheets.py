"""The sheets around the lines of a return: how to fill it in, person numbers, confirmations, and the hidden stamp."""

from datetime import date
from typing import Any

from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.seal import REASON_LETTERS
from tomsapp.domain.wording import format_date
from tomsapp.exchange.colours import BORDER, BORDER_STRONG, SUCCESS_BG, TEXT_MUTED, WARNING
from tomsapp.exchange.return_form import ReturnForm
from tomsapp.exchange.return_layout import (
    CONFIRM,
    CONFIRMATIONS,
    CONFIRMED_ROW,
    LINE_STAMP,
    LINE_STAMP_COLUMN,
    PEOPLE,
    PEOPLE_HEAD_ROW,
    RETURN,
    SENT,
    SENT_ROW,
    YES,
    PersonRole,
)
from tomsapp.exchange.tables_xlsx import Formats, row_height, write_text
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_layout import STAMP
from tomsapp.exchange.workbook_rules import choice_rule, day_rule, number_rule
from tomsapp.exchange.workbook_sheets import heading, input_format, protect, start_sheet

_DAY = "d mmmm yyyy"
_SPARE_PEOPLE = 60
"""Empty rows on the sheet People; more may be filled in below."""
_READ_WIDTH = 100


def write_read_me(book: Any, formats: Formats, form: ReturnForm, *, is_example: bool) -> None:
    """How to fill the return in, and what it was made for."""
    sheet = start_sheet(book, formats, "Read me", [_READ_WIDTH], form, is_example=is_example)
    heading(sheet, formats, f"How to fill in your return of {form.quarter.label}")
    row = 2
    for title, texts in _parts(form):
        row += 1
        write_text(sheet, row, 0, title, formats.get(bold=True, font_size=13))
        for text in texts:
            row += 1
            write_text(sheet, row, 0, text, formats.get(text_wrap=True))
            sheet.set_row(row, row_height([(text, _READ_WIDTH)]))
        row += 1


def _parts(form: ReturnForm) -> list[tuple[str, list[str]]]:
    contract, edition = form.contract, form.edition
    do = [
        f"Go to the sheet {RETURN}. Each row is something that you promised, with what is planned for this quarter.",
        (
            "Fill in the green cells with a border, and no others: how much was done in this quarter alone, and how "
            "much of it your evidence shows."
        ),
        f"If nothing was done, enter 0 and say why in the note, in a sentence of at least {REASON_LETTERS} letters.",
        (
            "Under “evidence” say what you have and where it is kept, one to a line. Send the files to the council in "
            "the way that you agreed; never paste them into this workbook."
        ),
        f"On the sheet {CONFIRM} enter the day on which you send it, and confirm the two sentences.",
        (
            "Save the workbook and send it back. Leave its sheets, rows and columns as they are: the council’s program "
            "reads them by their names."
        ),
    ]
    if any(line.asks_for_jobs for line in form.lines):
        do.insert(
            2,
            "For jobs, say how many of the people are new in the job, had it before (retained), or came over to you "
            "with the work (transferred, TUPE).",
        )
    if form.with_numbers:
        do.insert(
            -2,
            f"For people, list your own number for each on the sheet {PEOPLE}, for example P-001. Never enter a name, "
            "a birthday or a National Insurance number anywhere in this workbook.",
        )
    worth = [
        (
            "Value claimed is what this quarter adds, in pounds of social value: the units that count × the value of "
            "one, with the contract share where you share the promise with others."
        ),
        (
            "At most what is due by the end of the quarter counts. What you did beyond it is kept, and counts when it "
            "falls due or where the council agrees to take it for something else."
        ),
        "Nothing counts for good before the council accepts it.",
    ]
    if any(line.measure.real_pounds for line in form.lines):
        worth.append("Money that you handed over is real pounds. It is told apart and never added to social value.")
    made = [
        f"Contract: {contract.reference} {contract.title}".rstrip(),
        f"Supplier: {contract.supplier}" if contract.supplier else "",
        f"Quarter: {form.quarter.label}, contract year {form.year_label}. Due on {format_date(form.due_on)}.",
        f"Made on {format_date(form.made_on)}, {_plan(form)}{_varied(form)}.",
        f"Menu: {edition.title}, {edition.name}, in {edition.price_base} prices.",
        "Cells that are not green are locked without a password, so that a formula is not lost by mistake.",
    ]
    return [
        ("What to do", do),
        ("What it is worth", worth),
        ("What this workbook is made from", [line for line in made if line]),
    ]


def _plan(form: ReturnForm) -> str:
    return f"by version {form.plan_version} of the delivery plan" if form.plan_version else "by the default plan"


def _varied(form: ReturnForm) -> str:
    return f" and after variation {form.variations}" if form.variations else ""


def write_people(book: Any, formats: Formats, form: ReturnForm, *, is_example: bool) -> None:
    """The person numbers behind the counts of measures about people; the sheet says that no name belongs there."""
    sheet = start_sheet(book, formats, PEOPLE, [16, 22, 22, 20, 20], form, is_example=is_example)
    heading(sheet, formats, "People behind the counts, by your own numbers")
    bold = formats.get(bold=True, font_color=WARNING)
    write_text(sheet, 2, 0, "Never enter a name here. Use your own number for each person, for example P-001.", bold)
    muted = formats.get(font_color=TEXT_MUTED)
    write_text(
        sheet, 3, 0, "Only you know who it is. The same person keeps the same number in all your returns.", muted
    )
    asked = ", ".join(line.called for line in form.with_numbers)
    write_text(sheet, 4, 0, f"One row for each person and line. Asked for: {asked}.", muted)
    for index, role in enumerate(PersonRole):
        looks = formats.get(
            bold=True, text_wrap=True, valign="bottom", bg_color=SUCCESS_BG, bottom=2, bottom_color=BORDER_STRONG
        )
        write_text(sheet, PEOPLE_HEAD_ROW, index, role.value, looks)
    sheet.set_row(PEOPLE_HEAD_ROW, 34)
    sheet.freeze_panes(PEOPLE_HEAD_ROW + 1, 0)
    sheet.repeat_rows(PEOPLE_HEAD_ROW)
    given = [(line, person) for line in form.with_numbers for person in line.people]
    rows = range(PEOPLE_HEAD_ROW + 1, PEOPLE_HEAD_ROW + 1 + len(given) + _SPARE_PEOPLE)
    text, day = (input_format(formats, align="left", num_format=shown) for shown in ("@", _DAY))
    for row, (line, person) in zip(rows, given, strict=False):
        for index, value in enumerate((line.called, person.number, person.kind.words)):
            write_text(sheet, row, index, value, text)
        for index, on in ((3, person.began_on), (4, person.ended_on)):
            if on is None:
                sheet.write_blank(row, index, None, day)
            else:
                sheet.write_datetime(row, index, on, day)
    for row in rows[len(given) :]:
        for index in range(len(PersonRole)):
            sheet.write_blank(row, index, None, day if index > 2 else text)
    _rule_people(sheet, form, rows)


def _rule_people(sheet: Any, form: ReturnForm, rows: range) -> None:
    first, last = rows.start, rows.stop - 1
    kinds = [kind.words for kind in PersonKind]
    column = column_letter(LINE_STAMP_COLUMN + len(LINE_STAMP) - 1)
    every = f"={STAMP}!${column}$2:${column}${len(form.lines) + 1}"
    lines = choice_rule(every, "Line", "The line that the person counts for, as the sheet Return calls it.")
    rules = (
        lines,
        number_rule(f"B{first + 1}"),
        choice_rule(kinds, "New or not", "New in the job, there before, or came over with the work (TUPE)."),
        day_rule("Began on", "The day on which the job, course or support began."),
        day_rule("Ended on", "Leave it empty while it goes on."),
    )
    for index, rule in enumerate(rules):
        sheet.data_validation(first, index, last, index, rule)


def write_confirm(book: Any, formats: Formats, form: ReturnForm, *, is_example: bool) -> None:
    """The day of the return and the two confirmations with which it ends."""
    sheet = start_sheet(book, formats, CONFIRM, [78, 24], form, is_example=is_example)
    heading(sheet, formats, "Confirm and send")
    write_text(sheet, 2, 0, "A return without both confirmations is not taken.", formats.get(font_color=TEXT_MUTED))
    line = {"bottom": 1, "bottom_color": BORDER}
    label = formats.get(text_wrap=True, **line)
    write_text(sheet, SENT_ROW, 0, SENT, label)
    day = input_format(formats, align="left", num_format=_DAY)
    returned = max((each.delivery.record.returned_on for each in form.lines if each.delivery), default=None)
    _write_day(sheet, SENT_ROW, returned, day)
    sheet.data_validation(SENT_ROW, 1, SENT_ROW, 1, day_rule("Day", "The day on which you send this return."))
    choice = input_format(formats, align="left", num_format="@")
    rule = choice_rule([YES], "Confirm", "Choose Yes where it is so.")
    for row, text in enumerate(CONFIRMATIONS, start=CONFIRMED_ROW):
        write_text(sheet, row, 0, text, label)
        sheet.write_blank(row, 1, None, choice)
        sheet.data_validation(row, 1, row, 1, rule)
    for row in range(SENT_ROW, CONFIRMED_ROW + len(CONFIRMATIONS)):
        sheet.set_row(row, 26)


def _write_day(sheet: Any, row: int, on: date | None, looks: Any) -> None:
    if on is None:
        sheet.write_blank(row, 1, None, looks)
    else:
        sheet.write_datetime(row, 1, on, looks)


def write_return_stamp(book: Any, formats: Formats, form: ReturnForm) -> None:
    """The hidden sheet: for which contract, quarter and version the return was made, and which lines it has."""
    sheet = book.add_worksheet(STAMP)
    plain = formats.get()
    for column, head in ((0, "Name"), (1, "Value"), *enumerate(LINE_STAMP, start=LINE_STAMP_COLUMN)):
        sheet.write_string(0, column, head, plain)
    for row, (name, value) in enumerate(form.stamp.items(), start=1):
        sheet.write_string(row, 0, name, plain)
        write_text(sheet, row, 1, value, plain)
    for row, line in enumerate(form.lines, start=1):
        told = (line.identity.text, line.measure.code, line.measure.unit.value, line.called)
        for column, text in enumerate(told, start=LINE_STAMP_COLUMN):
            write_text(sheet, row, column, text, plain)
    protect(sheet)
    sheet.very_hidden()
