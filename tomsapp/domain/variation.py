"""Variations: what is changed of a signed contract, from when on and why.

A variation is drafted beside its contract, which stays as it is until the variation is signed. It names only what
differs: facts that are None stay, and so does every line that is not among its lines. What the contract is with it is
in `varied`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tomsapp.domain.commitment import COMMITMENT, Commitment, Rate
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.domain.record_type import Part, RecordType, differences

NEW_LINE = "new-"
"""What the key of a line begins with that the variation adds; the key of any other is that of the commitment."""


class VariationState(Enum):
    """Where a variation is in its life."""

    DRAFT = "draft"
    SIGNED = "signed"

    @property
    def words(self) -> str:
        """The state as people read it."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class VariationLine:
    """A line of the contract as it is to be; `line.key` says which one.

    Attributes:
        is_ended: whether the line is ended, so that nothing is promised in the years that begin after that.
    """

    line: Commitment
    is_ended: bool = False

    @property
    def is_added(self) -> bool:
        """Whether the contract does not have it yet."""
        return self.line.key.startswith(NEW_LINE)

    @property
    def measure(self) -> str:
        """The code of its measure."""
        return self.line.measure

    @property
    def quantities(self) -> tuple[Decimal | None, ...]:
        """What it promises in each contract year."""
        return self.line.quantities

    @property
    def place(self) -> str:
        """Where it is delivered."""
        return self.line.place

    @property
    def contract_share(self) -> Decimal:
        """The share that the contract may claim."""
        return self.line.contract_share

    @property
    def statement(self) -> str:
        """How, when and with whom it is delivered."""
        return self.line.statement

    @property
    def cost(self) -> Decimal | None:
        """What keeping it costs the supplier, in pounds."""
        return self.line.cost

    @property
    def rate(self) -> Rate | None:
        """The promise per pound of spend."""
        return self.line.rate

    @property
    def project(self) -> str:
        """The community project that it serves."""
        return self.line.project


@dataclass(frozen=True, slots=True)
class Variation:
    """What is changed of a signed contract; what is None stays.

    Attributes:
        number: its place among the contract's variations; the first is 1.
        reason: why it is agreed.
        effective_on: the day from which it holds.
        new_end_on: the last day of the contract: later is an extension, earlier an early end.
        new_value, new_value_with_vat: of the whole length, in pounds, without VAT and with it.
        supplier, supplier_id: who keeps the contract from then on; None for the same.
        act_id: the number of the act that signed it.
        lines: those that are changed, ended or added.
    """

    number: int = 1
    reason: str = ""
    effective_on: date | None = None
    new_end_on: date | None = None
    new_value: Decimal | None = None
    new_value_with_vat: Decimal | None = None
    supplier: str = ""
    supplier_id: int | None = None
    state: VariationState = VariationState.DRAFT
    act_id: int | None = None
    lines: tuple[VariationLine, ...] = ()

    @property
    def name(self) -> str:
        """What it is called: "variation 1"."""
        return f"variation {self.number}"

    def line_of(self, key: str) -> VariationLine | None:
        """What it says of a line, or None."""
        return next((each for each in self.lines if each.line.key == key), None)

    def with_line(self, line: VariationLine) -> "Variation":
        """The variation with this in the place of what it said of the line, or as its last."""
        if self.line_of(line.line.key) is None:
            return replace(self, lines=(*self.lines, line))
        return replace(self, lines=tuple(line if each.line.key == line.line.key else each for each in self.lines))

    def without_line(self, key: str) -> "Variation":
        """The variation that says nothing of a line: it stays as it was, or is not added."""
        return replace(self, lines=tuple(each for each in self.lines if each.line.key != key))


# Two people at one draft


def merged(before: Variation, mine: Variation, theirs: Variation) -> tuple[Variation, tuple[str, ...]]:
    """`theirs` with what differs between `before` and `mine`, and what both changed otherwise, by its name.

    Each fact, and each line, is taken from whoever changed it. Of what both changed, `mine` is in what is given.
    """
    both: list[str] = []
    values: dict[str, Any] = {}
    facts = [*VARIATION.facts, _SUPPLIER_ID]
    for fact in differences(facts, before, mine):
        held, wanted = getattr(theirs, fact.name), getattr(mine, fact.name)
        if held not in (getattr(before, fact.name), wanted) and fact is not _SUPPLIER_ID:
            both.append(fact.label)
        values[fact.name] = wanted
    result = replace(theirs, **values)
    for key in dict.fromkeys(each.line.key for each in (*before.lines, *mine.lines)):
        was, wanted, held = before.line_of(key), mine.line_of(key), theirs.line_of(key)
        if wanted == was:
            continue
        if held not in (was, wanted):
            both.append((wanted or was or held).line.measure)  # type: ignore[union-attr]
        result = result.without_line(key) if wanted is None else result.with_line(wanted)
    return result, tuple(both)


# Records


def _quantity_caption(_row: Mapping[str, object], year: str) -> str:
    return f"Quantity {year}"


_QUANTITY = Fact("quantity", "Quantity", FactKind.QUANTITY)
_SUPPLIER_ID = Fact("supplier_id", "Supplier", FactKind.OWN)

VARIATION: RecordType[Variation] = RecordType(
    "variation",
    "variation",
    "variations",
    Variation,
    (
        Fact(
            "effective_on",
            "Takes effect on",
            FactKind.DAY,
            "The day from which it holds",
            needed="Enter a date, for example 1 October 2026",
            keeps_null=True,
            revision="0011",
        ),
        Fact(
            "new_end_on",
            "New end date",
            FactKind.DAY,
            "Later or earlier than now",
            keeps_null=True,
            revision="0011",
        ),
        Fact(
            "new_value",
            "New contract value",
            FactKind.POUNDS,
            "Without VAT, in total",
            keeps_null=True,
            revision="0011",
        ),
        Fact(
            "new_value_with_vat",
            "New value with VAT",
            FactKind.POUNDS,
            "If it is known",
            keeps_null=True,
            revision="0011",
        ),
        Fact(
            "supplier",
            "New supplier",
            FactKind.LINK,
            "Only if it is another one",
            column="new_supplier_id",
            revision="0011",
        ),
        Fact("reason", "Reason", FactKind.LONG, "What is agreed, and why", revision="0011"),
        Fact("number", "Number", FactKind.WHOLE, is_typed=False, revision="0011"),
        Fact("state", "State", FactKind.CHOICE, choices=VariationState, is_typed=False, revision="0011"),
    ),
    name_of=lambda variation: variation.name,
)
"""What the council records of a variation, apart from its lines."""

VARIATION_LINE: RecordType[VariationLine] = RecordType(
    "variation_line",
    "line of a variation",
    "lines of variations",
    VariationLine,
    (
        *(replace(fact, is_typed=False, revision="0011") for fact in COMMITMENT.facts),
        Fact("is_ended", "Ended", FactKind.YES_NO, usual=False, is_typed=False, revision="0011"),
    ),
    name_of=lambda each: each.line.measure,
    beside=COMMITMENT.beside,
    parts=(
        Part(
            "variation_line_year",
            "variation_line_id",
            Fact("quantity", "Quantity", FactKind.QUANTITY),
            _quantity_caption,
        ),
    ),
)
"""What a variation says of a line of its contract."""
