"""A paper of the council as a Word file, from the object from which its PDF is printed too.

Headings are headings, heads of tables are said to be heads and come again on each page, pictures have their words, and
the language is set, so that it reads as well as the PDF and takes the look of whatever template it is pasted into. No
field and no link is written: texts are texts.
"""

import io
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any, assert_never

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Length, Pt, RGBColor, Twips

from tomsapp.domain.papers.council_paper import (
    EXAMPLE_MARK,
    LANGUAGE,
    CouncilPaper,
    PaperBlock,
    PaperChart,
    PaperHeading,
    PaperList,
    PaperPicture,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.exchange.numbers import printable
from tomsapp.exchange.word.widths import column_widths

_FONT = "Arial"
_INK = RGBColor(0x13, 0x21, 0x1F)
_MUTED = RGBColor(0x4A, 0x5B, 0x58)
_HEAD_GROUND, _TOTAL_GROUND = "E4ECEA", "F0F4F3"
_SIZES = {"Normal": 11, "Heading 1": 20, "Heading 2": 14, "Heading 3": 12, "Caption": 10, "List Bullet": 11}
_WIDTH = Cm(16.5)
_TWIPS = 9354
"""The width in twentieths of a point, which tables ask for."""
_WHOLE = 12
"""A table of up to so many rows stays on one page."""
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)


def write_paper(paper: CouncilPaper, pictures: Mapping[PaperChart, bytes]) -> bytes:
    """The paper as a .docx; the same paper and pictures give the same bytes.

    Args:
        paper: as it is printed as a PDF too.
        pictures: a PNG of each of its charts.
    """
    document = Document()
    _set_look(document)
    _set_properties(document, paper)
    _set_page(document, paper)
    document.add_heading(printable(paper.title), 1)
    tables = 0
    for block in paper.story:
        tables += isinstance(block, PaperTable)
        _add(document, block, pictures, tables)
    target = io.BytesIO()
    document.save(target)
    return _without_moments(target.getvalue())


def _set_look(document: WordDocument) -> None:
    for name, size in _SIZES.items():
        style: Any = document.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _FONT, Pt(size), _INK
        style.font.italic = False
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), _FONT)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _set_properties(document: WordDocument, paper: CouncilPaper) -> None:
    said, moment = document.core_properties, datetime.combine(paper.made_on, time(), UTC)
    said.title, said.subject = printable(paper.title), printable(paper.name)
    said.author = printable(paper.council or paper.made_by or "tomsapp")
    said.last_modified_by, said.language = said.author, LANGUAGE
    said.comments = EXAMPLE_MARK if paper.is_example else ""
    said.keywords, said.revision = "", 1
    said.created = said.modified = moment


def _set_page(document: WordDocument, paper: CouncilPaper) -> None:
    """A4 with margins of 2 to 2.5 cm; each page says whose paper it is, whether it is real, and when it was made."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    said = [paper.council, paper.name, EXAMPLE_MARK if paper.is_example else ""]
    for paragraph, text in (
        (section.header.paragraphs[0], "  ·  ".join(filter(None, said))),
        (section.footer.paragraphs[0], paper.made_words),
    ):
        paragraph.text = printable(text)
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), _MUTED


def _add(document: WordDocument, block: PaperBlock, pictures: Mapping[PaperChart, bytes], number: int) -> None:
    match block:
        case PaperHeading(text, level):
            document.add_heading(printable(text), level)
        case PaperText(text, kind):
            _add_text(document, text, kind)
        case PaperList(points):
            for point in points:
                document.add_paragraph(printable(point), "List Bullet")
        case PaperTable():
            if not block.is_named:
                _caption(document, block.caption)
            _add_table(document, block, number)
        case PaperChart():
            _caption(document, block.caption)
            _add_picture(document, pictures[block], block)
        case PaperPicture():
            _add_picture(document, block.png, block)
            document.add_paragraph(printable(block.caption), "Caption")
        case _:
            assert_never(block)


def _add_text(document: WordDocument, text: str, kind: TextKind) -> None:
    run = document.add_paragraph().add_run(printable(text))
    if kind is TextKind.MARKED:
        run.bold = True
    elif kind is not TextKind.BODY:
        run.font.color.rgb = _MUTED
    if kind is TextKind.NOTE:
        run.font.size = Pt(9.5)


def _caption(document: WordDocument, text: str) -> None:
    """A caption over what it names, on the same page."""
    paragraph = document.add_paragraph(printable(text), "Caption")
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(8)


def _add_table(document: WordDocument, told: PaperTable, number: int) -> None:
    lines = [tuple(column.head for column in told.columns), *told.rows, *([told.total] if told.total else [])]
    table: Any = document.add_table(len(lines), len(told.columns), "Table Grid")
    table.autofit = False
    widths = [Twips(width) for width in column_widths(told, _TWIPS)]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    last = len(lines) - 1
    for place, (row, cells) in enumerate(zip(table.rows, lines, strict=True)):
        _keep_whole(row, is_head=place == 0)
        ground = _HEAD_GROUND if not place else _TOTAL_GROUND if told.total and place == last else ""
        for cell, text, column, width in zip(row.cells, cells, told.columns, widths, strict=True):
            _fill(cell, text, ground, width, right=column.right)
            cell.paragraphs[0].paragraph_format.keep_with_next = _stays(place, last) or None
    _describe(table, f"Table {number}", told.caption)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _stays(place: int, last: int) -> bool:
    """Whether a row stays on the page of the next: all rows of a short table, else those where it begins and ends."""
    return place < last and (last <= _WHOLE or place <= 1 or place == last - 1)


def _keep_whole(row: Any, *, is_head: bool) -> None:
    """No row is parted by the end of a page; a head comes again on the next."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - the library has no word for it
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _fill(cell: Any, text: str, ground: str, width: Length, *, right: bool) -> None:
    cell.width = width
    if ground:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", ground)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 - as above
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(2)
    if right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = paragraph.add_run(printable(text))
    run.font.size, run.bold = Pt(10), bool(ground)


def _describe(table: Any, title: str, description: str) -> None:
    """What assistive technology says of a table, and that its first row and column are heads."""
    properties = table._tbl.tblPr  # noqa: SLF001 - as above
    look = properties.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "1")
    look.set(qn("w:firstColumn"), "1")
    for name, text in (("w:tblCaption", title), ("w:tblDescription", description)):
        element = OxmlElement(name)
        element.set(qn("w:val"), printable(text))
        properties.append(element)


def _add_picture(document: WordDocument, png: bytes, told: PaperChart | PaperPicture) -> None:
    shape = document.add_picture(io.BytesIO(png), _WIDTH)
    said = shape._inline.docPr  # noqa: SLF001 - the library has no word for it
    said.set("title", printable(told.caption))
    said.set("descr", printable(told.alternative))


def _without_moments(data: bytes) -> bytes:
    """The same file with the same parts, and no moment of writing in it."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for name in made.namelist():
            whole.writestr(zipfile.ZipInfo(name, _ZIP_DATE), made.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()
