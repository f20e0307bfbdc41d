"""What a valuation's pages were made with beside its figures, so that they can be printed again: council, day, area."""

from dataclasses import dataclass
from datetime import date

from tomsapp.domain.area import Area, Ward
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.exchange.fields import Fields
from tomsapp.exchange.strict_json import JsonObject

_MOST_NAME = 1_000
_MOST_WORDS = 10_000


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
        "area": None if area is None else _area_values(area),
        "withdrawn_on": None if made.withdrawn_on is None else made.withdrawn_on.isoformat(),
        "withdrawn_because": made.withdrawn_because,
        "contact": made.contact,
        "sealed": list(made.sealed),
    }


def _area_values(area: Area) -> dict[str, object]:
    return {
        "code": area.code,
        "title": area.title,
        "borough_code": area.borough_code,
        "source": area.source,
        "is_fictional": area.is_fictional,
        "wards": [{"code": ward.code, "name": ward.name} for ward in area.wards],
    }


def read_made(values: JsonObject, file: str) -> tuple[MadeWith | None, tuple[Problem, ...]]:
    """The context in a result, and what is wrong with it; None where it cannot be read."""
    found: list[Problem] = []
    fields = Fields(values, Where(file=file), found, "made.")
    made_on, status = fields.day("made_on", needed=True), fields.text("contract_status", _MOST_NAME)
    known = {one.value: one for one in ContractStatus}
    if status not in known:
        fields.report("contract_status", "status-unknown", "The status is unknown", f"Write {' or '.join(known)}")
    area = fields.inner("area")
    made = MadeWith(
        made_on or date.min,
        fields.text("council", _MOST_WORDS),
        fields.text("made_by", _MOST_WORDS),
        is_example=fields.flag("is_example"),
        logo=fields.text("logo", _MOST_NAME),
        version=fields.text("version", _MOST_NAME),
        signed_on=fields.day("signed_on"),
        version_words=fields.text("version_words", _MOST_WORDS),
        status=known.get(status, ContractStatus.DRAFT),
        area=None if area is None else _read_area(area),
        withdrawn_on=fields.day("withdrawn_on"),
        withdrawn_because=fields.text("withdrawn_because", _MOST_WORDS),
        contact=fields.text("contact", _MOST_WORDS),
        sealed=_read_sealed(fields),
    )
    fields.close()
    return (None if has_errors(found) else made), tuple(found)


def _read_sealed(fields: Fields) -> tuple[str, ...]:
    sentences = fields.items("sealed")
    if not all(isinstance(one, str) for one in sentences):
        fields.report("sealed", "not-text", "What was sealed is not a list of texts", "Put each in quotation marks")
    return tuple(str(one) for one in sentences)


def _read_area(fields: Fields) -> Area:
    wards = tuple(_read_ward(ward) for ward in fields.objects("wards"))
    area = Area(
        fields.text("code", _MOST_NAME),
        fields.text("title", _MOST_NAME),
        wards,
        fields.text("borough_code", _MOST_NAME),
        fields.text("source", _MOST_WORDS),
        is_fictional=fields.flag("is_fictional"),
    )
    fields.close()
    return area


def _read_ward(fields: Fields) -> Ward:
    ward = Ward(fields.text("code", _MOST_NAME), fields.text("name", _MOST_NAME))
    fields.close()
    return ward
