"""The figures of a portfolio as JSON, every one that its PDF prints, read back strictly; and its contracts as CSV."""

import re
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import lru_cache, partial
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from tomsapp.domain.caveats import NO_CAVEATS, Caveats
from tomsapp.domain.facts import Fact
from tomsapp.domain.jobs import JobCaveats, JobTerm
from tomsapp.domain.money import round_down
from tomsapp.domain.portfolio import (
    PORTFOLIO_FACTS,
    EditionPart,
    GroupTotals,
    PolicyCount,
    PortfolioFigures,
    PortfolioRow,
)
from tomsapp.domain.portfolio_contract import ContractFigures, RuleOutcome
from tomsapp.domain.wording import format_pounds
from tomsapp.exchange.numbers import plain_number
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.tables import Cell, ColumnKind, Table, TableColumn, write_csv
from tomsapp.reading.text_formats import read_json

PORTFOLIO_FORMAT = "tomsapp-portfolio-1"
MOST_PORTFOLIO_BYTES = 64_000_000

_ADDED: dict[type, dict[str, object]] = {
    ContractFigures: {
        "jobs_today": None,
        "menu_today": "",
        "facts": [],
        "sealed_value": None,
        "value_today": None,
        "caveats": None,
        "sealed_today": None,
        "job_caveats": None,
    },
    Caveats: {
        "days_unrecorded": None,
        "evidence_unrecorded": None,
        "taken_off": None,
        "regraded": None,
        "confidence_today": None,
        "ended_when_signed": None,
    },
    PortfolioRow: {"jobs": None, "editions": [], "value_today": None},
    EditionPart: {"value_today": None},
    JobTerm: {"is_possible": True},
    RuleOutcome: {"needed": "0", "short_without_forecast": "0"},
    PolicyCount: {"only_with_forecast": 0},
    GroupTotals: {
        "outcomes_left_out": None,
        "value_today": None,
        "outcomes_today": None,
        "not_admitted": None,
        "themes": [],
        "plain_counts": [],
        "job_caveats": None,
    },
    PortfolioFigures: {
        "outcomes_left_out": None,
        "value_today": None,
        "outcomes_today": None,
        "asked": "",
        "job_caveats": None,
        "rules_origin": "",
    },
}

_DECIMAL = re.compile(r"-?[0-9]{1,30}(\.[0-9]{1,12})?")
_FRACTION = re.compile(r"-?[0-9]{1,60}(/0*[1-9][0-9]{0,59})?")
_MOST_WHOLE = 10**18


def write_portfolio(figures: PortfolioFigures) -> bytes:
    """The figures as JSON in UTF-8, the same bytes for the same figures: money and other exact numbers as text."""
    return to_json({"format": PORTFOLIO_FORMAT, **_written(figures)})


