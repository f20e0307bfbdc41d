"""Writes the marking file: a row for each answer with its mark and reason, the guide, and what is confirmed."""

import io
from collections.abc import Iterator
from typing import Any

from tomsapp.domain.tender.bands import BEST_MARK
from tomsapp.domain.tender.question import MARKS as ALL_MARKS
from tomsapp.domain.tender.question import count_words
from tomsapp.domain.wording import format_quantity, plural
from tomsapp.exchange.colours import BORDER, PRIMARY, SURFACE_ALT, TEXT_MUTED, WARNING
from tomsapp.exchange.numbers import printable
from tomsapp.exchange.tables import EXAMPLE_NOTE
from tomsapp.exchange.tables_xlsx import A3, BookProperties, Formats, new_book, row_height, set_up_page, write_text
from tomsapp.exchange.tenders.marking_file import (
    CONFIRM,
    CONFIRM_ROW,
    CONFIRMED_ON,
    GUIDE,
    HEAD_ROW,
    INPUTS,
    MARKS,
    NO_CONFLICT,
    SEAL,
    SENDING,
    STAMP_COLUMN,
    STAMP_HEADS,
    WIDTHS,
    YES,
    AnswerToMark,
    Head,
    MarkingForm,
    StatedMark,
    seal_of,
    stamp_pairs,
)
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_layout import STAMP
from tomsapp.exchange.workbook_rules import choice_rule, day_rule
from tomsapp.exchange.workbook_sheets import head_looks, heading, input_format, protect, start_sheet

_COLUMNS = tuple(Head)
_LINE = {"bottom": 1, "bottom_color": BORDER}
_TEXT_TOP: dict[str, object] = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1}
_MOST_LINES = 24
"""Lines of an answer in one row, which a spreadsheet still shows whole; what is longer goes on in the next."""
_LETTERS = 1.12
"""Letters of running text for each unit of a column's width."""
_READ_WIDTH = 100
_GUIDE_HEAD = 2
_LETTER = {head: column_letter(index) for index, head in enumerate(_COLUMNS)}
GIVE, SAY, DONE = "Give a mark", "Say why", "Done"


def write_marking_file(form: MarkingForm, properties: BookProperties) -> bytes:
    """The marking file of one evaluator, filled in with the marks that were given so far."""
    file = io.BytesIO()
    book = new_book(file, properties)
    formats = Formats(book)
    example = properties.is_example
    _write_read_me(book, formats, form, is_example=example)
    _MarksSheet(book.add_worksheet(MARKS), formats, form).write(is_example=example)
    _write_guide(book, formats, form, is_example=example)
    _write_confirm(book, formats, form, is_example=example)
    _write_stamp(book, formats, form)
    book.close()
    return file.getvalue()


