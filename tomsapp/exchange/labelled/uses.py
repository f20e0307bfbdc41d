"""What a column of somebody's offer can hold, and the headings by which it is recognised."""

import re
from collections.abc import Sequence

from tomsapp.domain.contract_dates import MOST_YEARS, ContractYear
from tomsapp.exchange.labelled.labels import ColumnUse
from tomsapp.exchange.workbook_columns import Role
from tomsapp.exchange.year_words import YearWords, is_about_quantities, names_all_years, tidy, year_in

CODE = ColumnUse("code", "Code")
TITLE = ColumnUse("title", "Title, to check", is_compared=True)
UNIT = ColumnUse("unit", "Unit", is_compared=True)
_YEARS = frozenset(f"year-{index}" for index in range(MOST_YEARS))
ROW_YEAR = ColumnUse("row_year", "Year of the row", rules_out=_YEARS)
WHOLE = ColumnUse("whole", "Whole contract", rules_out=_YEARS | {"each", "row_quantity"})
EACH = ColumnUse("each", "Each year", rules_out=_YEARS | {WHOLE.key, "row_quantity"})
ROW_QUANTITY = ColumnUse("row_quantity", "Quantity in the row’s year", rules_out=_YEARS | {WHOLE.key, EACH.key})
"""Quantities of a table with a row for each year: a column or the heading of a group says which year it is."""
FOR_ALL_YEARS = frozenset({WHOLE.key, EACH.key})
"""Columns of one number for all years."""
_NO_SINGLE_YEAR = FOR_ALL_YEARS | {ROW_YEAR.key, ROW_QUANTITY.key}
SHARE = ColumnUse("share", "Share")
PLACE = ColumnUse("place", "Place")
STATEMENT = ColumnUse("statement", "Statement")
COST = ColumnUse("cost", "Cost to the supplier")
RATE = ColumnUse("rate", "Promise per pound")
RATE_PER = ColumnUse("rate_per", "For every, in pounds")
VALUE = ColumnUse("value", "Their value", is_compared=True)
UNIT_VALUE = ColumnUse("unit_value", "Their unit value", is_compared=True)
REAL_POUNDS = ColumnUse("real_pounds", "Their real pounds", is_compared=True)
OUTCOMES = ColumnUse("outcomes", "Their employment outcomes", is_compared=True)

_COMPARED = frozenset(use.key for use in (TITLE, UNIT, VALUE, UNIT_VALUE, REAL_POUNDS, OUTCOMES))

READ_ROLES = {
    CODE.key: Role.CODE,
    SHARE.key: Role.SHARE,
    PLACE.key: Role.WARD,
    STATEMENT.key: Role.STATEMENT,
    COST.key: Role.COST,
    RATE.key: Role.RATE,
    RATE_PER.key: Role.RATE_PER,
}
STATED_ROLES = {
    VALUE.key: Role.LINE_VALUE,
    UNIT_VALUE.key: Role.UNIT_VALUE,
    REAL_POUNDS.key: Role.REAL_POUNDS,
    OUTCOMES.key: Role.OUTCOMES,
}
STATED_YEAR_ROLES = {"value": Role.VALUE, "unit_value": Role.UNIT_VALUE}

_WORDS: tuple[tuple[ColumnUse, str], ...] = (
    (RATE, r"promise per(?: of spend| pound of spend)?|rate"),
    (RATE_PER, r"for every(?: pounds)?|per of spend"),
    (COST, r"(?:estimated |delivery )?cost(?: to (?:you|us|supplier|the supplier|deliver|bidder))?(?: of delivery)?"),
    (REAL_POUNDS, r"real pounds|fiscal(?: value)?"),
    (OUTCOMES, r"employment outcomes?"),
    (
        SHARE,
        (
            r"(?:contract |percentage )?share(?: of (?:this )?contract)?|(?:percentage |per cent )?(?:for|of) (?:lc"
            r"|contract|this contract)|attribut(?:ion|able|able to (?:the|this) contract)"
            r"|proportion(?: for (?:the|this) contract)?|(?:percentage |per cent )?(?:this|the) contract(?: only)?"
        ),
    ),
    (PLACE, r"(?:delivery )?(?:wards?|places?|areas?|locations?|neighbourhoods?)(?: or area| of delivery)?|where"),
    (
        STATEMENT,
        (
            r"how\b.*|(?:method|supporting|delivery|evidence)? ?statements?|method(?:ology)?|delivery plan|approach"
            r"|narrative|description of (?:the )?(?:commitment|offer)|(?:bidder|supplier|tenderer) comments?"
            r"|(?:(?:bidder|supplier|tenderer) )?response|supporting information"
            r"|evidence (?:and |or )?(?:method|approach)"
        ),
    ),
    (
        TITLE,
        (
            r"(?:toms? |social value )?(?:measure|title|description|indicator|commitment|activity|initiative|name)"
            r"(?: title| name| description)?"
        ),
    ),
    (UNIT, r"units?(?: of (?:measure(?:ment)?))?|for each|uom|measurement|measured in"),
)
_WORDS_OF = tuple((use, re.compile(words)) for use, words in _WORDS)
_POUNDS = tuple((use, words) for use, words in _WORDS_OF if use in {RATE, RATE_PER, COST, REAL_POUNDS})
"""Uses whose headings may have a sign of pounds, and mean no value."""
_UNIT_VALUE = re.compile(
    r"(?:(?:(?:national|financial|unit|local|toms?|gross) )*prox(?:y|ies)|unit value|value per unit|unit price)"
    r"(?: values?)?(?: per unit)?"
)
_VALUE = re.compile(
    r"\b(?:(?:total|gross|net|estimated|overall|calculated) )?(?:social and local economic value|social value|tom value"
    r"|value|sv|worth|slev)\b"
)
_ALL = re.compile(
    r"(?:\b(?:total|overall|whole|over|term|life|lifetime|length|duration|period|years|contract|all)\b ?)+"
)
_EACH = re.compile(r"\b(?:(?:per|each|every|a|by) (?:year|annum|yr)|annual(?:ly)?|yearly|p ?a)\b")
_OFFERED = re.compile(
    r"\b(?:offer|offered|promised?|commit(?:ted|ment)?|propos(?:ed|al)|pledged?|your|bidder|supplier)\b"
)
_ASKED = re.compile(r"\b(?:targets?|minimum|required|no|number|total)\b")
_CODE_WORDS = re.compile(
    r"(?:measure |tom |toms )?(?:code|ref|reference|id|no|number)(?: no| number)?|measure(?: reference)?|toms?"
)


