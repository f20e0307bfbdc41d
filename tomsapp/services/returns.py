"""Returns that came back: what each says, held against what the database has, as was, returned and now."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from tomsapp.domain.problems import Problem, Severity, has_errors

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from tomsapp.domain.commitment import Commitment
    from tomsapp.domain.delivery.delivery import Delivery
    from tomsapp.domain.delivery.people import DeliveryPerson
    from tomsapp.domain.delivery.quarters import ContractQuarter
    from tomsapp.domain.errors import TomsError
    from tomsapp.domain.history import Stored
    from tomsapp.domain.menu import Measure
    from tomsapp.exchange.return_file import ReturnFile, ReturnRow
    from tomsapp.reading.receipt import Receipt
    from tomsapp.services.delivery import OpenDelivery


class LineChange(Enum):
    """What a return does to a line; the value is how people read it."""

    NEW = "New"
    CHANGED = "Changed"
    SAME = "As it was"
    BLANK = "Nothing filled in"
    DECIDED = "Decided, stays"
    WRONG = "To put right"

    @property
    def is_saved(self) -> bool:
        """Whether something is saved."""
        return self in {LineChange.NEW, LineChange.CHANGED}


PersonChange = tuple["Stored[DeliveryPerson] | None", "DeliveryPerson"]
"""A person number as it was, None where it was not there, and as it was returned."""


@dataclass(frozen=True, slots=True)
class ReturnedLine:
    """A line of a return beside what the database has of it.

    Attributes:
        row: what was filled in; None where its row is not in the file.
        planned: what is due in the quarter by the plan in force.
        was: what was returned for the quarter before; None where nothing was.
        returned: what the file says; None where nothing is filled in, or it cannot be read.
        now: what there is once it is taken over.
        people: the person numbers that come with it or change.
        references: where further evidence is kept, one each.
    """

    line: Stored[Commitment]
    measure: Measure
    called: str
    change: LineChange
    planned: Decimal
    row: ReturnRow | None = None
    was: Stored[Delivery] | None = None
    returned: Delivery | None = None
    now: Delivery | None = None
    people: tuple[PersonChange, ...] = ()
    references: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def is_saved(self) -> bool:
        """Whether something of it is saved when the return is taken over."""
        return self.change.is_saved or bool(self.people) or bool(self.references)


class ReturnState(Enum):
    """How a return stands; the value is how people read it."""

    READY = "Ready"
    ASKED = "Ready, with questions"
    NOTHING_NEW = "Nothing new"
    TWICE = "Twice"
    WRONG = "Has errors"
    UNREADABLE = "Cannot be read"

    @property
    def counted(self) -> str:
        """How so many returns stand, after their number: "7 with errors"."""
        return {
            ReturnState.READY: "ready",
            ReturnState.ASKED: "ready with questions",
            ReturnState.NOTHING_NEW: "with nothing new",
            ReturnState.TWICE: "that came twice",
            ReturnState.WRONG: "with errors",
            ReturnState.UNREADABLE: "that cannot be read",
        }[self]

    @property
    def can_be_taken(self) -> bool:
        """Whether the return can be taken over."""
        return self in {ReturnState.READY, ReturnState.ASKED}

    @property
    def is_trouble(self) -> bool:
        """Whether somebody has to do something before anything of it is taken over."""
        return self in {ReturnState.TWICE, ReturnState.WRONG, ReturnState.UNREADABLE}


@dataclass(frozen=True, slots=True)
class FoundReturn:
    """A file that was read, before it is held against the database.

    Attributes:
        read: what it says, or why it cannot be read.
        same_as: the name of another file with the very same bytes, which is read in its place.
    """

    path: Path
    name: str
    receipt: Receipt | None
    read: ReturnFile | TomsError
    same_as: str = ""


@dataclass(frozen=True, slots=True)
class ReadReturn:
    """A return beside what the database has.

    Attributes:
        opened: the contract as it was when it was looked at; None where there is none.
        quarter: that is returned; None where the contract has it not.
        problems: what is wrong with the file as a whole; those of a line stand with it.
        rival: the name of another file with a return of the same quarter.
    """

    found: FoundReturn
    opened: OpenDelivery | None = None
    quarter: ContractQuarter | None = None
    lines: tuple[ReturnedLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    rival: str = ""

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.found.name

    @property
    def reference(self) -> str:
        """The contract that it is of: as it is called here, else as the file says; empty where it cannot be read."""
        if self.opened is not None:
            return self.opened.contract.reference
        stamp = getattr(self.found.read, "stamp", None)
        return "" if stamp is None else str(stamp.contract)

    @property
    def quarter_words(self) -> str:
        """Which quarter it is of."""
        if self.quarter is not None:
            return self.quarter.label
        stamp = getattr(self.found.read, "stamp", None)
        return "" if stamp is None else str(stamp.quarter.words)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Everything that is said of the file and of its lines, errors first."""
        found = [*self.problems, *(problem for line in self.lines for problem in line.problems)]
        order = list(Severity)
        return tuple(sorted(found, key=lambda problem: order.index(problem.severity)))

    @property
    def state(self) -> ReturnState:
        """How it stands."""
        if self.opened is None and not self.found.same_as:
            return ReturnState.UNREADABLE if self.reference == "" else ReturnState.WRONG
        if self.found.same_as or self.rival:
            return ReturnState.TWICE
        if has_errors(self.all_problems):
            return ReturnState.WRONG
        if not any(line.is_saved for line in self.lines):
            return ReturnState.NOTHING_NEW
        is_asked = any(problem.severity is Severity.WARNING for problem in self.all_problems)
        return ReturnState.ASKED if is_asked else ReturnState.READY

    @property
    def is_to_look_at(self) -> bool:
        """Whether it has errors or questions, or came twice; what is only noted needs no look."""
        return self.state.is_trouble or any(each.severity is not Severity.NOTE for each in self.all_problems)

    @property
    def is_left_over(self) -> bool:
        """Whether something is still to be done once all that could be is taken over; not of the same file again."""
        return self.state.is_trouble and not self.found.same_as

    @property
    def saved_lines(self) -> tuple[ReturnedLine, ...]:
        """The lines of which something is saved when it is taken over."""
        return tuple(line for line in self.lines if line.is_saved)


def chosen_of_rivals(returns: Sequence[ReadReturn], chosen: ReadReturn) -> tuple[ReadReturn, ...]:
    """The returns with one that was chosen among several of the same quarter, which can be taken then."""
    return tuple(replace(each, rival="") if each is chosen else each for each in returns)


def counts_of(returns: Sequence[ReadReturn]) -> Mapping[ReturnState, int]:
    """How many returns are in each state that occurs, in the order of the states."""
    states = [each.state for each in returns]
    return {state: states.count(state) for state in ReturnState if state in states}