def pieces(text: str) -> list[str]:
    """An answer cut at its words into parts that a row shows whole; one part, if an empty one, at least."""
    most = int(WIDTHS[Head.ANSWER] * _LETTERS)
    found: list[str] = []
    lines: list[str] = []
    room = _MOST_LINES
    for paragraph in printable(text).splitlines() or [""]:
        for part in _cut(paragraph, most * _MOST_LINES):
            needed = -(-max(1, len(part)) // most)
            if needed > room:
                found.append("\n".join(lines))
                lines, room = [], _MOST_LINES
            lines.append(part)
            room -= needed
    return [*found, "\n".join(lines)]


def _cut(paragraph: str, most: int) -> Iterator[str]:
    while len(paragraph) > most:
        at = paragraph.rfind(" ", 1, most)
        at = at if at > 0 else most
        yield paragraph[:at]
        paragraph = paragraph[at:].lstrip()
    yield paragraph


class _MarksSheet:
    """The sheet Marks while it is written."""

    def __init__(self, sheet: Any, formats: Formats, form: MarkingForm) -> None:
        self.sheet, self.formats, self.form = sheet, formats, form
        self.first, self.last = HEAD_ROW + 1, HEAD_ROW + 1

    def write(self, *, is_example: bool) -> None:
        """Write all of it."""
        for index, head in enumerate(_COLUMNS):
            self.sheet.set_column(index, index, WIDTHS[head], None, {"hidden": head is Head.KEY})
            looks = head_looks(self.formats, is_input=head in INPUTS, is_text=True, is_indented=True)
            write_text(self.sheet, HEAD_ROW, index, head.value, looks)
        self.sheet.set_row(HEAD_ROW, row_height((head.value, WIDTHS[head] - 3) for head in _COLUMNS))
        row = HEAD_ROW + 1
        for answer in self.form.answers:
            row = self._write_answer(row, answer)
        self.last = max(row, HEAD_ROW + 2)
        self._write_top(is_example=is_example)
        self.sheet.freeze_panes(HEAD_ROW + 1, 3)
        self.sheet.hide_gridlines(2)
        set_up_page(self.sheet, HEAD_ROW, A3, self.form.footer)
        protect(self.sheet)

    def _write_top(self, *, is_example: bool) -> None:
        stamp = self.form.stamp
        title = f"Marks of {stamp.evaluator}: {stamp.tender} {self.form.title}".strip()
        write_text(self.sheet, 0, 0, title, self.formats.get(bold=True, font_size=16, font_color=PRIMARY))
        self.sheet.set_row(0, 26)
        how = f"Fill in the green cells with a border: a mark from 0 to {BEST_MARK} and why, for each answer."
        note = f"{EXAMPLE_NOTE} {how}" if is_example else how
        self.sheet.write_string(1, 0, note, self.formats.get(font_color=WARNING if is_example else TEXT_MUTED))
        marks, reasons = (self._range(head) for head in (Head.MARK, Head.REASON))
        keys = self._range(Head.KEY)
        bare = f'SUMPRODUCT(({keys}<>"")*({marks}=""))'
        unsaid = f'SUMPRODUCT(({keys}<>"")*({marks}<>"")*(LEN(TRIM({reasons}))=0))'
        cells = [f"{CONFIRM}!$B${CONFIRM_ROW + place + 1}" for place in (0, 2)]
        left = f"{len(cells)}-" + "-".join(f'({cell}="{YES}")' for cell in cells)
        done = '"Nothing is left to fill in. Save this workbook and send it back."'
        parts = f'{bare}&", reasons "&{unsaid}&", confirmations "&({left})&" (sheet {CONFIRM})."'
        formula = f'=IF({bare}+{unsaid}+({left})=0,{done},"Left to fill in: marks "&{parts})'
        self.sheet.write_formula(3, 0, formula, self.formats.get(bold=True), self._to_do_words())
        self.sheet.set_row(3, 20)

    def _to_do_words(self) -> str:
        """What the formula says of the workbook as it is made."""
        bare = sum(1 for answer in self.form.answers if self._given(answer).mark is None)
        confirmations = 2 - (self.form.confirmed_on is not None)
        return f"Left to fill in: marks {bare}, reasons 0, confirmations {confirmations} (sheet {CONFIRM})."

    def _range(self, head: Head) -> str:
        letter = _LETTER[head]
        return f"${letter}${self.first + 1}:${letter}${self.last}"

    def _given(self, answer: AnswerToMark) -> StatedMark:
        return self.form.given.get((answer.bid, answer.question), StatedMark(answer.bid, answer.question))

    def _write_answer(self, row: int, answer: AnswerToMark) -> int:
        """Write an answer and what to fill in beside it; gives the row after it."""
        named = self.form.named(answer.question)
        texts = ((Head.LOT, str(answer.lot)), (Head.BIDDER, answer.supplier), (Head.QUESTION, named))
        parts = pieces(answer.text)
        plain = self.formats.get(**_TEXT_TOP, **(_LINE if len(parts) == 1 else {}))
        for head, text in texts:
            self._write(row, head, text, self.formats.get(bold=head is Head.BIDDER, **_TEXT_TOP, **_LINE))
        self._write(row, Head.ANSWER, parts[0], plain)
        self._write(row, Head.KEY, answer.key, self.formats.get())
        self._write_inputs(row, answer)
        sizes = [(text, WIDTHS[head] - 2) for head, text in texts]
        sizes += [(parts[0], WIDTHS[Head.ANSWER] - 2), (self._given(answer).reason, WIDTHS[Head.REASON] - 2)]
        self.sheet.set_row(row, max(row_height(sizes), 52))
        for place, part in enumerate(parts[1:], start=row + 1):
            is_last = place == row + len(parts) - 1
            self._write(place, Head.ANSWER, part, self.formats.get(**_TEXT_TOP, **(_LINE if is_last else {})))
            self.sheet.set_row(place, row_height([(part, WIDTHS[Head.ANSWER] - 2)]))
        return row + len(parts)

    def _write(self, row: int, head: Head, text: str, looks: Any) -> None:
        write_text(self.sheet, row, _COLUMNS.index(head), text, looks)

    def _write_inputs(self, row: int, answer: AnswerToMark) -> None:
        given, mark, reason = self._given(answer), f"{_LETTER[Head.MARK]}{row + 1}", f"{_LETTER[Head.REASON]}{row + 1}"
        looks = input_format(self.formats, align="center", font_size=13, bold=True)
        place = _COLUMNS.index(Head.MARK)
        if given.mark is None:
            self.sheet.write_blank(row, place, None, looks)
        else:
            self.sheet.write_number(row, place, given.mark, looks)
        self.sheet.data_validation(row, place, row, place, _mark_rule(self.form.named(answer.question)))
        looks = input_format(self.formats, align="left", text_wrap=True, num_format="@", indent=1)
        self._write(row, Head.REASON, given.reason, looks)
        first = _guide_row(self.form, answer.question) + 1
        cells = f"'{GUIDE}'!$C${first}:$C${first + BEST_MARK}"
        means = f'=IF({mark}="","",IFERROR(INDEX({cells},{BEST_MARK + 1}-{mark})&"","No mark"))'
        said = "" if given.mark is None else printable(self.form.question(answer.question).guide[given.mark])
        muted = self.formats.get(font_color=TEXT_MUTED, **_TEXT_TOP, **_LINE)
        self.sheet.write_formula(row, _COLUMNS.index(Head.MEANS), means, muted, said)
        to_do = f'=IF({mark}="","{GIVE}",IF(LEN(TRIM({reason}))=0,"{SAY}","{DONE}"))'
        words = GIVE if given.mark is None else DONE
        strong = self.formats.get(bold=True, **_TEXT_TOP, **_LINE)
        self.sheet.write_formula(row, _COLUMNS.index(Head.TO_DO), to_do, strong, words)


def _mark_rule(question: str) -> dict[str, object]:
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": BEST_MARK,
        "input_title": "Mark",
        "input_message": printable(f"0 to {BEST_MARK}, by the marking guide. Question {question}")[:255],
        "error_title": "Mark",
        "error_message": f"Enter a whole number from 0 to {BEST_MARK}.",
    }


