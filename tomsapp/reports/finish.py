"""Turns a drawn PDF into a tagged one: structure, metadata, text maps and attached files."""

import html
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from tomsapp import __version__
from tomsapp.reports.attachments import Attachment, checksum
from tomsapp.reports.colour_profile import NAME as PROFILE_NAME
from tomsapp.reports.colour_profile import srgb_profile
from tomsapp.reports.structure import write_structure
from tomsapp.reports.tags import Element, Place

_PAIR = re.compile(rb"<([0-9A-F]+)> <([0-9A-F]+)>")
_MAP = re.compile(rb"\d+ beginbfchar(.*?)endbfchar\s*", re.DOTALL)
_MOST_PAIRS = 100

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{made}</xmp:CreateDate><xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:CreatorTool>{tool}</xmp:CreatorTool><pdf:Producer>{tool}</pdf:Producer>
<pdfuaid:part>1</pdfuaid:part>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file keeps to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


@dataclass(frozen=True)
class Details:
    """What the PDF says of itself; `made` is given by the caller and must know its time zone."""

    title: str
    author: str
    made: datetime
    language: str = "en-GB"

    def __post_init__(self) -> None:
        if self.made.tzinfo is None:
            raise ValueError("The time at which a report was made needs a time zone.")


def finish(
    data: bytes,
    root: Element,
    details: Details,
    attachments: Sequence[Attachment] = (),
    places: Mapping[str, Place] | None = None,
    tick: Callable[[], None] | None = None,
) -> bytes:
    """Tag the PDF for PDF/UA-1 and attach files; the same input gives the same bytes.

    `tick` hears of progress; what it raises ends the work.
    """
    told = tick or _tell_nobody
    told()
    with pikepdf.open(BytesIO(data)) as pdf:
        _repair_text_maps(pdf)
        write_structure(pdf, root, places or {}, told)
        _describe(pdf, details)
        if attachments:
            _attach(pdf, attachments, _pdf_date(details.made))
        told()
        out = BytesIO()
        pdf.save(
            out,
            min_version="1.7",
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
        )
    return out.getvalue()


def _tell_nobody() -> None:
    """Progress that nobody hears."""


def _pdf_date(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("D:%Y%m%d%H%M%S+00'00'")


def _plain(text: str) -> str:
    """Text without control signs and lone surrogates, which neither XML nor a PDF string can hold."""
    return "".join(" " if char in "\t\r\n" else char for char in text if _is_plain(char))


def _is_plain(char: str) -> bool:
    return char in "\t\r\n" or unicodedata.category(char) not in {"Cc", "Cs", "Cn", "Co", "Cf"}


def _describe(pdf: pikepdf.Pdf, details: Details) -> None:
    """Write title, author, dates and language where PDF readers look for them."""
    title, author, tool = _plain(details.title), _plain(details.author), f"tomsapp {__version__}"
    made = _pdf_date(details.made)
    pdf.trailer.Info = pdf.make_indirect(
        Dictionary(
            Title=String(title),
            Author=String(author),
            Creator=String(tool),
            Producer=String(tool),
            CreationDate=String(made),
            ModDate=String(made),
        )
    )
    root = pdf.Root
    root.Lang = String(details.language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    fields = {"title": title, "author": author, "tool": tool, "language": details.language}
    fields["made"] = details.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    xmp = _XMP.format(**{name: html.escape(value) for name, value in fields.items()})
    profile = pdf.make_stream(srgb_profile(), N=3, Alternate=Name.DeviceRGB)
    root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String(PROFILE_NAME),
                Info=String(PROFILE_NAME),
                RegistryName=String("http://www.color.org"),
                DestOutputProfile=profile,
            )
        ]
    )
    root.Metadata = pdf.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _repair_text_maps(pdf: pikepdf.Pdf) -> None:
    """Rewrite ToUnicode: no empty entries, at most 100 in a block, and pairs for high characters."""
    for item in pdf.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and "/ToUnicode" in item:
            old = item.ToUnicode.read_bytes()
            found = _MAP.search(old)
            if found is not None:
                blocks = b"".join(_blocks(list(_pairs(found.group(1)))))
                item.ToUnicode = pdf.make_stream(old[: found.start()] + blocks + old[found.end() :])


def _pairs(text: bytes) -> Iterator[bytes]:
    for code, value in _PAIR.findall(text):
        number = int(value, 16)
        if number and number not in {0xFEFF, 0xFFFE} and not 0xD800 <= number <= 0xDFFF:
            yield b"<%b> <%b>" % (code, chr(number).encode("utf-16-be").hex().upper().encode())


def _blocks(pairs: Sequence[bytes]) -> Iterator[bytes]:
    for start in range(0, len(pairs), _MOST_PAIRS):
        part = pairs[start : start + _MOST_PAIRS]
        yield b"%d beginbfchar\n%b\nendbfchar\n" % (len(part), b"\n".join(part))


def _attach(pdf: pikepdf.Pdf, attachments: Sequence[Attachment], made: str) -> None:
    """Embed files, listed by name and as files that belong to the whole document."""
    names: list[object] = []
    specs: list[object] = []
    for item in sorted(attachments, key=lambda item: item.name):
        spec = pdf.make_indirect(_file_spec(pdf, item, made))
        names += [String(item.name), spec]
        specs.append(spec)
    if len({item.name for item in attachments}) != len(attachments):
        raise ValueError("Two attachments have the same name.")
    tree = pdf.make_indirect(Dictionary(Names=Array(names)))
    if "/Names" not in pdf.Root:
        pdf.Root.Names = Dictionary()
    pdf.Root.Names.EmbeddedFiles = tree
    pdf.Root.AF = Array(specs)


def _file_spec(pdf: pikepdf.Pdf, item: Attachment, made: str) -> Dictionary:
    stream = pdf.make_stream(item.data, Type=Name.EmbeddedFile, Subtype=Name("/" + item.mime))
    stream.Params = Dictionary(
        Size=len(item.data),
        CreationDate=String(made),
        ModDate=String(made),
        CheckSum=String(checksum(item.data)),
    )
    return Dictionary(
        Type=Name.Filespec,
        F=String(item.name),
        UF=String(item.name),
        Desc=String(_plain(item.description)),
        AFRelationship=Name("/" + item.relationship.value),
        EF=Dictionary(F=stream, UF=stream),
    )
