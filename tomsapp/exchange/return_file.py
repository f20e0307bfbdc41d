"""A quarterly return as it was read from its workbook: what the supplier filled in, and what is wrong with the file."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.problems import Problem
from tomsapp.exchange.line_identity import LineIdentity


@dataclass(frozen=True, slots=True)
class ReturnStamp:
    """What a return was made for and from, as its hidden sheet says.

    Attributes:
        database: the mark of the database.
        contract: the reference of the contract, and `contract_id` its number in that database.
        plan_version, variations: how many plans were accepted and variations signed when it was made.
        lines: what each line is called, by its number in the database.
    """

    database: str
    contract: str
    contract_id: int
    quarter: Quarter
    plan_version: int
    variations: int
    made_on: date
    lines: tuple[tuple[LineIdentity, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """What was filled in for one line.

    Attributes:
        number: of the row on the sheet, from 1.
        seen: the claim that was filled in when the workbook was made: "12.3"; empty where there was none.
        claimed, evidenced, new, retained, transferred: None where nothing was filled in.
        references: where the evidence is kept, one each.
        columns: the letter of the column of each field, so that what is wrong with it is told at its cell.
    """

    number: int
    identity: LineIdentity
    called: str
    seen: str = ""
    claimed: Decimal | None = None
    evidenced: Decimal | None = None
    new: Decimal | None = None
    retained: Decimal | None = None
    transferred: Decimal | None = None
    note: str = ""
    references: tuple[str, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Whether nothing was filled in."""
        numbers = (self.claimed, self.evidenced, self.new, self.retained, self.transferred)
        return not self.note and not self.references and all(number is None for number in numbers)


@dataclass(frozen=True, slots=True)
class ReturnedPerson:
    """A person number that was filled in, with its row on the sheet People and the line that it counts for."""

    number: int
    line_id: int
    person: DeliveryPerson


@dataclass(frozen=True, slots=True)
class ReturnFile:
    """A return as it was read.

    Attributes:
        sent_on: the day on which the supplier sent it; None where that is not said.
        columns: the letter of the column of each field on the sheet Return.
        problems: what is wrong with the file itself, each with its sheet, row and column.
    """

    file: str
    stamp: ReturnStamp
    sent_on: date | None = None
    rows: tuple[ReturnRow, ...] = ()
    people: tuple[ReturnedPerson, ...] = ()
    has_people: bool = False
    columns: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
