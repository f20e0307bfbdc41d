"""Calculators as councils send them out, made up after their shapes: no row, figure or name is anybody's."""

import io

import xlsxwriter

COUNTY_THEMES = {
    "Jobs": (("J01", "Residents into work", "FTE", 3, "20202.72"), ("J11", "Paid a living wage", "FTE", 25, "5050.50")),
    "Growth": (("V01", "Cash to local charities", "£", 15000, "1"), ("V06", "Expert advice", "hrs", None, "101.86")),
    "Social": (("S08", "Work experience", "weeks", 92, "240"), ("SO9", "Careers talks", "hrs", 36, "18.20")),
}  # fmt: skip


def county_calculator(themes=COUNTY_THEMES, *, look_up=True):
    """A calculator of a county: a sheet of instructions, one for each theme, look-up lists hidden.

    Each theme has title lines, a reference beside the measure, one number for the whole contract, their proxies and
    values, a total, and words below it.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    guide = book.add_worksheet("Instructions")
    guide.write_column(
        0, 0, ["Social value calculator", "Fill in the yellow cells, for example 12.5 for J11", "Thank you"]
    )
    for theme, rows in themes.items():
        _theme(book.add_worksheet(theme), theme, rows)
    summary = book.add_worksheet("Summary")
    summary.write_row(0, 0, ["Theme", "Total SV (£)"])
    summary.write_column(1, 0, list(themes))
    if look_up:
        lists = book.add_worksheet("Lists")
        lists.write_row(0, 0, ["TOM Ref", "Title", "Proxy (£)"])
        everything = [row for rows in themes.values() for row in rows]
        for number, (code, title, _unit, _quantity, proxy) in enumerate(everything, start=1):
            lists.write_row(number, 0, [code, title, float(proxy)])
        lists.hide()
    book.close()
    return file.getvalue()


def _theme(sheet, theme, rows):
    sheet.write(0, 0, f"Theme: {theme}")
    sheet.write(1, 0, "Only fill in what you can deliver in this contract")
    sheet.write_row(
        3, 0, ["No.", "Ref", "Measure", "Unit", "Units offered over contract", "Proxy (£)", "Total SV (£)", "Narrative"]
    )
    values = []
    for number, (code, title, unit, quantity, proxy) in enumerate(rows, start=1):
        values.append((quantity or 0) * float(proxy))
        sheet.write_row(
            3 + number, 0, [number, code, title, unit, quantity, float(proxy), values[-1], "With our partners"]
        )
    last = 4 + len(rows)
    sheet.write(last, 2, f"{theme} total")
    sheet.write(last, 6, sum(values))
    sheet.write(last + 2, 1, "All values are estimates and exclude VAT")
