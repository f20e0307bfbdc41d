"""An answer to a request under the Freedom of Information Act 2000, with marks for what is withheld and why.

What is asked again and again about a contract is answered from its figures. What is withheld, under which section and
for what reason is said by the officer alone: the program proposes nothing and checks no test of the Act.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.delivery.figures import Delivered, State
from tomsapp.domain.money import total
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.told import (
    CUT_NOTE,
    PROXY_NOTE,
    ContractTold,
    PaperMaker,
    count_of,
    headed,
    rating_words,
    real_pounds_words,
    units_of,
    worth,
)
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.seal import letters_missing
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_date, format_pounds, plural

NAME = "FOI answer"


class FoiItem(Enum):
    """What is asked of a contract, in the order of the answer."""

    SUPPLIER = "supplier"
    VALUE = "value"
    LENGTH = "length"
    FRAMEWORK = "framework"
    SOCIAL_VALUE = "social_value"
    COST = "cost"
    PROMISES = "promises"
    DELIVERED = "delivered"

    @property
    def words(self) -> str:
        """As it is asked."""
        return {
            FoiItem.SUPPLIER: "Who won the contract",
            FoiItem.VALUE: "Contract value",
            FoiItem.LENGTH: "From when to when",
            FoiItem.FRAMEWORK: "Whether it is a framework",
            FoiItem.SOCIAL_VALUE: "Social value that is committed",
            FoiItem.COST: "What the social value costs the supplier",
            FoiItem.PROMISES: "What is promised",
            FoiItem.DELIVERED: "What was delivered",
        }[self]


class FoiSection(Enum):
    """The sections that an officer can say, as the Act heads them."""

    PERSONAL = "40"
    COMMERCIAL = "43"

    @property
    def words(self) -> str:
        """The section with its heading: "section 43 (commercial interests)"."""
        heading = {FoiSection.PERSONAL: "personal information", FoiSection.COMMERCIAL: "commercial interests"}[self]
        return f"section {self.value} ({heading})"


@dataclass(frozen=True, slots=True)
class Withheld:
    """That something is withheld: under which section, and the officer's reason."""

    section: FoiSection
    reason: str


Withholding = Mapping[FoiItem, Withheld]


def withholding_problems(withheld: Withholding) -> list[Problem]:
    """What must be put right before the answer is made, and what of it can be worked out all the same.

    Each thing that is withheld needs its reason.
    """
    found = [
        Problem(
            "withheld-reason",
            Severity.ERROR,
            f"{item.words} is withheld without a reason that says enough",
            "Say why in a sentence: the answer prints it",
            Where(field=item.value),
        )
        for item, each in withheld.items()
        if letters_missing(each.reason)
    ]
    if FoiItem.SOCIAL_VALUE in withheld and FoiItem.PROMISES not in withheld:
        found.append(
            Problem(
                "withheld-worked-out",
                Severity.WARNING,
                "The social value is withheld and can be worked out from what is promised, as unit values are public",
                "Withhold what is promised too, or neither",
                Where(field=FoiItem.PROMISES.value),
            )
        )
    return found


def foi_answer(told: ContractTold, maker: PaperMaker, withheld: Withholding, request: str = "") -> CouncilPaper:
    """The answer about a contract.

    Args:
        told: the contract.
        maker: who answers.
        withheld: what is withheld, and why; nothing of it stands anywhere in the paper.
        request: the council's reference of the request.
    """
    title = f"Answer to a request for information: {told.contract.reference}"
    blocks = [*_answers(told, withheld, request), *_tables(told, withheld), *_reasons(withheld)]
    tells_share = _is_told(FoiItem.DELIVERED, withheld) and _has_delivered(told.delivered)
    notes = [PROXY_NOTE, *([CUT_NOTE] if tells_share else [])]
    return maker.paper(NAME, title, blocks, notes, told.sources)


def _is_told(item: FoiItem, withheld: Withholding) -> bool:
    return item not in withheld


def _answers(told: ContractTold, withheld: Withholding, request: str) -> Iterator[PaperBlock]:
    about = f" Our reference: {request}." if request.strip() else ""
    yield PaperText(f"Freedom of Information Act 2000. Contract: {told.name}.{about}", TextKind.LEAD)
    if told.is_draft:
        yield PaperText(told.draft_words, TextKind.MARKED)
    rows = tuple(
        (item.words, f"Withheld: {withheld[item].section.words}" if item in withheld else _answer(item, told))
        for item in FoiItem
    )
    columns = (PaperColumn("Asked", 170), PaperColumn("Answer", 320))
    yield from headed(PaperTable("What was asked, and the answer", columns, rows))


