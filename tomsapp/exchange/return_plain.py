"""Returns as plain data, which the locked room hands out: what was filled in, and what is wrong with each file."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_file import ReturnedPerson, ReturnFile, ReturnRow, ReturnStamp
from tomsapp.room.frames import WrongForm
from tomsapp.room.plain import plain_problems, problems_in

_AMOUNTS = ("claimed", "evidenced", "new", "retained", "transferred")
_MOST_ROWS, _MOST_TEXT = 20_000, 40_000


def plain_return(read: ReturnFile) -> dict[str, object]:
    """A return as plain values, which JSON takes as they are."""
    stamp = read.stamp
    return {
        "file": read.file,
        "stamp": [
            stamp.database,
            stamp.contract,
            stamp.contract_id,
            stamp.quarter.year,
            stamp.quarter.number,
            stamp.plan_version,
            stamp.variations,
            stamp.made_on.isoformat(),
        ],
        "lines": [[*_plain_identity(identity), called] for identity, called in stamp.lines],
        "sent": _plain_day(read.sent_on),
        "rows": [_plain_row(row) for row in read.rows],
        "people": [_plain_person(person) for person in read.people],
        "has_people": read.has_people,
        "columns": [[name, letter] for name, letter in read.columns.items()],
        "problems": plain_problems(read.problems),
    }


def _plain_identity(identity: LineIdentity) -> list[object]:
    return [identity.contract_id, identity.line_id, identity.version]


def _plain_day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _plain_row(row: ReturnRow) -> list[object]:
    amounts = ["" if (amount := getattr(row, name)) is None else str(amount) for name in _AMOUNTS]
    return [row.number, *_plain_identity(row.identity), row.called, row.seen, *amounts, row.note, list(row.references)]


def _plain_person(each: ReturnedPerson) -> list[object]:
    person = each.person
    days = [_plain_day(person.began_on), _plain_day(person.ended_on)]
    return [each.number, each.line_id, person.number, *days, person.kind.value]


def return_in(plain: object) -> ReturnFile:
    """The return that `plain_return` was given.

    Raises:
        WrongForm: it was given none.
    """
    if not isinstance(plain, dict) or plain.keys() != _PARTS:
        raise WrongForm("There is no return")
    try:
        database, contract, contract_id, year, quarter, plan, variations, made = _list(plain["stamp"], 8)
        stamp = ReturnStamp(
            _text(database),
            _text(contract),
            _whole(contract_id),
            Quarter(_whole(year), _whole(quarter)),
            _whole(plan),
            _whole(variations),
            date.fromisoformat(_text(made)),
            tuple((_identity(each[:3]), _text(each[3])) for each in _lists(plain["lines"], 4)),
        )
        return ReturnFile(
            _text(plain["file"]),
            stamp,
            _day(plain["sent"]),
            tuple(_row(each) for each in _lists(plain["rows"], 13)),
            tuple(_person(each) for each in _lists(plain["people"], 6)),
            plain["has_people"] is True,
            {_text(name): _text(letter) for name, letter in _lists(plain["columns"], 2)},
            problems_in(plain["problems"]),
        )
    except (ArithmeticError, ValueError) as error:
        raise WrongForm("A part of a return is not as it should be") from error


_PARTS = {"stamp", "lines", "sent", "rows", "people", "has_people", "columns", "problems", "file"}


def _row(plain: Sequence[object]) -> ReturnRow:
    number, *identity, called, seen = plain[:6]
    amounts = {
        name: None if text == "" else Decimal(_text(text)) for name, text in zip(_AMOUNTS, plain[6:11], strict=True)
    }
    note, references = plain[11:]
    return ReturnRow(
        _whole(number),
        _identity(identity),
        _text(called),
        _text(seen),
        note=_text(note),
        references=tuple(_text(each) for each in _list(references)),
        **amounts,
    )


def _person(plain: Sequence[object]) -> ReturnedPerson:
    row, line_id, number, began, ended, kind = plain
    person = DeliveryPerson(_text(number), _day(began), _day(ended), PersonKind(_text(kind)))
    return ReturnedPerson(_whole(row), _whole(line_id), person)


def _identity(plain: Sequence[object]) -> LineIdentity:
    contract_id, line_id, version = (_whole(each) for each in plain)
    return LineIdentity(contract_id, line_id, version)


def _day(plain: object) -> date | None:
    text = _text(plain)
    return date.fromisoformat(text) if text else None


def _lists(plain: object, length: int) -> list[Sequence[object]]:
    return [_list(each, length) for each in _list(plain)]


def _list(plain: object, length: int | None = None) -> list[object]:
    if not isinstance(plain, list) or len(plain) > _MOST_ROWS or (length is not None and len(plain) != length):
        raise WrongForm("A part is no list, or of another length")
    return plain


def _text(plain: object) -> str:
    if not isinstance(plain, str) or len(plain) > _MOST_TEXT:
        raise WrongForm("A part is no text, or too long")
    return plain


def _whole(plain: object) -> int:
    if type(plain) is not int or not 0 <= plain < 10**18:
        raise WrongForm("A part is no whole number")
    return plain
