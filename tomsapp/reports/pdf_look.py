"""A look through a PDF of unknown origin before anything is read of it: what it would unpack to, hold and draw.

The bytes are looked through first, as they lie there (`pdf_bounds.py`). Then objects, pages and drawings are counted.
Papers of this program stay far below each bound.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any, Final

import pikepdf

from tomsapp.reports.attachments import packed_figures, readable
from tomsapp.reports.pdf_bounds import FEW_SIGNS, MOST_OBJECTS, MOST_PAGES, check_signs, look_at_bytes, too_much

_MOST_DRAWN: Final = 200_000_000
"""The bytes of drawing instructions, each counted as often as it is drawn."""
_MOST_ON_A_PAGE: Final = 2_000_000
"""Those of one page, of which a library keeps many times as much while it draws it; pages of ours have up to 40,000."""
_MOST_PIXELS: Final = 4_000_000
"""Those of a logo: papers of ours hold no other picture."""
_MOST_DEEP: Final = 20

_DOES: Final = re.compile(rb"/([^\s/<>\[\]()%]{1,127})\s+Do\b")


def look_through(data: bytes) -> None:
    """Whether a PDF can be read within its bounds.

    Raises:
        ReportError: it is locked or damaged, or would become too much; says what.
    """
    signs = look_at_bytes(data)
    if signs > FEW_SIGNS:
        check_signs(signs, packed_figures(data))
    with readable(), pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        if len(pdf.objects) > MOST_OBJECTS:
            raise too_much(f"has more than {MOST_OBJECTS:,} objects")
        _count_pages(pdf)
        _count_drawn(pdf)


def _count_pages(pdf: pikepdf.Pdf) -> None:
    """Count the pages along their tree, which a library would climb by itself however deep it is."""
    waiting: list[tuple[Any, int]] = [(pdf.Root.get("/Pages"), 0)]
    pages = 0
    while waiting:
        node, depth = waiting.pop()
        if not isinstance(node, pikepdf.Dictionary) or depth > _MOST_DEEP:
            raise too_much("has pages that stand in no order")
        kids = node.get("/Kids")
        pages += kids is None
        if pages + len(waiting) > MOST_PAGES:
            raise too_much(f"has more than {MOST_PAGES:,} pages")
        if kids is not None:
            if len(kids) > MOST_PAGES:
                raise too_much(f"has more than {MOST_PAGES:,} pages")
            waiting.extend((kid, depth + 1) for kid in kids)


def _count_drawn(pdf: pikepdf.Pdf) -> None:
    """Add up what is drawn: a form that draws another one ten times counts it ten times."""
    for found in pdf.objects:
        if isinstance(found, pikepdf.Dictionary | pikepdf.Stream) and _draws_otherwise(found):
            raise too_much("draws in ways that no paper of this program does")
    weights: dict[tuple[int, int], int] = {}
    drawn = 0
    for page in pdf.pages:
        contents = page.obj.get("/Contents")
        parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
        forms = _forms(page.obj.get("/Resources"))
        on_page = sum(_weight(part, forms, weights, 0) for part in parts if isinstance(part, pikepdf.Stream))
        drawn += on_page
        if on_page > _MOST_ON_A_PAGE or drawn > _MOST_DRAWN:
            raise too_much("draws the same things too often")


def _draws_otherwise(found: Any) -> bool:
    kind = str(found.get("/Subtype", ""))
    if "/PatternType" in found or "/ShadingType" in found or (kind == "/Type3" and "/CharProcs" in found):
        return True
    return kind == "/Image" and int(found.get("/Width", 0)) * int(found.get("/Height", 0)) > _MOST_PIXELS


def _forms(resources: Any) -> Mapping[bytes, Any]:
    if not isinstance(resources, pikepdf.Dictionary):
        return {}
    named = resources.get("/XObject", pikepdf.Dictionary())
    return dict(_forms_in(named)) if isinstance(named, pikepdf.Dictionary) else {}


def _forms_in(named: Any) -> Iterator[tuple[bytes, Any]]:
    for name, found in named.items():
        if isinstance(found, pikepdf.Stream) and str(found.get("/Subtype", "")) == "/Form":
            yield str(name)[1:].encode("latin-1", "replace"), found


def _weight(stream: Any, forms: Mapping[bytes, Any], weights: dict[tuple[int, int], int], depth: int) -> int:
    """The bytes of a stream of instructions and of all that it draws."""
    if depth > _MOST_DEEP:
        raise too_much("draws the same things too often")
    known = weights.get(stream.objgen)
    if known is not None:
        return known
    data = stream.read_bytes()
    weight = len(data)
    for used in _DOES.finditer(data) if forms else ():
        form = forms.get(used[1])
        if form is not None:
            weight += _weight(form, _forms(form.get("/Resources")), weights, depth + 1)
            if weight > _MOST_DRAWN:
                raise too_much("draws the same things too often")
    weights[stream.objgen] = weight
    return weight