def uses_for(years: Sequence[ContractYear]) -> tuple[ColumnUse, ...]:
    """What a column can hold in an offer for a contract of these years, in the order of a menu."""
    quantities = (year_use(year.index) for year in years)
    return (
        CODE,
        TITLE,
        UNIT,
        *quantities,
        EACH,
        WHOLE,
        ROW_YEAR,
        ROW_QUANTITY,
        SHARE,
        PLACE,
        STATEMENT,
        COST,
        RATE,
        RATE_PER,
        VALUE,
        UNIT_VALUE,
        REAL_POUNDS,
        OUTCOMES,
        *(_stated_year(VALUE, year.index) for year in years),
        *(_stated_year(UNIT_VALUE, year.index) for year in years),
    )


def year_use(index: int) -> ColumnUse:
    """Quantities of a contract year (0 is the first)."""
    return ColumnUse(f"year-{index}", f"Year {index + 1}", rules_out=_NO_SINGLE_YEAR)


def year_of(key: str) -> int | None:
    """The contract year of a column of quantities; None of another one."""
    return int(key.removeprefix("year-")) if key.startswith("year-") else None


def is_quantity(key: str) -> bool:
    """Whether a column of this use holds quantities: of a year, of each, of the row's own, or of the whole contract."""
    return year_of(key) is not None or key in FOR_ALL_YEARS or key == ROW_QUANTITY.key


def is_compared(key: str) -> bool:
    """Whether the cells of a column of this use are only held against those of the program, also of a year."""
    return key.partition("-")[0] in _COMPARED


def _stated_year(use: ColumnUse, index: int) -> ColumnUse:
    return ColumnUse(f"{use.key}-{index}", f"{use.label}, year {index + 1}", is_compared=True)


def rank_of(headings: Sequence[str]) -> int:
    """Which of several columns of quantities is meant: what is offered before what is asked, and before a number."""
    text = tidy(" ".join(headings))
    return 0 if _OFFERED.search(text) else 2 if _ASKED.search(text) else 1


def is_code_heading(text: str) -> bool:
    """Whether a heading may stand over codes."""
    return _CODE_WORDS.fullmatch(tidy(text)) is not None


def use_of(heading: str, years: Sequence[ContractYear]) -> str:
    """The key of the use that a heading names; empty where it names none, or a year that is not the contract's."""
    text = tidy(heading)
    early = _named(text, _POUNDS)
    if early:
        return early
    found = _UNIT_VALUE.match(text)
    if found:
        return _of_year(UNIT_VALUE.key, text[found.end() :], years)
    value = _VALUE.search(text)
    if value or "£" in heading:
        rest = " ".join((text[: value.start()] + text[value.end() :]).split()) if value else text
        return _of_year(VALUE.key, rest, years)
    year = year_in(text, years)
    if year is not None:
        return year_use(year.year).key if year.year is not None and _is_of(year, years) else ""
    return _of_all_years(text, years)


def _of_all_years(text: str, years: Sequence[ContractYear]) -> str:
    """The use that a heading without a year names: one number for each year or for all of them, or another fact."""
    if names_all_years(text, years):
        return WHOLE.key
    rest = " ".join(_EACH.sub(" ", text).split())
    if rest != text and (not rest or is_about_quantities(rest)):
        return EACH.key
    plain = _ALL.sub("", text).strip()
    is_whole = text and (not plain or is_about_quantities(plain))
    return _named(text, _WORDS_OF) or (WHOLE.key if is_whole else "")


def _named(text: str, words_of: Sequence[tuple[ColumnUse, re.Pattern[str]]]) -> str:
    return next((use.key for use, words in words_of if words.fullmatch(text)), "")


def _of_year(key: str, rest: str, years: Sequence[ContractYear]) -> str:
    """The use of a figure that the table states, of the year that the rest of its heading names, if it names one."""
    plain = _ALL.sub("", rest).strip()
    if not plain or is_about_quantities(plain):
        return key
    year = year_in(rest.strip(), years)
    return f"{key}-{year.year}" if year is not None and _is_of(year, years) else ""


def _is_of(words: YearWords, years: Sequence[ContractYear]) -> bool:
    """Whether a year is one of the contract's; a single financial year is looked at with its neighbours."""
    return words.year is not None and (words.year < len(years) or words.is_fiscal)


def is_year_outside(heading: str, years: Sequence[ContractYear]) -> bool:
    """Whether a heading names a year that the contract has not."""
    words = year_in(tidy(heading), years)
    return words is not None and not _is_of(words, years)
