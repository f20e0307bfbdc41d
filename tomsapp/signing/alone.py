"""What came into a PDF with its signature: nothing but the signature, or more.

A signature is added after the document by whoever signs. It covers what was added with it too, so that a page could be
changed in the same step and the signature would hold. Hence each object that came with it is looked at.
"""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.reader import PdfFileReader

_END = b"%%EOF"
_FORM, _EXTENSIONS, _PERMISSIONS = "/AcroForm", "/Extensions", "/Perms"
_FIELD = frozenset({"/F", "/FT", "/P", "/Rect", "/Subtype", "/T", "/Type", "/V"})
_SIGNATURE = frozenset(
    {
        "/ByteRange",
        "/Contents",
        "/Filter",
        "/M",
        "/Name",
        "/Prop_Build",
        "/Reason",
        "/Reference",
        "/SubFilter",
        "/Type",
    }
)
_OUTSIDE = "[ -9999 -9999 -9999 -9999 ]"
_PRINTED_AND_LOCKED = "132"
_PADES_EXTENSION = "<< /ESIC << /Type /DeveloperExtensions /BaseVersion /1.7 /ExtensionLevel 1 >> >>"


def document_before(signed: bytes, field: DictionaryObject) -> bytes | None:
    """The document as it was before it was signed; None where more than the signature came with it.

    `signed` is all that the signature covers, and `field` is its field.
    """
    now = PdfFileReader(BytesIO(signed))
    last = now.xrefs.total_revisions - 1
    if last < 1:
        return None
    start: int = now.xrefs.get_startxref_for_revision(last - 1)
    end = signed.find(_END, start) + len(_END)
    document = signed[: end + 1] if signed[end : end + 1] == b"\n" else signed[:end]
    before = PdfFileReader(BytesIO(document))
    try:
        is_alone = before.last_startxref == start and _is_signature_alone(now, before, signed, field)
    except (KeyError, IndexError, TypeError, AttributeError):
        # What came is put together in another way than this program does it.
        return None
    return document if is_alone else None


def _is_signature_alone(now: PdfFileReader, before: PdfFileReader, signed: bytes, field: DictionaryObject) -> bool:
    last = now.xrefs.total_revisions - 1
    value, page = (_number(field.raw_get(key)) for key in ("/V", "/P"))
    form = _number(now.root.raw_get(_FORM))
    place = _number(_object(now, form)["/Fields"].raw_get(0))
    came = {now.root_ref.idnum, page, form, place, value, *_list_of_objects(signed, now.last_startxref)}
    return (
        {found.idnum for found in now.xrefs.explicit_refs_in_revision(last)} == came
        and not now.xrefs.refs_freed_in_revision(last)
        and _trailer(now) == _trailer(before)
        and _is_root(now, before, form, value)
        and _is_page(now, before, page, place)
        and _entries(_object(now, form)) == {"/Fields": f"[ {place} 0 R ]", "/SigFlags": "3"}
        and _is_field(_entries(_object(now, place)), page, value)
        and set(_object(now, value).keys()) <= _SIGNATURE
    )


def _object(pdf: Any, number: int) -> Any:
    return pdf.get_object(Reference(number, 0, pdf))


def _number(found: Any) -> int:
    if not isinstance(found, IndirectObject):
        raise TypeError(found)
    return int(found.idnum)


def _list_of_objects(signed: bytes, start: int | None) -> Iterator[int]:
    """The number of the list of objects that stands at a place of the file, where it is an object itself."""
    found = re.compile(rb"\s*(\d+) 0 obj\b").match(signed, start or 0)
    if found:
        yield int(found[1])


def _trailer(pdf: PdfFileReader) -> dict[str, str]:
    return {key: text for key, text in _entries(pdf.trailer_view).items() if key in {"/Encrypt", "/Info", "/Root"}}


def _is_root(now: PdfFileReader, before: PdfFileReader, form: int, value: int) -> bool:
    added = {
        _FORM: f"{form} 0 R",
        _EXTENSIONS: _PADES_EXTENSION,
        _PERMISSIONS: f"<< /DocMDP {value} 0 R >>",
    }
    was = _entries(before.root)
    return not was.keys() & added.keys() and _entries(now.root) == was | added


def _is_page(now: PdfFileReader, before: PdfFileReader, page: int, place: int) -> bool:
    is_now, was = (_entries(_object(pdf, page)) for pdf in (now, before))
    notes = was.get("/Annots", "[ ]").removesuffix("]")
    return is_now == was | {"/Annots": f"{notes}{place} 0 R ]"}


def _is_field(field: Mapping[str, str], page: int, value: int) -> bool:
    return (
        field.keys() == _FIELD
        and field["/FT"] == "/Sig"
        and field["/Subtype"] == "/Widget"
        and field["/F"] == _PRINTED_AND_LOCKED
        and field["/Rect"] == _OUTSIDE
        and field["/P"] == f"{page} 0 R"
        and field["/V"] == f"{value} 0 R"
    )


def _entries(found: Any) -> dict[str, str]:
    """The entries of an object of a PDF as they are written."""
    if not isinstance(found, DictionaryObject):
        raise TypeError(found)
    told: dict[str, str] = {}
    for key in found:
        out = BytesIO()
        found.raw_get(key).write_to_stream(out)
        told[str(key)] = " ".join(out.getvalue().decode("latin-1").split())
    return told
