"""The area of a council with its wards as JSON: in papers that are printed again, and in the pack of a tender."""

from tomsapp.domain.area import Area, Ward
from tomsapp.reading.fields import FieldReader

_MOST_NAME = 1_000
_MOST_WORDS = 10_000


def area_values(area: Area) -> dict[str, object]:
    """The area as JSON holds it."""
    return {
        "code": area.code,
        "title": area.title,
        "borough_code": area.borough_code,
        "source": area.source,
        "is_fictional": area.is_fictional,
        "wards": [{"code": ward.code, "name": ward.name} for ward in area.wards],
    }


def read_area(fields: FieldReader) -> Area:
    """The area that `area_values` wrote; what is wrong with it is reported to the reader."""
    wards = tuple(_read_ward(ward) for ward in fields.tables("wards"))
    area = Area(
        fields.typed_text("code", _MOST_NAME),
        fields.typed_text("title", _MOST_NAME),
        wards,
        fields.typed_text("borough_code", _MOST_NAME),
        fields.typed_text("source", _MOST_WORDS),
        is_fictional=fields.flag("is_fictional"),
    )
    fields.finish()
    return area


def _read_ward(fields: FieldReader) -> Ward:
    ward = Ward(fields.typed_text("code", _MOST_NAME), fields.typed_text("name", _MOST_NAME))
    fields.finish()
    return ward