def _written(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple):
        return [_written(part) for part in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {name: _written(getattr(value, name)) for name in _names(type(value))}
    return value


@lru_cache(maxsize=64)
def _names(kind: Any) -> tuple[str, ...]:
    """The names of the fields of a record, in their order."""
    return tuple(field.name for field in fields(kind))


def read_portfolio(data: bytes, file: str = "") -> PortfolioFigures:
    """The figures in a JSON file, for `tomsapp verify`.

    Raises:
        OfferUnreadable: it is not strict JSON, or not the figures of a portfolio as this program writes them.
    """
    values = usable(read_json(data, file, MOST_PORTFOLIO_BYTES))
    name = file or "The file"
    if values.pop("format", None) != PORTFOLIO_FORMAT:
        message = f"{name} is not a portfolio of this program ({PORTFOLIO_FORMAT})"
        raise OfferUnreadable(message, "Use the JSON file that is attached to a portfolio PDF")
    try:
        figures: PortfolioFigures = _reader(PortfolioFigures)(values, "")
    except _WrongValue as error:
        message = f"{name} has something else than expected at {error}"
        raise OfferUnreadable(message, "Use the file as it was attached to the portfolio PDF") from error
    return figures


class _WrongValue(Exception):
    """A value of another kind than the figures have; its text is the place."""


@lru_cache(maxsize=64)
def _reader(kind: Any) -> Callable[[object, str], Any]:
    """What reads a value of a kind, or raises `_WrongValue`."""
    if isinstance(kind, UnionType):
        (wanted,) = [each for each in get_args(kind) if each is not NoneType]
        return partial(_read_optional, wanted)
    if get_origin(kind) is tuple:
        return partial(_read_tuple, get_args(kind))
    if is_dataclass(kind):
        return partial(_read_record, kind)
    if issubclass(kind, Enum):
        return partial(_read_enum, kind)
    plain: dict[Any, Callable[[object, str], Any]] = {
        str: _read_text,
        bool: _read_truth,
        int: _read_whole,
        Decimal: partial(_read_number, _DECIMAL, Decimal),
        Fraction: partial(_read_number, _FRACTION, Fraction),
    }
    return plain[kind]


def _read_optional(kind: Any, value: object, place: str) -> Any:
    return None if value is None else _reader(kind)(value, place)


def _read_tuple(kinds: tuple[Any, ...], value: object, place: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise _WrongValue(place)
    each = [kinds[0]] * len(value) if kinds[-1] is Ellipsis else list(kinds)
    if len(each) != len(value):
        raise _WrongValue(place)
    members = zip(each, value, strict=True)
    return tuple(_reader(kind)(part, f"{place}[{number}]") for number, (kind, part) in enumerate(members, start=1))


def _read_record(kind: Any, value: object, place: str) -> Any:
    # What an earlier version of the program did not write yet is empty in its files.
    value = {**_ADDED.get(kind, {}), **value} if isinstance(value, dict) else value
    names = [field.name for field in fields(kind)]
    if not isinstance(value, dict) or set(value) != set(names):
        raise _WrongValue(place or "its first object")
    kinds = get_type_hints(kind)
    return kind(**{name: _reader(kinds[name])(value[name], f"{place}.{name}".lstrip(".")) for name in names})


def _read_enum(kind: Any, value: object, place: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        raise _WrongValue(place) from error


def _read_text(value: object, place: str) -> str:
    if not isinstance(value, str):
        raise _WrongValue(place)
    return value


def _read_truth(value: object, place: str) -> bool:
    if not isinstance(value, bool):
        raise _WrongValue(place)
    return value


def _read_whole(value: object, place: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) >= _MOST_WHOLE:
        raise _WrongValue(place)
    return value


def _read_number(shape: re.Pattern[str], kind: Callable[[str], Any], value: object, place: str) -> Any:
    if not isinstance(value, str) or not shape.fullmatch(value):
        raise _WrongValue(place)
    return kind(value)


_WHICH = (
    TableColumn("Contract"),
    TableColumn("Title"),
    TableColumn("Supplier"),
    TableColumn("Status"),
    TableColumn("Menu"),
)
_FIGURES = (
    TableColumn("Contract value", ColumnKind.POUNDS),
    TableColumn("Social value", ColumnKind.POUNDS),
    TableColumn("Claimed, lines with errors included", ColumnKind.POUNDS),
    TableColumn("Share of contract value, cut", ColumnKind.PERCENT),
    TableColumn("Real pounds", ColumnKind.POUNDS),
    TableColumn("Jobs"),
    TableColumn("Jobs as a sum"),
    TableColumn("Jobs today, where its menu is withdrawn"),
    TableColumn("Jobs today as a sum"),
    TableColumn("Minimum"),
    TableColumn("Jobs asked"),
    TableColumn("Errors", ColumnKind.WHOLE),
    TableColumn("Warnings", ColumnKind.WHOLE),
)


_SEALED = TableColumn("Social value as sealed, whole contract", ColumnKind.POUNDS)
_SEALED_TODAY = (
    TableColumn("The same today, where something differs", ColumnKind.POUNDS),
    TableColumn("What differs since it was sealed"),
)
_TOLD = (
    TableColumn("Social value today, where its menu is withdrawn", ColumnKind.POUNDS),
    TableColumn("Jobs if all are different people"),
    TableColumn("Jobs asked for"),
    TableColumn("Can be admitted"),
    TableColumn("Counted past the dates of its values", ColumnKind.POUNDS),
    TableColumn("In years shown only after the end", ColumnKind.POUNDS),
    TableColumn("In years shown in part only after the end", ColumnKind.POUNDS),
    TableColumn("Low", ColumnKind.POUNDS),
    TableColumn("High", ColumnKind.POUNDS),
    TableColumn("Without a low and high", ColumnKind.POUNDS),
    TableColumn("Confidence"),
)
"""What earlier portfolios did not tell of a contract."""
_JOB_CAVEATS = (
    TableColumn("Jobs that rest on a forecast of spend"),
    TableColumn("Jobs of years that had ended when it was signed"),
)
"""What was told later still."""


def contracts_csv(figures: PortfolioFigures) -> bytes:
    """The contracts of a portfolio as CSV (UTF-8 with a byte order mark), a row for each."""
    return write_csv(contracts_table(figures))


def contracts_table(figures: PortfolioFigures) -> Table:
    """A row for each contract, agreed ones first; shares and jobs are cut, never rounded up."""
    # The file beside an earlier portfolio is made from its figures again to verify it, and has no such columns.
    told = {name for contract in figures.contract_rows for name, _words in contract.facts}
    facts = [fact for fact in PORTFOLIO_FACTS if fact.name in told]
    columns = (*_WHICH, *(TableColumn(fact.label) for fact in facts), *_FIGURES)
    rows = [_contract_cells(contract, facts, is_part=figures.is_part) for contract in figures.contract_rows]
    if any(contract.sealed_value is not None for contract in figures.contract_rows):
        columns = (*columns, _SEALED)
        rows = [(*row, each.sealed_value) for row, each in zip(rows, figures.contract_rows, strict=True)]
    if any(contract.sealed_today is not None for contract in figures.contract_rows):
        columns = (*columns, *_SEALED_TODAY)
        rows = [(*row, *_sealed_cells(each)) for row, each in zip(rows, figures.contract_rows, strict=True)]
    if figures.outcomes_left_out is not None:
        columns = (*columns, *_TOLD)
        rows = [(*row, *_told_cells(each)) for row, each in zip(rows, figures.contract_rows, strict=True)]
    if figures.job_caveats is not None:
        columns = (*columns, *_JOB_CAVEATS)
        rows = [(*row, *_job_cells(each)) for row, each in zip(rows, figures.contract_rows, strict=True)]
    return Table("By contract", columns, rows)


def _sealed_cells(contract: ContractFigures) -> tuple[Cell, ...]:
    since = contract.sealed_today
    return (since.today, ". ".join(since.reasons)) if since else (None, None)


def _told_cells(contract: ContractFigures) -> tuple[Cell, ...]:
    caveats = contract.caveats or NO_CAVEATS
    asked = contract.employment.needed if contract.employment else Fraction(0)
    return (
        contract.value_today,
        jobs_text(contract.jobs.total + contract.jobs.left_out) if contract.jobs.left_out else None,
        jobs_text(asked) if asked else None,
        "yes" if contract.is_admissible else "no",
        caveats.past_dates,
        caveats.before_evidence,
        caveats.before_evidence_in_part,
        caveats.low,
        caveats.high,
        caveats.without_span,
        "; ".join(f"{level or 'not said'} {format_pounds(amount)}" for level, amount in caveats.confidence) or None,
    )


def _job_cells(contract: ContractFigures) -> tuple[Cell, ...]:
    caveats = contract.job_caveats or JobCaveats()
    return jobs_text(caveats.on_forecast), jobs_text(caveats.ended_when_signed)


def jobs_text(outcomes: Fraction) -> str:
    """Employment outcomes as plain digits, cut after four decimals."""
    return plain_number(round_down(max(outcomes, Fraction(0)), 4))


def _contract_cells(contract: ContractFigures, facts: Sequence[Fact], *, is_part: bool) -> tuple[Cell, ...]:
    return (
        contract.reference,
        contract.title,
        contract.supplier,
        contract.status.value,
        contract.menu,
        *(dict(contract.facts).get(fact.name, "") for fact in facts),
        contract.contract_value,
        contract.social_value,
        contract.claimed_value,
        None if is_part else round_down(max(contract.share_of_contract_value, Fraction(0)), 6),
        contract.real_pounds,
        jobs_text(contract.jobs.total),
        contract.jobs.text,
        jobs_text(contract.jobs_today.total) if contract.jobs_today else None,
        contract.jobs_today.text if contract.jobs_today else None,
        contract.minimum.word if contract.minimum else None,
        contract.employment.word if contract.employment else None,
        contract.errors,
        contract.warnings,
    )
