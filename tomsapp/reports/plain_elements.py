"""The structure of a report as plain bytes, so that another process can write it into the PDF.

It is written in pieces, as are read: who has hundreds of thousands of elements gives way to others between two.
"""

import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from tomsapp.reports.tags import Element, Link, Mark

_AT_ONCE = 2_000


def plain_elements(root: Element) -> bytes:
    """An element with all that is below it, in reading order; a line for each piece."""
    told = _told(root)
    pieces = iter(lambda: list(islice(told, _AT_ONCE)), [])
    return b"\n".join(json.dumps(piece, separators=(",", ":")).encode() for piece in pieces)


def _told(root: Element) -> Iterator[list[object]]:
    waiting: list[Element | Mark | Link] = [root]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Element):
            yield _element(each)
            waiting.extend(reversed(each.kids))
        elif isinstance(each, Mark):
            yield [each.page, each.number]
        else:
            yield [each.page, each.box, each.text, each.address, each.bookmark]


def _element(each: Element) -> list[object]:
    """Tag and number of kids, which is all that most have to say, and the rest where there is any."""
    rest = (each.alt, each.scope, each.span, each.name, each.heads, each.bbox)
    is_bare = rest == ("", "", 1, "", (), None)
    return [each.tag, len(each.kids)] if is_bare else [each.tag, len(each.kids), *rest]


def elements_in(data: bytes) -> Element:
    """The element that `plain_elements` was given."""
    found = (each for line in data.split(b"\n") for each in json.loads(line))
    root, kids = _read_element(next(found))
    open_elements = [(root, kids)]
    while open_elements:
        element, left = open_elements.pop()
        while left:
            left -= 1
            told = next(found)
            if isinstance(told[0], str):
                kid, own = _read_element(told)
                element.kids.append(kid)
                open_elements.append((element, left))
                element, left = kid, own
            else:
                element.kids.append(_read_leaf(told))
    return root


def _read_element(told: list[Any]) -> tuple[Element, int]:
    tag, kids, *rest = told
    if not rest:
        return Element(tag), kids
    alt, scope, span, name, heads, box = rest
    return Element(tag, alt, scope, span, name, tuple(heads), None if box is None else tuple(box)), kids


def _read_leaf(told: list[Any]) -> Mark | Link:
    if len(told) == len(Mark.__slots__):
        return Mark(*told)
    page, box, *words = told
    return Link(page, tuple(box), *words)