def _guide_row(form: MarkingForm, number: int) -> int:
    """The row, counted from 0, of the best mark of a question on the sheet with the guide."""
    place = [question.number for question in form.questions].index(number)
    return _GUIDE_HEAD + 1 + place * (len(ALL_MARKS) + 1) + 1


def _write_guide(book: Any, formats: Formats, form: MarkingForm, *, is_example: bool) -> None:
    """What each mark means, question by question."""
    widths = (12, 10, 110)
    sheet = start_sheet(book, formats, GUIDE, widths, form, is_example=is_example)
    heading(sheet, formats, "Marking guide")
    looks = formats.get(bold=True, bg_color=SURFACE_ALT, bottom=1, indent=1)
    for column, text in enumerate(("Question", "Mark", "What gets it")):
        sheet.write_string(_GUIDE_HEAD, column, text, looks)
    top = formats.get(**_TEXT_TOP, **_LINE)
    for question in form.questions:
        row = _guide_row(form, question.number) - 1
        asked = f"{form.named(question.number)}. {question.text}" if question.title else form.named(question.number)
        limit = f" At most {plural(question.most_words, 'word')}." if question.most_words else ""
        told = f"{asked} Weight {format_quantity(question.weight)} of 100.{limit}"
        sheet.merge_range(row, 0, row, 2, "", formats.get(bold=True, **_TEXT_TOP))
        write_text(sheet, row, 0, told, formats.get(bold=True, **_TEXT_TOP))
        sheet.set_row(row, row_height([(told, sum(widths) - 6)]))
        for place, (mark, text) in enumerate(question.guide.items(), start=row + 1):
            write_text(sheet, place, 0, str(question.number), top)
            sheet.write_number(place, 1, mark, top)
            write_text(sheet, place, 2, text, top)
            sheet.set_row(place, row_height([(text, widths[2] - 2)]))


