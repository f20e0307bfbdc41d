"""What the workbook of a tender is made for, and where everything stands in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING

from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import lot_contract
from tomsapp.domain.tender.pack import Pack, PackIdentity
from tomsapp.domain.tender.parts import PartsForm
from tomsapp.domain.tender.tender_offer import TenderOffer
from tomsapp.exchange.workbook_asked import Asked
from tomsapp.exchange.workbook_layout import CONTRACT, GUIDANCE, Template
from tomsapp.exchange.workbook_spare import SPARE_ROWS

if TYPE_CHECKING:
    from tomsapp.exchange.tenders.pack_json import PackFile

BOOK_FORMAT = "tomsapp-offer-book-1"
"""The format of the workbook, kept in its hidden sheet."""

READ_ME, TENDER, ORGANISATION, CONDITIONS = "Read me", "Tender", "Organisation", "Conditions"
QUESTIONS, CHECK, BOARD, ANSWERS, LISTS = "Questions", "Check", "For your board", "Answers", "lists"
DECLARATIONS = "Declarations"
"""The sheets that a tender has beside those of every workbook of commitments."""

NOT_READ = frozenset({READ_ME, TENDER, CHECK, BOARD, LISTS, CONTRACT, GUIDANCE})
"""The sheets that are there for people, or for the others to be worked out: nothing is read of them."""

FILL_IN = "Fill in: "
"""What the label of every cell begins with that is to be filled in."""

ORGANISATION_ROW = 3
"""The row of the first fact of the organisation, counted from 0; the facts stand in column B."""

ORGANISATION_FACTS: Mapping[str, str] = {
    "name": "Name of your organisation",
    "kind": "Sort of organisation",
    "registration": "Company or charity number",
    "contact_name": "Contact name",
    "contact_email": "Contact e-mail",
}
"""The facts by the names of the record, with their labels, from top to bottom."""

UNKNOWN = ""
"""The result that a formula is given where it is not worked out here.

LibreOffice takes any other for the truth, and works out anew only what hangs on a cell that is changed.
"""

YES, NO = "Yes", "No"
TABLE_HEAD_ROW = 3
"""The row of the heads on the sheets with a table, counted from 0."""

CONDITION_HEADS = ("Code", "Condition", "How much, all years", "Why it is asked", "Fill in: accepted", "Left to do")
ACCEPTED = 4
"""The column in which a condition is accepted, counted from 0."""

QUESTION_HEADS = (
    "Question", "What is asked", "Weight of 100", "Most words", "Fill in: your answer", "Words", "Left to do"
)  # fmt: skip
ANSWER, WORD_COUNT = 4, 5
ANSWER_HEADS = ("Problem", "Choice", "Reason", "By", "About")
"""Of the sheet with answers to warnings, which an offer has that was begun in the program."""

DECLARATION_HEADS = (
    "Code", "What counts once", "Offered of it", "Fill in: what you declare", "Fill in: how you know", "Left to do"
)  # fmt: skip
DECLARED, TO_DECLARE = 3, 5
"""Columns of the sheet with the declarations, counted from 0; the reason stands beside what is declared."""

WORKINGS_HEADS = (
    "Code", "Measure", "Contract year", "Fill in: how it is worked out", "Fill in: first part", "Fill in: second part",
    "Fill in: third part", "What the parts are", "Comes to", "Left to do"
)  # fmt: skip
FORM, FIRST_PART, PARTS_ARE, YEAR_TO_DO = 3, 4, 7, 9
"""Columns of the sheet with the workings, counted from 0."""

CHECK_HEADS = ("Where", "What", "State", "What is left to do")
MANY_COLUMN = "G"
"""On the hidden lists: what several units of each measure are called."""

STAFF_WORDS = {kind.words: kind for kind in PersonKind}
FORM_WORDS = {form.words: form for form in PartsForm}


@dataclass(frozen=True)
class OfferBook:
    """What a workbook is made for: a lot of a pack, and what is offered already, if anything.

    Attributes:
        identity: by what the pack is known; the offer is told by it when it comes back.
        contract: what the lot will be, with the base of a share as its value.
        edition: the menu edition that came with the pack.
        made_with: the program that makes it, with its version.
    """

    pack: Pack
    identity: PackIdentity
    lot: Lot
    contract: Contract
    edition: MenuEdition
    offer: TenderOffer | None = None
    made_with: str = ""

    @cached_property
    def template(self) -> Template:
        """The commitments: a row for each measure that is scored, and rows to choose one a second time."""
        commitments = self.offer.commitments if self.offer else ()
        said = tuple(self.offer.details_of(one.key) for one in commitments) if self.offer else ()
        codes = tuple(measure.measure for measure in self.pack.scored)
        asked = Asked(self.targets, said)
        return Template(
            self.edition, codes, self.contract, self.pack.area, commitments, spare_rows=SPARE_ROWS, asked=asked
        )

    @property
    def targets(self) -> Mapping[str, Decimal]:
        """How much the council hopes for of each measure."""
        return {one.measure: one.target for one in self.pack.measures if one.target is not None}

    @property
    def why(self) -> Mapping[str, str]:
        """Why each measure is asked, with what was allowed against a rule, by its code."""
        told = {
            one.measure: (one.relevance, one.exception_words and f"An exception: {one.exception_words}")
            for one in self.pack.measures
        }
        return {code: "\n".join(filter(None, parts)) for code, parts in told.items()}

    @property
    def title(self) -> str:
        """What the tender and the lot are called."""
        tender = self.pack.tender
        named = tender.title or tender.reference
        return f"{named}, {self.lot.name}" if len(self.pack.lots) > 1 else named

    @property
    def footer(self) -> str:
        """What stands at the foot of each page: the pack, and its SHA-256 in short."""
        return f"{self.pack.name}, lot {self.lot.number}, {self.identity.sha256[:16]}"

    @property
    def stamp(self) -> Mapping[str, str]:
        """What the hidden sheet says of the tender, beside what it says of every workbook."""
        return {
            "format": BOOK_FORMAT,
            "tender": self.identity.reference,
            "version": str(self.identity.version),
            "pack_sha256": self.identity.sha256,
            "lot": str(self.lot.number),
            "made_with": self.made_with,
        }


def offer_book(pack: PackFile, edition: MenuEdition, number: int, made_with: str = "") -> OfferBook | None:
    """The empty workbook of a lot of a pack, by the lot's number; None where the pack has no such lot.

    Raises:
        LotError: the lot cannot be valued, which no pack that was issued has.
    """
    lot = pack.pack.lot(number)
    if lot is None:
        return None
    contract = lot_contract(pack.pack.tender, lot)
    return OfferBook(pack.pack, pack.identity, lot, contract, edition, made_with=made_with)
