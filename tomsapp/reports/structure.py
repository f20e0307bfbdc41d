"""Writes the structure tree into a PDF and ties marked content and links to it."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tomsapp.reports.tags import Element, Link, Mark


class _Writer:
    """Walks the elements once, in reading order."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self._pdf = pdf
        self._pages = [page.obj for page in pdf.pages]
        self._marks: list[dict[int, pikepdf.Object]] = [{} for _ in self._pages]
        self._links: list[pikepdf.Object] = []

    def write(self, root: Element) -> None:
        """Make the tree, the way back from marks to elements, and the tab order of each page."""
        tree = self._pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        tree.K = self._element(root, tree)
        tree.ParentTree = self._pdf.make_indirect(Dictionary(Nums=Array(self._numbers())))
        tree.ParentTreeNextKey = len(self._pages) + len(self._links)
        self._pdf.Root.StructTreeRoot = tree

    def _element(self, element: Element, parent: pikepdf.Object) -> pikepdf.Object:
        node = self._pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name("/" + element.tag), P=parent))
        if element.alt:
            node.Alt = String(element.alt)
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
                A=Dictionary(S=Name.URI, URI=String(link.address)),
                Contents=String(link.text),
                StructParent=len(self._pages) + len(self._links),
            )
        )
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
    if element.scope or element.span > 1:
        table = Dictionary(O=Name.Table)
        if element.scope:
            table.Scope = Name("/" + element.scope)
        if element.span > 1:
            table.ColSpan = element.span
        return table
    return None


def write_structure(pdf: pikepdf.Pdf, root: Element) -> None:
    """Write the structure tree below `root`, with links as annotations."""
    _Writer(pdf).write(root)