def _write_confirm(book: Any, formats: Formats, form: MarkingForm, *, is_example: bool) -> None:
    """No conflict of interest with its day, and the sending."""
    sheet = start_sheet(book, formats, CONFIRM, [70, 24], form, is_example=is_example)
    heading(sheet, formats, "Confirm and send")
    note = "Marks count once both sentences are confirmed. Leave the second one empty while you are not done."
    write_text(sheet, 2, 0, note, formats.get(font_color=TEXT_MUTED))
    label = formats.get(text_wrap=True, **_LINE)
    rule = choice_rule([YES], "Confirm", "Choose Yes where it is so.")
    choice = input_format(formats, align="left", num_format="@")
    day = input_format(formats, align="left", num_format="d mmmm yyyy")
    confirmed = form.confirmed_on
    for row, text in enumerate((NO_CONFLICT, CONFIRMED_ON, SENDING), start=CONFIRM_ROW):
        write_text(sheet, row, 0, text, label)
        sheet.set_row(row, 26)
    write_text(sheet, CONFIRM_ROW, 1, YES if confirmed else "", choice)
    if confirmed is None:
        sheet.write_blank(CONFIRM_ROW + 1, 1, None, day)
    else:
        sheet.write_datetime(CONFIRM_ROW + 1, 1, confirmed, day)
    sheet.write_blank(CONFIRM_ROW + 2, 1, None, choice)
    for row in (CONFIRM_ROW, CONFIRM_ROW + 2):
        sheet.data_validation(row, 1, row, 1, rule)
    told = day_rule("Day", "The day on which you confirm that you have no conflict of interest.")
    sheet.data_validation(CONFIRM_ROW + 1, 1, CONFIRM_ROW + 1, 1, told)


def _write_read_me(book: Any, formats: Formats, form: MarkingForm, *, is_example: bool) -> None:
    """How to mark, and what must not be done with the file."""
    sheet = start_sheet(book, formats, "Read me", [_READ_WIDTH], form, is_example=is_example)
    heading(sheet, formats, f"How to mark {form.stamp.tender}")
    row = 3
    for text in _how(form):
        write_text(sheet, row, 0, text, formats.get(text_wrap=True))
        sheet.set_row(row, row_height([(text, _READ_WIDTH)]) + 4)
        row += 1


def _how(form: MarkingForm) -> Iterator[str]:
    bidders = sorted({(answer.lot, answer.supplier) for answer in form.answers})
    names = "; ".join(f"lot {lot}, {supplier}" for lot, supplier in bidders)
    yield f"This file is for {form.stamp.evaluator} alone. Talk with no other evaluator about it before all have sent."
    yield (
        f"First go to the sheet {CONFIRM}: choose Yes where you have no conflict of interest with any bidder, and "
        f"enter the day. The bidders are: {names}. If you have one, do not read on, and tell the council."
    )
    yield (
        f"Then read each answer on the sheet {MARKS}, give it a mark from 0 to {BEST_MARK} by the sheet {GUIDE}, and "
        "say in a sentence what in the answer gets this mark. The bidder may read your reason."
    )
    yield "Mark what is written. What you know of a bidder from elsewhere does not count."
    yield (
        f"When every answer has its mark and its reason, choose Yes at “{SENDING.rstrip('.')}” on the sheet {CONFIRM}, "
        "save the workbook and send it back to whoever sent it to you."
    )
    yield (
        "Leave sheets, rows, columns and the answers as they are: the council’s program finds everything by its name, "
        "and refuses a file in which something else was changed."
    )
    words = sum(count_words(answer.text) for answer in form.answers)
    yield f"There are {plural(len(form.answers), 'answer')} with {plural(words, 'word')} in all."


def _write_stamp(book: Any, formats: Formats, form: MarkingForm) -> None:
    sheet = book.add_worksheet(STAMP)
    plain = formats.get()
    for column, head in ((0, "Name"), (1, "Value"), *enumerate(STAMP_HEADS, start=STAMP_COLUMN)):
        sheet.write_string(0, column, head, plain)
    pairs = stamp_pairs(form.stamp)
    rows = [answer.stamped(form.named(answer.question), "\n".join(pieces(answer.text))) for answer in form.answers]
    for row, (name, value) in enumerate((*pairs.items(), (SEAL, seal_of(pairs, rows))), start=1):
        sheet.write_string(row, 0, name, plain)
        write_text(sheet, row, 1, value, plain)
    for row, told in enumerate(rows, start=1):
        for column, text in enumerate(told, start=STAMP_COLUMN):
            write_text(sheet, row, column, text, plain)
    protect(sheet)
    sheet.very_hidden()
