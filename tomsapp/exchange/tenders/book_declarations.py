"""The sheet Declarations: where two promises may count one thing twice, a bidder says that they are different, and why.

It is the answer that the program’s own window asks for, in the same words, and is read back as that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from tomsapp.domain.checks import words
from tomsapp.domain.checks.answering import answered
from tomsapp.domain.checks.clashes import CLASH_CODE, clash_problems, clashing_group
from tomsapp.domain.checks.declared import told_of
from tomsapp.domain.checks.repeats import REPEATS, repeat_problems
from tomsapp.domain.checks.words import Words
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, MenuEdition
from tomsapp.domain.problems import LEAST_REASON, Answer, AnswerChoice, Problem
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.domain.valuation import value_contract
from tomsapp.exchange.colours import BORDER, WARNING
from tomsapp.exchange.tables_xlsx import Formats, row_height, set_up_page, write_text
from tomsapp.exchange.tenders.book_layout import (
    DECLARATION_HEADS,
    DECLARATIONS,
    DECLARED,
    LISTS,
    TABLE_HEAD_ROW,
    TO_DECLARE,
    OfferBook,
)
from tomsapp.exchange.tenders.formulas import as_text, either, literal
from tomsapp.exchange.workbook_columns import Role, column_letter
from tomsapp.exchange.workbook_layout import COMMITMENTS
from tomsapp.exchange.workbook_rules import choice_rule
from tomsapp.exchange.workbook_sheets import head_looks, heading, input_format, start_sheet

_LINE = {"bottom": 1, "bottom_color": BORDER}
_WIDTHS = [16, 52, 24, 40, 60, 50]
_MOST_NAMED = 4
"""How many measures of an exclusion group are named in what is checked."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that may be counted twice, and what is said of it.

    Attributes:
        code: of the exclusion group, or of the measure that counts once.
        what: in words, for the row.
        condition, offered: the formulas of whether it is offered so, and of what is.
        said: what is left to do; its places are filled by `figures`.
        choices: what can be declared.
    """

    code: str
    what: str
    condition: str
    offered: str
    said: Words
    figures: Mapping[str, str]
    choices: tuple[AnswerChoice, ...] = (AnswerChoice.DIFFERENT,)

    @property
    def to_do(self) -> str:
        """What is left while nothing is declared, as a part of a formula."""
        return as_text(self.said, **self.figures)


def asked_groups(form: OfferBook, severity: Clash) -> Iterator[Asked]:
    """For each exclusion group of a severity the measures that are offered of it, where two of them may be the same."""
    place = {one.code: f"{LISTS}!$E${number}" for number, one in enumerate(form.template.listed, start=2)}
    for group in form.edition.exclusion_groups:
        firsts = [code for code in dict.fromkeys(group.measures) if code in place]
        others = [code for code in dict.fromkeys(group.against) if code in place]
        if group.severity is not severity or len(firsts) < (1 if others else 2):
            continue
        first, other = (f"SUM({','.join(place[code] for code in codes)})" for codes in (firsts, others or firsts))
        condition = f"AND({first}>0,{other}>0)" if others else f"{first}>1"
        codes = list(dict.fromkeys((*firsts, *others)))
        named = "&".join(f'IF({place[code]}=1,"{code} ","")' for code in codes)
        listed = f'SUBSTITUTE(TRIM({named})," ",", ")'
        named_in = ", ".join(codes[:_MOST_NAMED]) + (" …" if len(codes) > _MOST_NAMED else "")
        what = f"The same {group.same} once ({named_in})"
        choices = (AnswerChoice.DIFFERENT,) if _may_count_twice(group, codes, form.edition) else _BOTH
        yield Asked(group.code, what, condition, listed, words.clash_said(group), {"codes": listed}, choices)


_BOTH = (AnswerChoice.DIFFERENT, AnswerChoice.SAME)


def _may_count_twice(group: ExclusionGroup, codes: list[str], edition: MenuEdition) -> bool:
    """Whether the same under two of these would count twice, so that it is no answer that they are the same."""
    places = {code: edition.places[code].measure for code in codes}
    return any(
        all(places[code].is_valued for code in pair) or not all(places[code].employment_outcome for code in pair)
        for pair in group.pairs(codes)
    )


def asked_repeats(form: OfferBook) -> Iterator[Asked]:
    """For each measure that counts once, whether it is offered in more than one year or row."""
    template, last = form.template, len(form.contract.years) - 1
    spare = template.spare.start, template.spare.stop - 1
    for measure in template.listed:
        own = [number for number, row in enumerate(template.rows, template.first_row) if row.measure == measure]
        if measure.counts is Counts.EACH_YEAR or not own:
            continue
        cells = f"{COMMITMENTS}!{_cells(form, Role.COUNTED, own[0], own[-1], last)}"
        count = f'COUNTIF({cells},">0")'
        codes = f"{COMMITMENTS}!{template.column_range(Role.CODE, rows=spare)}"
        counted = f"{COMMITMENTS}!{_cells(form, Role.COUNTED, *spare, last)}"
        count += f'+SUMPRODUCT(({codes}="{measure.code}")*ISNUMBER({counted})*({counted}>0))'
        where = f'{count}&" years or rows"'
        said = words.repeated(measure).filled(where="{where}", remedy=words.ONCE_EACH)
        what = f"{measure.full_name}, in more than one year or row"
        yield Asked(measure.code, what, f"({count})>1", f'IF(({count})>1,{where},"")', said, {"where": where})


def _cells(form: OfferBook, role: Role, first: int, last: int, year: int) -> str:
    template = form.template
    return f"{template.cell(role, first, 0)}:{template.cell(role, last, year)}"


def asked_in(form: OfferBook) -> tuple[Asked, ...]:
    """All that can be declared, in the order of the rows."""
    return (*asked_groups(form, Clash.DECLARE), *asked_repeats(form))


def to_do_cell(form: OfferBook, code: str) -> str:
    """The cell that says what is left to declare of a group or a measure, wherever a formula asks for it."""
    number = [each.code for each in asked_in(form)].index(code) + TABLE_HEAD_ROW + 2
    return f"{DECLARATIONS}!${column_letter(TO_DECLARE)}${number}"


def write_declarations(book: Any, formats: Formats, form: OfferBook, *, is_example: bool) -> None:
    """A row for each thing that may count twice, with what is declared of it; nothing where there is none."""
    rows = asked_in(form)
    if not rows:
        return
    sheet = start_sheet(book, formats, DECLARATIONS, _WIDTHS, form, is_example=is_example)
    heading(sheet, formats, "Declare what is not the same")
    for column, title in enumerate(DECLARATION_HEADS):
        is_input = column in {DECLARED, DECLARED + 1}
        looks = head_looks(formats, is_input=is_input, is_text=True, is_indented=False)
        write_text(sheet, TABLE_HEAD_ROW, column, title, looks)
    sheet.set_row(TABLE_HEAD_ROW, 34)
    given = {} if form.offer is None else _given(form, form.offer)
    wrap = formats.get(text_wrap=True, **_LINE)
    looks = input_format(formats, align="left", text_wrap=True, num_format="@")
    for row, asked in enumerate(rows, start=TABLE_HEAD_ROW + 1):
        answer = given.get(asked.code)
        write_text(sheet, row, 0, asked.code, formats.get(bold=True, **_LINE))
        write_text(sheet, row, 1, asked.what, wrap)
        sheet.write_formula(row, 2, f"={asked.offered}", wrap, "")
        said = words.DECLARED[answer.choice] if answer is not None and answer.choice in words.DECLARED else ""
        write_text(sheet, row, DECLARED, said, looks)
        write_text(sheet, row, DECLARED + 1, answer.text if answer is not None else "", looks)
        options = [words.DECLARED[choice] for choice in asked.choices]
        sheet.data_validation(row, DECLARED, row, DECLARED, choice_rule(options, "Declaration", words.HOW_YOU_KNOW))
        left = formats.get(text_wrap=True, indent=1, font_color=WARNING, **_LINE)
        sheet.write_formula(row, TO_DECLARE, f"={_left(asked, row + 1)}", left, "")
        sheet.set_row(row, max(48, row_height([(asked.what, _WIDTHS[1]), (answer.text if answer else "", 60)])))
        book.define_name(f"Declared_{row - TABLE_HEAD_ROW}", f"={DECLARATIONS}!${column_letter(DECLARED)}${row + 1}")
    sheet.freeze_panes(TABLE_HEAD_ROW + 1, 1)
    set_up_page(sheet, TABLE_HEAD_ROW, footer=form.footer)


def _left(asked: Asked, number: int) -> str:
    """What is left to declare in a row, as a formula."""
    choice, reason = (f"${column_letter(column)}${number}" for column in (DECLARED, DECLARED + 1))
    options = ",".join(f"TRIM({choice})={literal(words.DECLARED[each])}" for each in asked.choices)
    short = as_text(words.REASON_SHORT)
    is_open = (f"NOT(OR({options}))", asked.to_do)
    return f'IF({asked.condition},TRIM({either(is_open, (f"LEN(TRIM({reason}))<{LEAST_REASON}", short))}),"")'


# What is declared, as answers


def _problems(form: OfferBook, offer: TenderOffer) -> tuple[Problem, ...]:
    """What is asked about an offer that can be declared, with the answers that it has."""
    valuation = value_contract(form.contract, form.edition, offer.commitments)
    found = [*clash_problems(valuation), *repeat_problems(valuation)]
    asked = [each for each in found if each.code == CLASH_CODE or each.code in REPEATS]
    return answered(asked, valuation, offer.answers)


def _code_of(form: OfferBook, problem: Problem) -> str:
    """The group or the measure that a question is about."""
    group = clashing_group(form.edition, problem)
    return problem.where.measure if group is None else group.code


def _given(form: OfferBook, offer: TenderOffer) -> dict[str, Answer]:
    """What the answers of an offer declare of each group and measure of which nothing is open."""
    found: dict[str, Answer] = {}
    still_open = set()
    for problem in _problems(form, offer):
        code = _code_of(form, problem)
        if problem.answer is None:
            still_open.add(code)
        else:
            found.setdefault(code, problem.answer)
    return {code: answer for code, answer in found.items() if code not in still_open}


def with_declared(form: OfferBook, offer: TenderOffer, declared: Mapping[str, Answer]) -> TenderOffer:
    """The offer with what its workbook declares, as answers to what is asked of it; those that say the same stay.

    The sheet on which the bidder declares is alone in what it asks: an answer that came with the workbook holds no
    longer than it says the same, and goes where the bidder took the declaration out.

    `declared` are the choice and the reason of each group and measure, by its code.
    """
    by = offer.bidder.contact_name or offer.bidder.name
    kept = _given(form, offer)
    asked_there = {asked.code for asked in asked_in(form)} | declared.keys()
    stand = {code for code, answer in kept.items() if _is_same(answer, declared.get(code))}
    gone: set[str] = set()
    for problem in _problems(form, offer):
        if _code_of(form, problem) in asked_there - stand:
            gone |= told_of(form.edition, problem, offer.answers)
    bare = replace(offer, answers={key: answer for key, answer in offer.answers.items() if key not in gone})
    new = {
        problem.key: replace(said, answered_by=by, asked=problem.asked)
        for problem in _problems(form, bare)
        if (code := _code_of(form, problem)) not in stand and (said := declared.get(code)) is not None
    }
    return replace(bare, answers={**bare.answers, **new})


def _is_same(answer: Answer, said: Answer | None) -> bool:
    return said is not None and (answer.choice, answer.text.strip()) == (said.choice, said.text)
