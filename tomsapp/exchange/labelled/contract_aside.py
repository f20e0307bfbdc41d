"""Rows of a register that are no contracts, or may be none, grants, orders, tenders: told, and a person chooses."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tomsapp.domain.alike import alike
from tomsapp.domain.wording import listed, plural
from tomsapp.exchange.grid import GridRow, text_or_nothing
from tomsapp.exchange.labelled.contract_code import is_order
from tomsapp.exchange.labelled.contract_read import ContractSheet
from tomsapp.exchange.labelled.contract_uses import BUYER, DESCRIPTION, ORDER, STAGE
from tomsapp.exchange.labelled.easily_missed import quoted
from tomsapp.exchange.labelled.labels import LEAVE, READ, LeftOut, LeftOutKind, Option
from tomsapp.exchange.labelled.row_sorts import is_filled

_GRANT_KIND = re.compile(r"\bgrants?\b", re.IGNORECASE)
_GRANT_TITLE = re.compile(
    r"(?:.*\b)?grants?(?: (?:to|for|towards|funding|agreement|award|aid|payment|20\d\d).*)?", re.IGNORECASE
)
"""“Arts grant”, “Grant to Open Hand”, and not “Grant administration software”."""
AWARDED = "Contract"
"""The stage of a notice that tells of a contract; any other one is of something that is none yet, or none any more."""
_MOST_ROWS = 8
_AS_REFERENCE = Option(READ.key, "Take it as the reference")


@dataclass(frozen=True, slots=True)
class _Sort:
    """A sort of rows that stand aside: how one is known, and what is said of them."""

    name: str
    is_one: Callable[[ContractSheet, GridRow], bool]
    words: Callable[[int], str]
    options: tuple[Option, Option]
    guess: Option | None


def _text(sheet: ContractSheet, row: GridRow, key: str) -> str:
    column = sheet.columns.get(key)
    return "" if column is None else text_or_nothing(row.cell(column)).strip()


def _is_grant(sheet: ContractSheet, row: GridRow) -> bool:
    if _GRANT_KIND.search(_text(sheet, row, "kind")):
        return True
    titles = (_text(sheet, row, key) for key in ("title", DESCRIPTION.key))
    return any(_GRANT_TITLE.fullmatch(title) for title in titles if "grant" in title.lower())


def _is_order(sheet: ContractSheet, row: GridRow) -> bool:
    if is_filled(row.cell(sheet.columns.get("reference"))):
        return is_order(_text(sheet, row, "reference"))
    return is_filled(row.cell(sheet.columns.get(ORDER.key)))


def _is_no_contract_yet(sheet: ContractSheet, row: GridRow) -> bool:
    stage = _text(sheet, row, STAGE.key)
    return bool(stage) and stage != AWARDED


def _grant_words(count: int) -> str:
    return "1 row is a grant, not a contract" if count == 1 else f"{count} rows are grants, not contracts"


def _order_words(count: int) -> str:
    return f"{plural(count, 'row has', 'rows have')} a purchase order number for a reference"


def _stage_words(count: int) -> str:
    return f"{plural(count, 'notice is', 'notices are')} of no contract that is in force"


_SORTS = (
    _Sort("grant", _is_grant, _grant_words, (READ, LEAVE), LEAVE),
    _Sort("order", _is_order, _order_words, (_AS_REFERENCE, LEAVE), READ),
    _Sort("stage", _is_no_contract_yet, _stage_words, (READ, LEAVE), LEAVE),
)


_OF_ANY_COUNCIL = frozenset(
    ("the", "of", "and", "council", "borough", "london", "city", "county", "district", "metropolitan", "royal")
)


def _of_others(sheet: ContractSheet) -> Iterator[_Sort]:
    """The rows of each buyer whose name has no word of its own in common with the council's."""
    ours = _own_words(sheet.council) if BUYER.key in sheet.columns else frozenset()
    texts = dict.fromkeys(_text(sheet, row, BUYER.key) for row in sheet.rows) if ours else {}
    for buyer in texts:
        if buyer and not ours & _own_words(buyer):
            yield _Sort(f"buyer:{buyer}", _is_of(buyer), _buyer_words(buyer), (READ, LEAVE), None)


def _own_words(name: str) -> frozenset[str]:
    return frozenset(alike(name).split()) - _OF_ANY_COUNCIL


def _is_of(buyer: str) -> Callable[[ContractSheet, GridRow], bool]:
    return lambda sheet, row: _text(sheet, row, BUYER.key) == buyer


def _buyer_words(buyer: str) -> Callable[[int], str]:
    return lambda count: f"{plural(count, 'row')} of another buyer: {buyer}"


def aside(sheet: ContractSheet) -> Iterator[LeftOut]:
    """What is said of each sort of rows that stand aside, with the choice about all of them."""
    kind = LeftOutKind.ASIDE
    for sort, rows in _found(sheet):
        key, title, first = _key(sort, sheet), sort.words(len(rows)), rows[0].number
        yield LeftOut(
            key,
            kind,
            title,
            _detail(sheet, rows),
            sort.options,
            sheet.name,
            first,
            guess=sort.guess.key if sort.guess else "",
        )


def _detail(sheet: ContractSheet, rows: Sequence[GridRow]) -> str:
    """Which rows they are, and what they say: "Rows 4 and 9: “Arts grant; Grant to Open Hand”"."""
    shown = rows[:_MOST_ROWS]
    numbers, more = [str(row.number) for row in shown], len(rows) - len(shown)
    where = listed([*numbers, f"{more} more"] if more else numbers)
    texts = (_text(sheet, row, STAGE.key) or _text(sheet, row, "title") for row in shown)
    return f"{'Row' if len(rows) == 1 else 'Rows'} {where}: {quoted('; '.join(filter(None, texts)))}"


def rows_aside(sheet: ContractSheet, chosen: Mapping[str, str]) -> frozenset[int]:
    """The rows that stand aside and are left out as was chosen."""
    left = [sort for sort in _sorts(sheet) if chosen.get(_key(sort, sheet), READ.key) != READ.key]
    return frozenset(row.number for row in sheet.rows if any(sort.is_one(sheet, row) for sort in left))


def _found(sheet: ContractSheet) -> Iterator[tuple[_Sort, list[GridRow]]]:
    for sort in _sorts(sheet):
        rows = [row for row in sheet.rows if sort.is_one(sheet, row)]
        if rows:
            yield sort, rows


def _sorts(sheet: ContractSheet) -> Iterator[_Sort]:
    yield from _SORTS
    yield from _of_others(sheet)


def _key(sort: _Sort, sheet: ContractSheet) -> str:
    """What the choice about a sort of rows is kept by."""
    return f"{LeftOutKind.ASIDE.value}:{sort.name}:{sheet.name}"
