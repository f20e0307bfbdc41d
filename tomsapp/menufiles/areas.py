"""Area files: a council's wards by official code."""

from tomsapp.domain.area import Area, Ward
from tomsapp.domain.problems import Problem, Where
from tomsapp.menufiles.errors import MenuFileError, usable
from tomsapp.menufiles.files import MOST_BYTES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import read_toml


def read_area(data: bytes, file: str) -> Area:
    """The area in the bytes of an area file.

    Raises:
        MenuFileError: the file has errors; it holds every one.
    """
    problems: list[Problem] = []
    reader = FieldReader(usable(read_toml(data, file, MOST_BYTES)), Where(file=file), problems)
    area = Area(
        code=reader.code("code"),
        title=reader.text("title", required=True),
        wards=_read_wards(reader),
        borough_code=reader.text("borough_code"),
        source=_read_source(reader),
        is_fictional=reader.flag("fictional"),
    )
    reader.finish()
    if problems:
        raise MenuFileError(problems)
    return area


def _read_wards(reader: FieldReader) -> tuple[Ward, ...]:
    wards: dict[str, Ward] = {}
    for table in reader.tables("ward"):
        code = table.code("code")
        if code:
            table.name_it(f"ward {code}, ")
        ward = Ward(code, table.text("name", required=True))
        table.finish()
        if code in wards:
            table.report("duplicate-code", f"Two wards have the code {code}", "Give each ward its own code", "code")
        wards[code] = ward
    if not wards:
        reader.report("missing-key", "The area has no ward", "Add a table [[ward]] with code and name", "ward")
    return tuple(wards.values())


def _read_source(reader: FieldReader) -> str:
    table = reader.table("source")
    if table is None:
        reader.report("missing-key", "“source” is missing", "Add source = { title = …, publisher = …, …}", "source")
        return ""
    parts = [table.text(key, required=True) for key in ("title", "publisher", "year", "licence", "address")]
    table.finish()
    return ", ".join(parts)
