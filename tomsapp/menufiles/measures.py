"""The theme files of an edition: themes, outcomes and measures."""

from decimal import Decimal

from tomsapp.domain.menu import Counts, Earned, Measure, Outcome, Theme
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.units import Unit
from tomsapp.menufiles.proxies import PriceContext, read_proxy
from tomsapp.reading.fields import FieldReader

MOST_THEMES = 20
MOST_BENEFIT_YEARS = 60
MOST_EVIDENCE_MONTHS = 120


def read_theme(
    values: dict[str, object], file: str, context: PriceContext, owner: str, problems: list[Problem]
) -> Theme:
    """One theme file: its theme with outcomes and measures. `owner` is the edition's, unless a measure has its own."""
    reader = FieldReader(values, Where(file=file), problems)
    table = reader.table("theme") or FieldReader({}, Where(file=file), problems, "theme.")
    if not table.has("number"):
        table.report("missing-key", "“number” is missing", "Add the line number = … under [theme]", "number")
    number = table.whole("number", 0, 1, MOST_THEMES)
    title, summary = table.text("title", required=True), table.text("summary")
    table.finish()
    outcomes = tuple(_read_outcome(outcome, context, owner) for outcome in reader.tables("outcome"))
    if not outcomes:
        reader.report("missing-key", "The theme has no outcome", "Add a table [[outcome]] with its measures", "outcome")
    reader.finish()
    return Theme(number, title, outcomes, summary)


def _read_outcome(reader: FieldReader, context: PriceContext, owner: str) -> Outcome:
    code = reader.code("code")
    if code:
        reader.name_it(f"outcome {code}, ")
    title = reader.text("title", required=True)
    measures = tuple(read_measure(table, context, owner) for table in reader.tables("measure"))
    reader.finish()
    return Outcome(code, title, measures)


def read_measure(reader: FieldReader, context: PriceContext, owner: str) -> Measure:
    """One measure with its proxy value, if it has one."""
    code = reader.code("code")
    if code:
        reader.name_it("", measure=code)
    table = reader.table("proxy")
    proxy, unit_values = read_proxy(table, context) if table else (None, ())
    measure = Measure(
        code=code,
        title=reader.text("title", required=True),
        unit=reader.choice("unit", Unit),
        counts=reader.choice("counts", Counts),
        description=reader.text("description"),
        each=reader.text("each"),
        many=reader.text("many"),
        plain_one=reader.text("plain_one"),
        plain_many=reader.text("plain_many"),
        proxy=proxy,
        unit_values=unit_values,
        whole_units=reader.flag("whole_units"),
        real_pounds=reader.flag("real_pounds"),
        local_only=reader.flag("local_only"),
        asks_statement=reader.flag("asks_statement", default=True),
        employment_outcome=reader.number("employment_outcome", most=Decimal(100)) or Decimal(0),
        deadweight_share=reader.share("deadweight_share"),
        displacement_share=reader.share("displacement_share"),
        drop_off_share=reader.share("drop_off_share"),
        benefit_years=reader.whole("benefit_years", 1, 1, MOST_BENEFIT_YEARS),
        count=reader.texts("count"),
        do_not_count=reader.texts("do_not_count"),
        evidence=reader.texts("evidence"),
        guidance=reader.text("guidance"),
        tags=reader.texts("tags"),
        owner=reader.text("owner") or owner,
        review_due=reader.day("review_due"),
        earned=reader.choice("earned", Earned) if reader.has("earned") else None,
        equality_group=reader.text("equality_group"),
        small_example=reader.text("small_example"),
        evidence_months=reader.whole("evidence_months", 0, 0, MOST_EVIDENCE_MONTHS),
        evidence_if_later=reader.text("evidence_if_later"),
    )
    reader.finish()
    if measure.real_pounds and measure.unit is not Unit.POUNDS:
        fix = 'Set unit = "pounds", or remove real_pounds'
        reader.report("real-pounds-unit", "real_pounds is set, but one unit is not £1", fix, "real_pounds")
    return measure
