"""The sheet Check: what is left to do in the whole offer, in the words of the program, and the minimum beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tomsapp.domain.checks import words
from tomsapp.domain.checks.words import Words
from tomsapp.domain.menu import Clash
from tomsapp.domain.policy import PolicyCheck
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.domain.tender import words as told
from tomsapp.domain.tender.minimums import needed_words, rules_asked
from tomsapp.exchange.colours import BORDER, TEXT_MUTED, WARNING
from tomsapp.exchange.tables_xlsx import Formats, set_up_page, write_text
from tomsapp.exchange.tenders.book_declarations import asked_groups, asked_repeats, to_do_cell
from tomsapp.exchange.tenders.book_layout import (
    ACCEPTED,
    CHECK,
    CHECK_HEADS,
    CONDITIONS,
    DECLARATIONS,
    LISTS,
    ORGANISATION,
    ORGANISATION_FACTS,
    ORGANISATION_ROW,
    QUESTIONS,
    TABLE_HEAD_ROW,
    UNKNOWN,
    WORD_COUNT,
    OfferBook,
)
from tomsapp.exchange.tenders.formulas import as_text, either, literal, number_text, pounds_text, when
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_layout import COMMITMENTS, TOTALS
from tomsapp.exchange.workbook_sheets import head_looks, heading, start_sheet

_LINE = {"bottom": 1, "bottom_color": BORDER}
LEFT_CELL = "$D$3"
"""The cell of the sheet that says how much is left to do."""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing that an offer needs: where it is put right, what it is, and the formula of what is left of it."""

    where: str
    what: str
    formula: str


