"""The sheets around the commitments of a tender: how to fill in, the tender, who offers, conditions, questions."""

from collections.abc import Iterator
from typing import Any

from tomsapp.domain.checks.words import Words
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.tender import words as told
from tomsapp.domain.tender.choices import ShareBase
from tomsapp.domain.tender.words import NOT_SENT
from tomsapp.domain.wording import format_date, format_exact, format_pounds, format_quantity
from tomsapp.exchange.colours import BORDER, TEXT_MUTED, WARNING
from tomsapp.exchange.tables import ColumnKind
from tomsapp.exchange.tables_xlsx import A3, Formats, row_height, set_up_page, write_exact, write_text
from tomsapp.exchange.tenders.book_declarations import asked_in
from tomsapp.exchange.tenders.book_layout import (
    ACCEPTED,
    ANSWER,
    ANSWER_HEADS,
    ANSWERS,
    CONDITION_HEADS,
    CONDITIONS,
    DECLARATIONS,
    FILL_IN,
    ORGANISATION,
    ORGANISATION_FACTS,
    ORGANISATION_ROW,
    QUESTION_HEADS,
    QUESTIONS,
    READ_ME,
    TABLE_HEAD_ROW,
    TENDER,
    WORD_COUNT,
    YES,
    OfferBook,
)
from tomsapp.exchange.tenders.formulas import as_text, either, when
from tomsapp.exchange.workbook_columns import column_letter
from tomsapp.exchange.workbook_rules import choice_rule
from tomsapp.exchange.workbook_sheets import head_looks, heading, input_format, start_sheet

_LINE = {"bottom": 1, "bottom_color": BORDER}
_READ_WIDTH = 100


