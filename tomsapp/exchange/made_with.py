"""What a valuation's pages were made with beside its figures, so that they can be printed again: council, day, area."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.area import Area
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.delivery.contract_files import ContractFile
from tomsapp.domain.history import HistoryHead
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.exchange.area_json import area_values, read_area
from tomsapp.exchange.contract_files import file_values, read_files
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values

OF_EVERY_PAPER = ("made_on", "council", "made_by", "is_example", "logo", "version", "history")
"""What the pages of every paper are made with; the rest is of contracts and menus."""

_MOST_NAME = 1_000
_MOST_WORDS = 10_000
_MOST_CHANGES = 2**31


@dataclass(frozen=True, slots=True)
class MadeWith:
    """What the maker of a valuation's pages gave.

    Attributes:
        logo: the name of the attached file with the council's logo; empty where there is none.
        version: the version of this program.
        version_words: which version of the valuation it is, and which it replaces.
        status: of the contract, when the pages were made.
        withdrawn_on, withdrawn_because: when and why the menu edition had been withdrawn by then.
        contact: whom to ask about it, where the council has set that.
        sealed: what was sealed, and in what today's values differ from it, a sentence each.
        today: what today's values make of it, where its menu edition was withdrawn.
        rules_from: where the policy rules come from.
        history: the head of the history of its database; None of an offer, and of what an earlier version made.
        files: those that are kept with the contract, without what is in them.
    """

    made_on: date
    council: str = ""
    made_by: str = ""
    is_example: bool = False
    logo: str = ""
    version: str = ""
    signed_on: date | None = None
    version_words: str = ""
    status: ContractStatus = ContractStatus.DRAFT
    area: Area | None = None
    withdrawn_on: date | None = None
    withdrawn_because: str = ""
    contact: str = ""
    sealed: tuple[str, ...] = ()
    today: str = ""
    rules_from: RulesFrom = RulesFrom.UNKNOWN
    history: HistoryHead | None = None
    files: tuple[ContractFile, ...] = ()


def made_values(made: MadeWith) -> dict[str, object]:
    """The context of a valuation's pages as JSON holds it."""
    area = made.area
    return {
        "made_on": f"{made.made_on:%Y-%m-%d}",
        "council": made.council,
        "made_by": made.made_by,
        "is_example": made.is_example,
        "logo": made.logo,
        "version": made.version,
        "signed_on": None if made.signed_on is None else made.signed_on.isoformat(),
        "version_words": made.version_words,
        "contract_status": made.status.value,
        "area": None if area is None else area_values(area),
        "withdrawn_on": None if made.withdrawn_on is None else made.withdrawn_on.isoformat(),
        "withdrawn_because": made.withdrawn_because,
        "contact": made.contact,
        "sealed": list(made.sealed),
        "today": made.today,
        **({"rules_from": made.rules_from.value} if made.rules_from is not RulesFrom.UNKNOWN else {}),
        **({"history": _history_values(made.history)} if made.history is not None else {}),
        **({"files": file_values(made.files)} if made.files else {}),
    }


def _history_values(head: HistoryHead) -> dict[str, object]:
    return {"changes": head.place, "sha256": head.digest}


def some_made_values(made: MadeWith, names: Iterable[str]) -> dict[str, object]:
    """Some of the context of a paper that is of no contract, as JSON holds it."""
    values = made_values(made)
    return {name: values[name] for name in names if name in values}


def read_some_made(values: Values, file: str) -> tuple[MadeWith | None, tuple[Problem, ...]]:
    """The context of a paper that is of no contract, as `read_made` reads it."""
    return read_made({"contract_status": ContractStatus.DRAFT.value, **values}, file)


def read_made(values: Values, file: str) -> tuple[MadeWith | None, tuple[Problem, ...]]:
    """The context in a result, and what is wrong with it; None where it cannot be read."""
    found: list[Problem] = []
    fields = FieldReader(values, Where(file=file), found, "made.", SENT_FILES)
    made_on, status = fields.day("made_on", required=True), fields.choice("contract_status", ContractStatus)
    area, history = fields.table("area"), fields.table("history")
    made = MadeWith(
        made_on or date.min,
        fields.typed_text("council", _MOST_WORDS),
        fields.typed_text("made_by", _MOST_WORDS),
        is_example=fields.flag("is_example"),
        logo=fields.typed_text("logo", _MOST_NAME),
        version=fields.typed_text("version", _MOST_NAME),
        signed_on=fields.day("signed_on"),
        version_words=fields.typed_text("version_words", _MOST_WORDS),
        status=status,
        area=None if area is None else read_area(area),
        withdrawn_on=fields.day("withdrawn_on"),
        withdrawn_because=fields.typed_text("withdrawn_because", _MOST_WORDS),
        contact=fields.typed_text("contact", _MOST_WORDS),
        sealed=_read_sealed(fields),
        today=fields.typed_text("today", _MOST_WORDS),
        rules_from=fields.choice("rules_from", RulesFrom, RulesFrom.UNKNOWN),
        history=None if history is None else _read_history(history),
        files=read_files(fields, "files"),
    )
    fields.finish()
    return (None if has_errors(found) else made), tuple(found)


def _read_sealed(fields: FieldReader) -> tuple[str, ...]:
    sentences = fields.items("sealed")
    if not all(isinstance(one, str) for one in sentences):
        fields.report("not-text", "What was sealed is not a list of texts", "Put each in quotation marks", "sealed")
    return tuple(str(one) for one in sentences)


def _read_history(fields: FieldReader) -> HistoryHead:
    head = HistoryHead(fields.whole("changes", 0, 1, _MOST_CHANGES), fields.typed_text("sha256", _MOST_NAME))
    fields.finish()
    return head
