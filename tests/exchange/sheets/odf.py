"""OpenDocument spreadsheets for the tests, from their content."""

import io
import zipfile
from html import escape

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing",
    }.items()
) + (
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
)  # fmt: skip
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(tables, automatic="", common=None, mimetype=MIMETYPE, **more):
    """A spreadsheet with these tables, in XML; `automatic` are the styles of its content, `common` those beside it."""
    content = (
        f"<office:document-content {SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        new.writestr("mimetype", mimetype)
        new.writestr("content.xml", content)
        if common is not None:
            styles = f"<office:styles>{common}</office:styles>"
            new.writestr("styles.xml", f"<office:document-styles {SPACES}>{styles}</office:document-styles>")
        for name, text in more.items():
            new.writestr(name.replace("__", "/"), text)
    return file.getvalue()


def table(rows, name="Offer", attributes=""):
    """A sheet with these rows, in XML."""
    return f'<table:table table:name="{name}" {attributes}>{rows}</table:table>'


def row(*cells, attributes=""):
    """A row; a cell is its text, or XML."""
    made = "".join(one if one.startswith("<") else text_cell(one) for one in cells)
    return f"<table:table-row {attributes}>{made}</table:table-row>"


def text_cell(text):
    """A cell with a text."""
    return cell('office:value-type="string"', f"<text:p>{escape(text)}</text:p>")


def cell(attributes="", inside=""):
    """A cell."""
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def number(value, shown="", kind="float"):
    """A cell with a number."""
    return cell(f'office:value-type="{kind}" office:value="{value}"', f"<text:p>{shown or value}</text:p>")


def texts(*rows):
    """A spreadsheet with one sheet of texts."""
    return ods(table("".join(row(*cells) for cells in rows)))
