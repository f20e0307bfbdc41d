"""The sheets of a workbook that are read: how to fill it in, and what each measure asks for."""

from collections.abc import Mapping, Sequence
from typing import Any

from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.uprating import uprating_text
from tomsapp.exchange.tables import Table, TableColumn
from tomsapp.exchange.tables_xlsx import A3, Formats, row_height, set_up_page, write_table, write_text
from tomsapp.exchange.workbook_layout import GUIDANCE, Template
from tomsapp.exchange.workbook_sheets import heading, protect, start_sheet

_COUNTED = {
    Counts.EACH_YEAR: "Each year",
    Counts.ONCE: "Once",
    Counts.FIRST_12_MONTHS: "Each person once, in the year they start",
}


_SECOND = (
    "To promise a measure twice, for example in two wards, choose its code in one of the rows at the end of the sheet."
)
_PER_POUND = (
    "On a framework you may promise per £ of spend instead of by year: so many for every £1,000,000, for example. The "
    "units of a year are then the promise times the spend so far, cut to the decimals of the unit, less what the years "
    "before counted. The spend stands on the sheet Contract: recorded where it is known, else forecast."
)


def write_read_me(book: Any, formats: Formats, template: Template, *, is_example: bool) -> None:
    """How to fill the workbook in, and which menu edition it is made from."""
    sheet = start_sheet(book, formats, "Read me", [100], template, is_example=is_example)
    heading(sheet, formats, "How to fill in your commitments")
    edition = template.edition
    per_pound = _PER_POUND if template.has_rates else ""
    facts = "Enter the reference, supplier and value on the sheet Contract." if template.asks_facts else ""
    second = _SECOND if template.spare else ""
    parts = [
        ("What to do", ""),
        ("", facts),
        ("", "Go to the sheet Commitments. Each row is a measure that you can promise."),
        ("", "Fill in the green cells with a border: a quantity for each contract year, and how it will be done."),
        ("", second),
        ("", "Leave a year empty if you promise nothing in it. Leave a row empty if you do not promise that measure."),
        (
            "",
            "Contract share is the part that this contract may claim. It is 100% unless others share the promise.",
        ),
        ("", per_pound),
        ("", "Ward is where it happens. Leave it empty for the whole borough."),
        (
            "",
            "Read the sheet Guidance before you promise: it says what counts, what does not, and the evidence to keep.",
        ),
        ("How the value is worked out", ""),
        ("", "Value of a year = quantity × unit value × contract share × other factors, rounded to the penny."),
        ("", "Other factors is what is left after effects that would have happened anyway; most measures have none."),
        ("", "Social value and real pounds measure different things and are never added."),
        ("", "The council’s program works every value out again when it reads this workbook."),
        ("What this workbook is made from", ""),
        ("", f"Menu: {edition.title}, {edition.name} ({edition.status.value}), in {edition.price_base} prices."),
        ("", f"SHA-256 of the menu edition: {edition.sha256 or 'none, because it is a draft'}"),
        ("", "Cells that are not green are locked without a password, so that a formula is not lost by mistake."),
    ]
    row = 2
    for title, text in parts:
        if title:
            row += 1
            looks = formats.get(bold=True, font_size=13)
            write_text(sheet, row, 0, title, looks)
            row += 1
        elif text:
            write_text(sheet, row, 0, text, formats.get(text_wrap=True))
            sheet.set_row(row, row_height([(text, 100)]))
            row += 1


def write_guidance(book: Any, formats: Formats, template: Template, *, is_example: bool) -> None:
    """What counts, what does not, the evidence, and the source of each measure's value."""
    price_base, footer = template.edition.price_base, template.footer
    write_measures(book, formats, template.listed, price_base, footer, is_example=is_example)


def write_measures(
    book: Any,
    formats: Formats,
    measures: Sequence[Measure],
    price_base: str,
    footer: str,
    *,
    is_example: bool,
    why: Mapping[str, str] | None = None,
) -> None:
    """The sheet Guidance for these measures, in any workbook; `why` each is asked in a tender, by its code."""
    titles = ["Code", "Measure", "What it is", "What counts", "What does not count", "Evidence to keep", "Counted",
              "How to plan it", "Unit value and its source"]  # fmt: skip
    widths = [8, 26, 34, 36, 36, 36, 18, 36, 46]
    rows = [list(_guidance_row(measure, price_base)) for measure in measures]
    if why is not None:
        titles.insert(2, "Why it is asked")
        widths.insert(2, 34)
        for measure, row in zip(measures, rows, strict=True):
            row.insert(2, why.get(measure.code, ""))
    table = Table(GUIDANCE, [TableColumn(title) for title in titles], rows)
    sheet = book.add_worksheet(GUIDANCE)
    write_table(sheet, table, formats, is_example=is_example, widths=widths)
    set_up_page(sheet, 3 if is_example else 2, A3, footer)
    protect(sheet)


def _guidance_row(measure: Measure, price_base: str) -> tuple[str, ...]:
    return (
        measure.code,
        measure.title,
        measure.description,
        "\n".join(measure.count),
        "\n".join(measure.do_not_count),
        "\n".join(measure.evidence),
        _COUNTED[measure.counts],
        measure.guidance,
        _source_text(measure, price_base),
    )


def _source_text(measure: Measure, price_base: str) -> str:
    if measure.proxy is None:
        return "Counted, not valued"
    source = measure.proxy.source
    made = [
        (f"{value.year}: " if value.year else "") + uprating_text(value, price_base) for value in measure.unit_values
    ]
    named = f"{source.title}, {source.publisher}, {source.year}. {source.licence}."
    return "\n".join([*made, named, measure.proxy.address or source.address])
