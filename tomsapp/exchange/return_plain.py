"""Returns as plain data, which the locked room hands out: what was filled in, and what is wrong with each file."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.exchange.line_identity import LineIdentity
from tomsapp.exchange.return_file import ReturnedPerson, ReturnFile, ReturnRow, ReturnStamp
from tomsapp.room.frames import WrongForm
from tomsapp.room.parts import list_in, lists_in, text_in, whole_in
from tomsapp.room.plain import plain_problems, problems_in

_AMOUNTS = ("claimed", "evidenced", "new", "retained", "transferred")


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
        database, contract, contract_id, year, quarter, plan, variations, made = list_in(plain["stamp"], 8)
        stamp = ReturnStamp(
            text_in(database),
            text_in(contract),
            whole_in(contract_id),
            Quarter(whole_in(year), whole_in(quarter)),
            whole_in(plan),
            whole_in(variations),
            date.fromisoformat(text_in(made)),
            tuple((_identity(each[:3]), text_in(each[3])) for each in lists_in(plain["lines"], 4)),
        )
        return ReturnFile(
            text_in(plain["file"]),
            stamp,
            _day(plain["sent"]),
            tuple(_row(each) for each in lists_in(plain["rows"], 13)),
            tuple(_person(each) for each in lists_in(plain["people"], 6)),
            plain["has_people"] is True,
            {text_in(name): text_in(letter) for name, letter in lists_in(plain["columns"], 2)},
            problems_in(plain["problems"]),
        )
    except (ArithmeticError, ValueError) as error:
        raise WrongForm("A part of a return is not as it should be") from error


_PARTS = {"stamp", "lines", "sent", "rows", "people", "has_people", "columns", "problems", "file"}


def _row(plain: Sequence[object]) -> ReturnRow:
    number, *identity, called, seen = plain[:6]
    amounts = {
        name: None if text == "" else Decimal(text_in(text)) for name, text in zip(_AMOUNTS, plain[6:11], strict=True)
    }
    note, references = plain[11:]
    return ReturnRow(
        whole_in(number),
        _identity(identity),
        text_in(called),
        text_in(seen),
        note=text_in(note),
        references=tuple(text_in(each) for each in list_in(references)),
        **amounts,
    )


def _person(plain: Sequence[object]) -> ReturnedPerson:
    row, line_id, number, began, ended, kind = plain
    person = DeliveryPerson(text_in(number), _day(began), _day(ended), PersonKind(text_in(kind)))
    return ReturnedPerson(whole_in(row), whole_in(line_id), person)


def _identity(plain: Sequence[object]) -> LineIdentity:
    contract_id, line_id, version = (whole_in(each) for each in plain)
    return LineIdentity(contract_id, line_id, version)


def _day(plain: object) -> date | None:
    text = text_in(plain)
    return date.fromisoformat(text) if text else None