def _answer(item: FoiItem, told: ContractTold) -> str:
    contract = told.contract
    return {
        FoiItem.SUPPLIER: _supplier(told),
        FoiItem.VALUE: told.value,
        FoiItem.LENGTH: told.days,
        FoiItem.FRAMEWORK: "Yes, it is spent in orders" if contract.kind is ContractKind.FRAMEWORK else "No",
        FoiItem.SOCIAL_VALUE: _social_value(told.valuation),
        FoiItem.COST: _cost(told),
        FoiItem.PROMISES: _promised(told.valuation),
        FoiItem.DELIVERED: _to_which_day(told.delivered),
    }[item]


def _supplier(told: ContractTold) -> str:
    """Nobody has won what nobody signed."""
    supplier = told.contract.supplier
    if told.is_draft:
        return f"Nobody yet; the draft names {supplier}" if supplier else "Nobody yet; the draft names no supplier"
    return supplier or "No supplier is recorded"


def _social_value(valuation: Valuation) -> str:
    real = f". {real_pounds_words(valuation.real_pounds)}" if valuation.real_pounds else ""
    return f"{format_pounds(valuation.social_value)} in proxy pounds{real}"


def _promised(valuation: Valuation) -> str:
    return f"{plural(len(valuation.lines), 'commitment')}, listed below" if valuation.lines else "Nothing"


def _to_which_day(delivered: Delivered | None) -> str:
    if delivered is None:
        return "The contract is not signed, so nothing is delivered yet"
    until = format_date(delivered.until)
    return f"To {until}, listed below" if _has_delivered(delivered) else f"Nothing was due or accepted by {until}"


def _has_delivered(delivered: Delivered | None) -> bool:
    """Whether anything was due or accepted, so that there is something to list."""
    return delivered is not None and any(line.units.due or line.units.accepted for line in delivered.lines)


def _cost(told: ContractTold) -> str:
    stated = [line.commitment.cost for line in told.valuation.lines if line.commitment.cost is not None]
    if not stated:
        return "Not held: the supplier did not state it"
    of_lines = f"{len(stated)} of {plural(len(told.valuation.lines), 'commitment')}"
    return f"{format_pounds(total(stated))}, as the supplier stated it for {of_lines}"


def _tables(told: ContractTold, withheld: Withholding) -> Iterator[PaperBlock]:
    delivered = told.delivered
    if _is_told(FoiItem.PROMISES, withheld) and told.valuation.lines:
        yield from headed(_promises(told, with_pounds=_is_told(FoiItem.SOCIAL_VALUE, withheld)))
    if delivered is not None and _has_delivered(delivered) and _is_told(FoiItem.DELIVERED, withheld):
        yield from headed(_delivered(delivered, withheld))


def _promises(told: ContractTold, *, with_pounds: bool) -> PaperTable:
    columns = [PaperColumn("Measure", 230), PaperColumn("Quantity for all years", 150, right=True)]
    rows = []
    for line in told.valuation.lines:
        said = [line.measure.full_name, count_of(line.measure, line.units)]
        if with_pounds:
            said.append(worth(line.measure, line.social_value))
        rows.append(tuple(said))
    whole: tuple[str, ...] = ()
    if with_pounds:
        columns.append(PaperColumn("Social value", 110, right=True))
        whole = ("Together", "", format_pounds(told.valuation.social_value))
    return PaperTable("What is promised", tuple(columns), tuple(rows), whole)


def _delivered(found: Delivered, withheld: Withholding) -> PaperTable:
    """What was delivered; without what is promised it says results and ratings alone, and without pounds no pounds."""
    with_due, with_pounds = (_is_told(item, withheld) for item in (FoiItem.PROMISES, FoiItem.SOCIAL_VALUE))
    columns = [
        PaperColumn("Measure", 170),
        *([PaperColumn("Due", 90, right=True)] if with_due else []),
        PaperColumn("Accepted", 90, right=True),
        *([PaperColumn("Rating", 120)] if with_due else []),
        *([PaperColumn("In proxy pounds", 90, right=True)] if with_pounds else []),
    ]
    rows = []
    for line in found.lines:
        said = [line.measure.full_name]
        said += [units_of(line, State.DUE)] if with_due else []
        said.append(units_of(line, State.ACCEPTED))
        said += [rating_words(line)] if with_due else []
        said += [worth(line.measure, line.pounds.accepted)] if with_pounds else []
        rows.append(tuple(said))
    whole = ["Together", *([""] if with_due else []), "", *([""] if with_due else [])]
    return PaperTable(
        f"What was delivered to {format_date(found.until)}",
        tuple(columns),
        tuple(rows),
        (*whole, format_pounds(found.pounds.accepted)) if with_pounds else (),
    )


def _reasons(withheld: Withholding) -> Iterator[PaperBlock]:
    if not withheld:
        return
    yield PaperHeading("What is withheld, and why")
    for item in FoiItem:
        if item in withheld:
            each = withheld[item]
            yield PaperText(f"{item.words}: withheld under {each.section.words}. {each.reason}", TextKind.MARKED)