def write_read_me(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """How to fill the workbook in, and what it was made from."""
    sheet = start_sheet(book, formats, READ_ME, [_READ_WIDTH], form, is_example=is_example)
    heading(sheet, formats, "How to fill in your offer")
    row = 2
    for title, texts in _parts(form):
        row += 1
        write_text(sheet, row, 0, title, formats.get(bold=True, font_size=13))
        for text in texts:
            row += 1
            write_text(sheet, row, 0, text, formats.get(text_wrap=True))
            sheet.set_row(row, row_height([(text, _READ_WIDTH)]))
        row += 1


def _parts(form: OfferBook) -> list[tuple[str, list[str]]]:
    pack = form.pack
    do = [
        f"{NOT_SENT} By: {pack.tender.deadline_words}.",
        "Fill in the green cells with a border, and no others. What is to be filled in is also called “Fill in”.",
        f"Sheet {ORGANISATION}: who you are, and whom the council can ask.",
    ]
    if pack.conditions:
        do.append(f"Sheet {CONDITIONS}: what every bidder accepts. It is not scored.")
    do += [
        "Sheet Commitments: how much of each measure you offer in each contract year, and how you will do it.",
        "Leave a row empty if you offer nothing of it; once you offer something, enter 0 in the years with none.",
        "Sheet Workings: work a quantity out from its parts, if you like. The parts are sent with it.",
        "To offer a measure twice, for example in two wards, choose its code in a row at the end of the commitments.",
    ]
    if asked_in(form):
        do.append(
            f"Sheet {DECLARATIONS}: where two of your promises may count one thing twice, declare that they are not "
            "the same."
        )
    if pack.questions:
        do.append(f"Sheet {QUESTIONS}: your answers, with the number of words beside them.")
    do += [
        "Sheet Check: what is still left to do. Sheet For your board: your offer on one page, to print.",
        "Save the file as XLSX or ODS. Leave sheets, rows and columns as they are: they are read by their names.",
        "Offer only what you will do because of this contract. You will be asked to prove it.",
    ]
    value = [
        "Value of a year = quantity × unit value × contract share × other factors, rounded to the penny.",
        "Social value and real pounds measure different things and are never added.",
        "The council works every value out again, by the unit values of the pack and not by those in this file.",
    ]
    edition = form.edition
    made = [
        pack.issued_words,
        f"SHA-256 of the pack: {form.identity.sha256}",
        f"Menu: {edition.title}, {edition.name_and_prices}. SHA-256 of the menu edition: {edition.sha256}",
        "Cells that are not green are locked without a password, so that a formula is not lost by mistake.",
    ]
    return [("What to do", do), ("How the value is worked out", value), ("What this workbook is made from", made)]


def write_tender(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """The facts of the tender and the lot, what was changed in this version, and bidders' questions with answers."""
    sheet = start_sheet(book, formats, TENDER, [34, 90], form, is_example=is_example)
    heading(sheet, formats, f"Tender {form.pack.tender.reference}")
    label, text = formats.get(font_color=TEXT_MUTED, **_LINE), formats.get(text_wrap=True, **_LINE)
    for row, (name, value) in enumerate(_facts(form), start=3):
        write_text(sheet, row, 0, name, label)
        write_text(sheet, row, 1, value, text)
        sheet.set_row(row, row_height([(name, 34), (value, 90)]) + 2)


def _facts(form: OfferBook) -> Iterator[tuple[str, str]]:
    pack, lot, tender = form.pack, form.lot, form.pack.tender
    yield "Council", pack.council
    yield "Tender", tender.title
    if len(pack.lots) > 1:
        yield "Lot", lot.name
    yield "Upload your offer by", tender.deadline_words
    yield "Length", lot.length_words
    if lot.value is not None:
        yield "Estimated value, without VAT", format_pounds(lot.value)
    base = f" of {format_pounds(form.contract.value)}" if tender.base is not ShareBase.PRICE else ""
    yield "Social value is a share of", f"{tender.base.words}{base}"
    points = f"{format_exact(tender.social_points)} of 100 points"
    yield "Social value counts", f"{points}: {format_exact(tender.quantity_points)} for the quantity that you offer"
    if tender.statement_points:
        yield "Your answers count", f"{format_exact(tender.statement_points)} points"
    yield "Short of the minimum", tender.minimum.meaning
    most = tender.most_measures
    yield "You may choose", f"up to {most} measures" if most is not None else "any number of measures"
    for theme in form.edition.themes:
        if theme.number in tender.theme_numbers:
            yield "You must offer something of", f"theme {theme.number}, {theme.title}"
    yield "Pack", form.identity.words
    for number, change in enumerate(pack.changes, start=1):
        yield f"Changed in this version ({number})", change
    for number, asked in enumerate(pack.answered, start=1):
        yield f"A bidder asked ({number})", asked.question
        answered = f"{format_date(asked.answered_on)}: " if asked.answered_on is not None else ""
        yield f"The council answered ({number})", f"{answered}{asked.answer}"


def write_organisation(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """Who offers, in named cells."""
    sheet = start_sheet(book, formats, ORGANISATION, [40, 60], form, is_example=is_example)
    heading(sheet, formats, "Your organisation")
    bidder = form.offer.bidder if form.offer is not None else None
    looks = input_format(formats, align="left", text_wrap=True, num_format="@")
    for row, (name, title) in enumerate(ORGANISATION_FACTS.items(), start=ORGANISATION_ROW):
        sheet.write_string(row, 0, f"{FILL_IN}{title}", formats.get(font_color=TEXT_MUTED))
        value = getattr(bidder, name) if bidder is not None else ""
        write_text(sheet, row, 1, value.words if isinstance(value, SupplierKind) else value, looks)
        book.define_name(f"Organisation_{name}", f"={ORGANISATION}!$B${row + 1}")
        if name == "kind":
            kinds = [kind.words for kind in SupplierKind]
            sheet.data_validation(row, 1, row, 1, choice_rule(kinds, title, "Choose from the list."))


def write_conditions(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """What every bidder accepts; nothing is written where the tender has no conditions."""
    if not form.pack.conditions:
        return
    sheet = start_sheet(book, formats, CONDITIONS, [9, 40, 20, 50, 18, 44], form, is_example=is_example)
    heading(sheet, formats, "Conditions that every bidder accepts")
    _write_heads(sheet, formats, CONDITION_HEADS, ACCEPTED)
    accepted = form.offer.accepted if form.offer is not None else frozenset()
    wrap = formats.get(text_wrap=True, **_LINE)
    for row, one in enumerate(form.pack.conditions, start=TABLE_HEAD_ROW + 1):
        measure = form.edition.find_measure(one.measure)
        write_text(sheet, row, 0, one.measure, formats.get(bold=True, **_LINE))
        name, many = (measure.title, measure.many_name) if measure is not None else ("", "")
        write_text(sheet, row, 1, name, wrap)
        how_much = "" if one.target is None else f"{format_quantity(one.target)} {many}"
        write_text(sheet, row, 2, how_much, wrap)
        write_text(sheet, row, 3, one.relevance, wrap)
        looks = input_format(formats, align="left", num_format="@")
        write_text(sheet, row, ACCEPTED, YES if one.measure in accepted else "", looks)
        rule = choice_rule([YES], "Accepted", "Choose Yes to accept this condition.")
        sheet.data_validation(row, ACCEPTED, row, ACCEPTED, rule)
        cell = f"${column_letter(ACCEPTED)}{row + 1}"
        said = told.NOT_ACCEPTED.filled(measure=form.edition.name_of(one.measure))
        is_open = f'UPPER(TRIM({cell}))<>"YES"'
        _write_to_do(sheet, formats, row, ACCEPTED + 1, f"={when(is_open, said)}")
        sheet.set_row(row, row_height([(name, 40), (how_much, 20), (one.relevance, 50)]) + 3)
        book.define_name(f"Condition_{row - TABLE_HEAD_ROW}", f"={CONDITIONS}!{cell}".replace("$E", "$E$"))
    sheet.freeze_panes(TABLE_HEAD_ROW + 1, 1)
    set_up_page(sheet, TABLE_HEAD_ROW, footer=form.footer)


def write_questions(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """The questions with room for the answers, whose words are counted; nothing where there are none."""
    if not form.pack.questions:
        return
    sheet = start_sheet(book, formats, QUESTIONS, [10, 50, 10, 10, 90, 9, 40], form, is_example=is_example)
    heading(sheet, formats, "Questions")
    _write_heads(sheet, formats, QUESTION_HEADS, ANSWER)
    top = {"valign": "top", **_LINE}
    for row, question in enumerate(form.pack.questions, start=TABLE_HEAD_ROW + 1):
        sheet.write_number(row, 0, question.number, formats.get(bold=True, align="left", **top))
        asked = "\n".join(filter(None, (question.title, question.text)))
        write_text(sheet, row, 1, asked, formats.get(text_wrap=True, **top))
        looks = formats.number(ColumnKind.QUANTITY, question.weight, 0, align="right", **top)
        write_exact(sheet, row, 2, question.weight, looks)
        plain = formats.get(align="right", num_format="#,##0", **top)
        if question.most_words is None:
            sheet.write_string(row, 3, "Any number", formats.get(align="right", text_wrap=True, **top))
        else:
            sheet.write_number(row, 3, question.most_words, plain)
        answer = form.offer.statement(question.number) if form.offer is not None else ""
        looks = input_format(formats, align="left", text_wrap=True, valign="top", num_format="@")
        write_text(sheet, row, ANSWER, answer, looks)
        cell = f"$E${row + 1}"
        sheet.write_formula(row, WORD_COUNT, f"={word_count(cell)}", plain, len(answer.split()))
        count = f"$F{row + 1}"
        choices = [(f"{count}=0", as_text(told.NO_ANSWER.filled(number=question.number)))]
        if question.most_words is not None:
            said = told.LONG_ANSWER.message.replace("{number}", str(question.number))
            said = said.replace("{most}", f"{question.most_words:,}")
            long = Words(said, told.LONG_ANSWER.fix)
            choices.append((f"{count}>{question.most_words}", as_text(long, words=f'TEXT({count},"#,##0")')))
        _write_to_do(sheet, formats, row, WORD_COUNT + 1, f"={either(*choices)}")
        sheet.set_row(row, max(150, row_height([(asked, 50), (answer, 90)])))
        book.define_name(f"Answer_{question.number}", f"={QUESTIONS}!{cell}")
    sheet.freeze_panes(TABLE_HEAD_ROW + 1, 1)
    set_up_page(sheet, TABLE_HEAD_ROW, A3, form.footer)


def word_count(cell: str) -> str:
    """How many words the text of a cell has: what stands between white space, as `question.count_words` counts."""
    spaced = cell
    for sign in ("CHAR(10)", "CHAR(13)", "CHAR(9)", "_xlfn.UNICHAR(160)"):
        spaced = f'SUBSTITUTE({spaced},{sign}," ")'
    return f'IF(LEN(TRIM({spaced}))=0,0,LEN(TRIM({spaced}))-LEN(SUBSTITUTE(TRIM({spaced})," ",""))+1)'


def write_answers(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """What was answered to warnings in the program, kept as it is; nothing where nothing was."""
    if form.offer is None or not form.offer.answers:
        return
    sheet = start_sheet(book, formats, ANSWERS, [40, 20, 80, 26, 40], form, is_example=is_example)
    heading(sheet, formats, "Answers given in the program")
    _write_heads(sheet, formats, ANSWER_HEADS, None)
    wrap = formats.get(text_wrap=True, **_LINE)
    for row, (key, answer) in enumerate(sorted(form.offer.answers.items()), start=TABLE_HEAD_ROW + 1):
        choice = answer.choice.value if answer.choice is not None else ""
        for column, text in enumerate((key, choice, answer.text, answer.answered_by, answer.asked)):
            write_text(sheet, row, column, text, wrap)
        sheet.set_row(row, row_height([(key, 40), (answer.text, 80), (answer.asked, 40)]))
    set_up_page(sheet, TABLE_HEAD_ROW, footer=form.footer)


def _write_heads(sheet: Any, formats: Formats, heads: tuple[str, ...], filled_in: int | None) -> None:
    for column, title in enumerate(heads):
        looks = head_looks(formats, is_input=column == filled_in, is_text=True, is_indented=False)
        write_text(sheet, TABLE_HEAD_ROW, column, title, looks)
    sheet.set_row(TABLE_HEAD_ROW, 34)


def _write_to_do(sheet: Any, formats: Formats, row: int, column: int, formula: str) -> None:
    looks = formats.get(text_wrap=True, indent=1, font_color=WARNING, **_LINE)
    sheet.write_formula(row, column, formula, looks, "")