def write_check(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """A row for each thing that an offer needs, with its state in words; then how it stands against the rules."""
    sheet = start_sheet(book, formats, CHECK, [18, 44, 10, 90], form, is_example=is_example)
    heading(sheet, formats, "What is left to do")
    for column, title in enumerate(CHECK_HEADS):
        looks = head_looks(formats, is_input=False, is_text=True, is_indented=False)
        write_text(sheet, TABLE_HEAD_ROW, column, title, looks)
    rows = list(check_rows(form))
    first = TABLE_HEAD_ROW + 2
    last = first + len(rows) - 1
    wrap, bold = formats.get(text_wrap=True, **_LINE), formats.get(bold=True, **_LINE)
    said = formats.get(text_wrap=True, font_color=WARNING, **_LINE)
    for number, row in enumerate(rows, start=first):
        write_text(sheet, number - 1, 0, row.where, wrap)
        write_text(sheet, number - 1, 1, row.what, wrap)
        state = f'=IF(D{number}="",{literal(told.DONE)},{literal(told.LEFT_TO_DO)})'
        sheet.write_formula(number - 1, 2, state, bold, UNKNOWN)
        sheet.write_formula(number - 1, 3, f"=TRIM({row.formula})", said, "")
        sheet.set_row(number - 1, 34)
    count = f"COUNTIF($C${first}:$C${last},{literal(told.LEFT_TO_DO)})"
    total = f'=IF({count}=0,{literal(told.EVERYTHING)},{count}&" left to do")'
    sheet.write_string(2, 1, "All together", formats.get(font_color=TEXT_MUTED))
    sheet.write_formula(2, 3, total, formats.get(bold=True, text_wrap=True), "")
    book.define_name("Left_to_do", f"={CHECK}!{LEFT_CELL}")
    _write_rules(sheet, formats, form, last + 1)
    sheet.freeze_panes(TABLE_HEAD_ROW + 1, 0)
    set_up_page(sheet, TABLE_HEAD_ROW, footer=form.footer)


def _write_rules(sheet: Any, formats: Formats, form: OfferBook, row: int) -> None:
    rules = asked_of(form)
    if not rules:
        return
    write_text(sheet, row, 0, "The council’s rules", formats.get(bold=True, font_size=13))
    write_text(sheet, row, 3, form.pack.tender.minimum.meaning, formats.get(text_wrap=True))
    for number, check in enumerate(rules, start=row + 1):
        write_text(sheet, number, 0, check.rule.title, formats.get(text_wrap=True, **_LINE))
        write_text(sheet, number, 1, needed_words(check), formats.get(text_wrap=True, **_LINE))
        sheet.write_blank(number, 2, None, formats.get(**_LINE))
        sheet.write_formula(number, 3, f"={rule_formula(check)}", formats.get(text_wrap=True, bold=True, **_LINE), "")
        sheet.set_row(number, 34)


def asked_of(form: OfferBook) -> tuple[PolicyCheck, ...]:
    """The rules that ask something of the lot of a workbook, with what they need."""
    return rules_asked(form.pack, form.contract, form.edition)


def rule_formula(check: PolicyCheck) -> str:
    """How the offer stands against a rule: "Enough", or by how much it is short, as the program says it."""
    needed = f"{check.needed.numerator}/{check.needed.denominator}"
    if check.rule.kind is MINIMUM_SHARE:
        row = 4 if check.rule.counted_in is CountedIn.SOCIAL_VALUE else 5
        short = f"ROUND({needed}-{TOTALS}!$B${row},2)"
        missing = pounds_text(short)
    else:
        short = f"ROUND({needed}-{TOTALS}!$B$7,4)"
        missing = number_text(short)
    return f'IF({short}>0,"Not enough: short by "&{missing},"Enough")'


def check_rows(form: OfferBook) -> Iterator[CheckRow]:
    """Everything that an offer needs, in the order of the sheets."""
    yield from _organisation()
    for row, one in enumerate(form.pack.conditions, start=TABLE_HEAD_ROW + 2):
        cell = f"{CONDITIONS}!${column_letter(ACCEPTED + 1)}${row}"
        yield CheckRow(CONDITIONS, f"Accepted: {form.edition.name_of(one.measure)}", f'{cell}&""')
    yield from _commitments(form)
    for row, question in enumerate(form.pack.questions, start=TABLE_HEAD_ROW + 2):
        cell = f"{QUESTIONS}!${column_letter(WORD_COUNT + 1)}${row}"
        named = f"Answered: {question.title}" if question.title else "Answered"
        yield CheckRow(f"{QUESTIONS}, {question.number}", named, f'{cell}&""')


def _organisation() -> Iterator[CheckRow]:
    missing = {"name": told.NO_NAME, "contact_name": told.NO_CONTACT, "contact_email": told.NO_EMAIL}
    for number, (name, title) in enumerate(ORGANISATION_FACTS.items(), start=ORGANISATION_ROW + 1):
        if name not in missing:
            continue
        cell = f"{ORGANISATION}!$B${number}"
        choices = [(f"LEN(TRIM({cell}))=0", as_text(missing[name]))]
        if name == "contact_email":
            choices.append((f'ISERROR(FIND("@",{cell}))', as_text(told.WRONG_EMAIL)))
        yield CheckRow(ORGANISATION, title, either(*choices))


def _commitments(form: OfferBook) -> Iterator[CheckRow]:
    template, tender = form.template, form.pack.tender
    offered = f"{LISTS}!$B$2:$B${template.total_row - template.first_row + 1}"
    chosen = f"{LISTS}!$D$2:$D${len(template.listed) + 1}"
    yield CheckRow(COMMITMENTS, "Something is offered", when(f"MAX({offered})=0", told.NOTHING_OFFERED))
    rows = f"SUMPRODUCT(--(LEN({COMMITMENTS}!{template.column_range(Role.TO_DO)})>0))"
    yield CheckRow(COMMITMENTS, "Each row is complete", when(f"{rows}>0", told.ROWS_LEFT, rows=rows))
    if tender.most_measures is not None:
        count = f"SUM({chosen})"
        said = Words(words.TOO_MANY.message.replace("{most}", str(tender.most_measures)), words.TOO_MANY.fix)
        figures = {"chosen": count, "over": f"({count}-{tender.most_measures})"}
        formula = when(f"{count}>{tender.most_measures}", said, **figures)
        yield CheckRow(COMMITMENTS, f"At most {tender.most_measures} measures", formula)
    for theme in form.edition.themes:
        if theme.number in tender.theme_numbers:
            codes = {measure.code for outcome in theme.outcomes for measure in outcome.measures}
            cells = [f"{LISTS}!$E${number}" for number, one in enumerate(template.listed, start=2) if one.code in codes]
            said = words.THEME_MISSING.filled(number=theme.number, title=theme.title)
            total = f"SUM({','.join(cells)})" if cells else "0"
            yield CheckRow(COMMITMENTS, f"Something of theme {theme.number}", when(f"{total}=0", said))
    yield from _clashes(form)


def _clashes(form: OfferBook) -> Iterator[CheckRow]:
    """What never counts together, what is to be declared of each group, and of the measures that count once."""
    for asked in asked_groups(form, Clash.BLOCK):
        yield CheckRow(COMMITMENTS, asked.what, f'IF({asked.condition},{asked.to_do},"")')
    for asked in asked_groups(form, Clash.DECLARE):
        yield CheckRow(DECLARATIONS, asked.what, f'{to_do_cell(form, asked.code)}&""')
    repeats = [to_do_cell(form, asked.code) for asked in asked_repeats(form)]
    if repeats:
        rows = f"SUMPRODUCT(--(LEN({repeats[0]}:{repeats[-1].rpartition('!')[2]})>0))"
        formula = when(f"{rows}>0", told.DECLARATIONS_LEFT, rows=rows)
        yield CheckRow(DECLARATIONS, "What counts once is offered once", formula)
