"""Writes the structure tree into a PDF and ties marked content and links to it."""

from collections.abc import Callable, Mapping

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tomsapp.reports.tags import Element, Link, Mark, Place

_ELEMENTS_BETWEEN_TICKS = 1000


class _Writer:
    """Walks the elements once, in reading order."""

    def __init__(self, pdf: pikepdf.Pdf, places: Mapping[str, Place], tick: Callable[[], None]) -> None:
        self._pdf = pdf
        self._tick = tick
        self._written = 0
        self._places = places
        self._names: dict[str, pikepdf.Object] = {}
        self._pages = [page.obj for page in pdf.pages]
        self._marks: list[dict[int, pikepdf.Object]] = [{} for _ in self._pages]
        self._links: list[pikepdf.Object] = []

    def write(self, root: Element) -> None:
        """Make the tree, the way back from marks to elements, and the tab order of each page."""
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._numbers())))
        tree.ParentTreeNextKey = len(self._pages) + len(self._links)
        if self._names:
            pairs = [item for name in sorted(self._names) for item in (String(name), self._names[name])]
            tree.IDTree = self._pdf.make_indirect(Dictionary(Names=Array(pairs)))
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        self._written += 1
        if self._written % _ELEMENTS_BETWEEN_TICKS == 0:
            self._tick()
        node = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        if element.alt:
            node.Alt = String(element.alt)
        if element.name:
            node.ID = String(element.name)
            self._names[element.name] = node
        attributes = _attributes(element)
        if attributes is not None:
            node.A = attributes
        page = next((kid.page for kid in element.kids if isinstance(kid, Mark)), None)
        if page is not None:
            node.Pg = self._pages[page]
        kids = [self._kid(kid, node, page) for kid in element.kids]
        if kids:
            node.K = Array(kids)
        return node

    def _kid(self, kid: Element | Mark | Link, node: pikepdf.Object, page: int | None) -> pikepdf.Object | int:
        if isinstance(kid, Element):
            return self._element(kid, node)
        if isinstance(kid, Link):
            return self._link(kid, node)
        self._marks[kid.page][kid.number] = node
        if kid.page == page:
            return kid.number
        return Dictionary(Type=Name.MCR, Pg=self._pages[kid.page], MCID=kid.number)

    def _link(self, link: Link, node: pikepdf.Object) -> pikepdf.Object:
        page = self._pages[link.page]
        annotation = self._pdf.make_indirect(
            Dictionary(
                Type=Name.Annot,
                Subtype=Name.Link,
                Rect=Array([round(edge, 2) for edge in link.box]),
                Border=Array([0, 0, 0]),
                F=4,
                Contents=String(link.text),
                StructParent=len(self._pages) + len(self._links),
            )
        )
        if link.address:
            annotation.A = Dictionary(S=Name.URI, URI=String(link.address))
        else:
            place = self._places[link.bookmark]
            annotation.Dest = Array([self._pages[place.page], Name.XYZ, None, round(place.height, 2), None])
        self._links.append(node)
        if "/Annots" not in page:
            page.Annots = Array()
        page.Annots.append(annotation)
        return Dictionary(Type=Name.OBJR, Pg=page, Obj=annotation)

    def _numbers(self) -> list[pikepdf.Object | int]:
        numbers: list[pikepdf.Object | int] = []
        for index, (page, marks) in enumerate(zip(self._pages, self._marks, strict=True)):
            page.StructParents = index
            page.Tabs = Name.S
            owners = Array([marks[number] for number in range(len(marks))])
            numbers += [index, self._pdf.make_indirect(owners)]
        for index, node in enumerate(self._links, start=len(self._pages)):
            numbers += [index, node]
        return numbers


def _attributes(element: Element) -> pikepdf.Object | None:
    if element.bbox is not None:
        box = Array([round(edge, 2) for edge in element.bbox])
        return Dictionary(O=Name.Layout, BBox=box, Placement=Name.Block)
    if element.scope or element.span > 1 or element.heads:
        table = Dictionary(O=Name.Table)
        if element.heads:
            table.Headers = Array([String(name) for name in element.heads])
        if element.scope:
            table.Scope = Name("/" + element.scope)
        if element.span > 1:
            table.ColSpan = element.span
        return table
    return None


def write_structure(pdf: pikepdf.Pdf, root: Element, places: Mapping[str, Place], tick: Callable[[], None]) -> None:
    """Write the structure tree below `root`, with links as annotations.

    Args:
        pdf: the file without structure.
        root: the whole document.
        places: where its bookmarks lead.
        tick: hears of progress; what it raises ends the work.
    """
    _Writer(pdf, places, tick).write(root)
