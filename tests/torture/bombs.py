"""Files made to harm: small ones that become large, deep or endless, each with what it should be called."""

import io
import sqlite3
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache
from pathlib import Path

import pikepdf

from tests.exchange.books import edited
from tests.exchange.sheets.test_bounds import BOMBS as TABLES
from tests.exchange.sheets.test_bounds import BOOK, LINKS, PLAIN, sheet, styles

Maker = Callable[[], bytes]


def zipped(*parts: tuple[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as package:
        for name, data in parts:
            package.writestr(name, data)
    return file.getvalue()


def zip_of_zips() -> bytes:
    """Ten levels of ten."""
    data = zipped(*((f"{number}.txt", bytes(10_000_000)) for number in range(10)))
    for level in range(10):
        data = zipped(*((f"{level}-{number}.zip", data) for number in range(3)))
    return data


def overlapping_zip() -> bytes:
    """Many names for the same packed bytes, as in the bomb of David Fifield."""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(20_000_000)) + kernel.flush()
    names = [b"[Content_Types].xml", b"xl/workbook.xml", *(b"xl/%d.xml" % number for number in range(3_000))]
    local = struct.pack("<4sHHHHHIIIHH", b"PK\3\4", 20, 0, 8, 0, 0, 0, len(packed), 20_000_000, len(names[0]), 0)
    body = local + names[0] + packed
    central = b"".join(
        struct.pack(
            "<4sHHHHHHIIIHHHHHII",
            b"PK\1\2", 20, 20, 0, 8, 0, 0, 0, len(packed), 20_000_000, len(name), 0, 0, 0, 0, 0, 0,
        ) + name
        for name in names
    )  # fmt: skip
    end = struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(names), len(names), len(central), len(body), 0)
    return body + central + end


def billion_laughs() -> bytes:
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    head = b'<!DOCTYPE x [<!ENTITY a0 "lol">' + laughs + b"]>"
    return sheet(lambda xml: xml.replace(b"<worksheet", head + b"<worksheet", 1).replace(b"<v>", b"<v>&a9;", 1))


def defined_names() -> bytes:
    name = b'<definedName name="n">Offer!$A$1:$XFD$1048576</definedName>'
    return edited(PLAIN, BOOK, lambda xml: xml.replace(b"</sheets>", b"</sheets><definedNames>" + name * 1_500_000, 1))


def links() -> bytes:
    link = b'<Relationship Id="r" Type="x/hyperlink" Target="http://a.example" TargetMode="External"/>' * 1_300_000
    return edited(PLAIN, LINKS, lambda old: old.replace(b"</Relationships>", link + b"</Relationships>"))


def columns() -> bytes:
    col = b'<col min="1" max="16384" hidden="1"/>' * 1_300_000
    return sheet(lambda xml: xml.replace(b"<sheetData>", b"<cols>" + col + b"</cols><sheetData>", 1))


def formats() -> bytes:
    code = (
        b"<numFmts>"
        + b"".join(
            b'<numFmt numFmtId="%d" formatCode="%s"/>' % (200 + n, b"[&gt;%d]0.00;" % n * 300) for n in range(8_000)
        )
        + b"</numFmts>"
    )
    return styles(code)


def quoted_csv() -> bytes:
    return b'Code,Year 1\r\nS08,"' + b"x\n" * 9_000_000


def wide_csv() -> bytes:
    return b"Code" + b"," * 18_000_000


def many_csv_rows() -> bytes:
    return b"S08,1\r\n" * 2_800_000


def nulls_csv() -> bytes:
    return b"a,b\r\n" + bytes(19_000_000)


def utf16_csv() -> bytes:
    return "\ufeffCode,Year 1\r\n".encode("utf-16-le") + "S08,1\r\n".encode("utf-16-le") * 1_300_000


def html() -> bytes:
    return b"<html><table>" + b"<tr><td>1</td></tr>" * 900_000


def deep_json() -> bytes:
    return b'{"contract":' + b"[" * 9_000_000


def wide_json() -> bytes:
    return b'{"contract": {}, "commitments": [' + b"{}," * 6_000_000 + b"{}]}"


def nested_json() -> bytes:
    lists = b",".join([b"[" + b"[]," * 90_000 + b"[]]"] * 70)
    return b'{"contract": {}, "commitments": [' + lists + b"]}"


def names_json() -> bytes:
    return b'{"contract": {' + b",".join(b'"%d":1' % number for number in range(1_500_000)) + b"}}"


def number_json() -> bytes:
    return b'{"contract": {"value": ' + b"9" * 19_000_000 + b"}}"


def text_json() -> bytes:
    return b'{"contract": {"title": "' + "\U0001f33b".encode() * 4_900_000 + b'"}}'


def escapes_json() -> bytes:
    return b'{"contract": {"title": "' + b"\\u0041" * 3_200_000 + b'"}}'


JSON: Mapping[str, Maker] = {
    "deep": deep_json, "wide": wide_json, "nested": nested_json, "names": names_json, "number": number_json,
    "text": text_json, "escapes": escapes_json,
}  # fmt: skip


def toml(text: str) -> bytes:
    return text.encode()


TOML: Mapping[str, Maker] = {
    "deep arrays": lambda: toml("a = " + "[" * 900_000),
    "deep tables": lambda: toml("a = " + "{a=" * 300_000),
    "long name": lambda: toml("a" + ".a" * 450_000 + " = 1"),
    "many tables": lambda: toml("".join(f"[t{n}]\n" for n in range(110_000))),
    "many keys": lambda: toml("".join(f"k{n} = 1\n" for n in range(90_000))),
    "number": lambda: toml("a = " + "9" * 900_000),
    "text": lambda: toml('a = """' + "x" * 900_000),
    "dotted tables": lambda: toml("".join(f"[a.b.c.d.e.f.g.h{n}]\nx = 1\n" for n in range(30_000))),
    "array of tables": lambda: toml("[[a]]\n" * 160_000),
}


def pdf(change: Callable[[pikepdf.Pdf], None], **saved: object) -> bytes:
    file = io.BytesIO()
    with pikepdf.new() as made:
        made.add_blank_page()
        change(made)
        made.save(file, static_id=True, **saved)  # type: ignore[arg-type]
    return file.getvalue()


def stream(made: pikepdf.Pdf, data: bytes, **entries: object) -> pikepdf.Object:
    packed = pikepdf.Stream(made, zlib.compress(data, 1))
    packed.Filter = pikepdf.Name.FlateDecode
    for name, value in entries.items():
        packed[f"/{name}"] = value
    return made.make_indirect(packed)


def attach(made: pikepdf.Pdf, *streams: pikepdf.Object) -> None:
    names = pikepdf.Array()
    for number, each in enumerate(streams):
        spec = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, F=f"{number}.json", UF=f"{number}.json")
        spec.EF = pikepdf.Dictionary(F=each, UF=each)
        names.extend([pikepdf.String(f"{number}.json"), made.make_indirect(spec)])
    made.Root.Names = pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=names))


def big_attachment() -> bytes:
    return pdf(lambda made: attach(made, stream(made, bytes(200_000_000))))


def many_attachments() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        one = stream(made, bytes(60_000_000))
        attach(made, *[one] * 5_000)

    return pdf(change)


def twice_packed() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        twice = pikepdf.Stream(made, zlib.compress(zlib.compress(bytes(300_000_000), 1), 9))
        twice.Filter = pikepdf.Array([pikepdf.Name.FlateDecode, pikepdf.Name.FlateDecode])
        attach(made, made.make_indirect(twice))

    return pdf(change)


def many_objects() -> bytes:
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n[]\nendobj\n" % number for number in range(1, 600_000))
    places = b"xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + places


def raw_pdf(objects: Mapping[int, bytes]) -> bytes:
    """A PDF as it is written by hand."""
    out, places = b"%PDF-1.7\n", {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    size = max(objects) + 1
    lines = [b"0000000000 65535 f \n"]
    lines += [
        b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
        for number in range(1, size)
    ]
    tail = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n" % size + b"".join(lines) + tail


def deep_pages() -> bytes:
    objects = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    for number in range(2, 50_000):
        objects[number] = b"<</Type/Pages/Count 1/Kids[%d 0 R]>>" % (number + 1)
    objects[50_000] = b"<</Type/Page/Parent 49999 0 R/MediaBox[0 0 9 9]>>"
    return raw_pdf(objects)


def round_pages() -> bytes:
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 9/Kids[2 0 R 2 0 R 2 0 R]>>"})


def many_pages() -> bytes:
    kids = b"3 0 R " * 900_000
    return raw_pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 900000/Kids[" + kids + b"]>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
    })  # fmt: skip


def no_pages() -> bytes:
    """A list of pages, none of which is there."""
    return raw_pdf(
        {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Count 0/Kids[" + b"9 0 R " * 599_000 + b"]>>"}
    )


def deep_arrays() -> bytes:
    return raw_pdf({1: b"<</Type/Catalog/Pages 2 0 R/X " + b"[" * 500_000 + b">>", 2: b"<</Type/Pages/Kids[]>>"})


def object_streams(data: bytes, packing: bytes = b"/FlateDecode", *, twice: bool = False) -> bytes:
    packed = zlib.compress(data, 1)
    if twice:
        packed = zlib.compress(packed, 1)
    body = b"%PDF-1.7\n"
    at = len(body)
    body += b"1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    held = len(body)
    body += b"3 0 obj\n<</Type/ObjStm/N 1/First 4/Filter %s/Length %d>>stream\n" % (packing, len(packed))
    body += packed + b"\nendstream\nendobj\n"
    table_at = len(body)
    entries = b"".join(
        struct.pack(">BIB", *entry) for entry in ((0, 0, 0), (1, at, 0), (2, 3, 0), (1, held, 0), (1, table_at, 0))
    )
    body += b"4 0 obj\n<</Type/XRef/Size 5/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % len(entries)
    return body + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


def many_object_streams(data: bytes, number: int, kind: bytes = b"/Type/ObjStm") -> bytes:
    """As `object_streams`, with so many of them, each within the bound of one."""
    packed, body, places = zlib.compress(data, 1), b"%PDF-1.7\n", [b"\0" * 6]
    for held, made in enumerate([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>"], start=1):
        places.append(struct.pack(">BIB", 1, len(body), 0))
        body += b"%d 0 obj\n%s\nendobj\n" % (held, made)
    head = b"<<%s/N 1/First 10/Filter/FlateDecode/Length %d>>stream\n" % (kind, len(packed))
    for held in range(3, 3 + 2 * number, 2):
        places.append(struct.pack(">BIB", 1, len(body), 0))
        body += b"%d 0 obj\n%s%s\nendstream\nendobj\n" % (held, head, packed)
        places.append(struct.pack(">BIB", 2, held, 0))
    table_at, entries = len(body), b"".join(places)
    body += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Root 1 0 R/Length %d>>stream\n" % (
        len(places), len(places), len(entries)
    )  # fmt: skip
    return body + entries + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


def with_more(paper: bytes, number: int, data: bytes) -> bytes:
    """A paper of ours, to which an object was added that nothing in it leads to."""
    with pikepdf.open(io.BytesIO(paper)) as made:
        root = made.Root.objgen[0]
    before = paper[paper.rindex(b"startxref") + 9 :].split()[0]
    at = len(paper)
    body = paper + b"%d 0 obj\n%s\nendobj\n" % (number, data)
    table_at, entry = len(body), struct.pack(">BIB", 1, at, 0)
    body += b"%d 0 obj\n<</Type/XRef/Size %d/W[1 4 1]/Index[%d 1]/Root %d 0 R/Prev %s/Length 6>>stream\n" % (
        number + 1, number + 2, number, root, before
    )  # fmt: skip
    return body + entry + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF" % table_at


@cache
def numbers(most: int) -> bytes:
    """Numbers that pack badly, as they must not be told from those of a paper by how well they do."""
    return b" ".join(b"%d" % (each * 7_919 % 999_983) for each in range(most))


_ONE_MILLION = 1_000_000
NUMBERS: Mapping[str, Maker] = {
    "two million numbers in a packed object": lambda: object_streams(b"2 0 [" + numbers(2 * _ONE_MILLION) + b"]"),
    "two million in ten packed objects": lambda: many_object_streams(b"4 0       [" + numbers(200_000) + b"]", 10),
    "two million that do not say what they are": lambda: many_object_streams(
        b"4 0       [" + numbers(2 * _ONE_MILLION) + b"]", 1, b""
    ),
    "two million packed as a picture": lambda: many_object_streams(
        b"4 0       [" + numbers(2 * _ONE_MILLION) + b"]", 1, b"/Subtype/Image"
    ),
    "two million numbers, not packed": lambda: raw_pdf({
        1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]>>", 3: b"[" + numbers(2 * _ONE_MILLION) + b"]",
    }),
    "names in a dictionary": lambda: object_streams(
        b"2 0 <<" + b"".join(b"/a%d 1" % each for each in range(_ONE_MILLION)) + b">>"
    ),
    "a million lists": lambda: object_streams(b"2 0 [" + b"[]" * _ONE_MILLION + b"]"),
    "lists in lists": lambda: object_streams(b"2 0 [" + (b"[" * 90 + b"]" * 90) * 20_000 + b"]"),
    "a million texts": lambda: object_streams(b"2 0 [" + b"(a)" * _ONE_MILLION + b"]"),
    "a catalogue of two million numbers": lambda: raw_pdf({
        1: b"<</Type/Catalog/Pages 2 0 R/X[" + numbers(2 * _ONE_MILLION) + b"]>>", 2: b"<</Type/Pages/Kids[]>>",
    }),
}  # fmt: skip
"""Much to make objects of, in what is within all other bounds."""


def drawn_often() -> bytes:
    """Ten forms, each of which draws the next one ten times."""

    def change(made: pikepdf.Pdf) -> None:
        below = stream(made, b"0 0 9 9 re f\n" * 1_000, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9])
        for _ in range(10):
            drawn = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=below))
            below = stream(made, b"/A Do\n" * 10, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9], Resources=drawn)
        page = made.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=below))
        page.Contents = stream(made, b"/A Do\n")

    return pdf(change)


def tiny_pattern() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        tile = stream(made, b"0 0 1 1 re f", PatternType=1, PaintType=1, TilingType=1, BBox=[0, 0, 1, 1], XStep=0.0001,
                      YStep=0.0001, Resources=pikepdf.Dictionary())  # fmt: skip
        page = made.pages[0].obj
        page.Resources = pikepdf.Dictionary(Pattern=pikepdf.Dictionary(P=tile))
        page.Contents = stream(made, b"/Pattern cs /P scn 0 0 600 800 re f")

    return pdf(change)


def big_picture() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        image = stream(made, bytes(60_000), Subtype=pikepdf.Name.Image, Width=60_000, Height=60_000,
                       BitsPerComponent=8, ColorSpace=pikepdf.Name.DeviceRGB)  # fmt: skip
        page = made.pages[0].obj
        page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(I=image))
        page.Contents = stream(made, b"600 0 0 800 0 0 cm /I Do")

    return pdf(change)


def big_contents() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Contents = pikepdf.Array([stream(made, b"0 0 1 1 re f\n" * 4_000_000)] * 400)

    return pdf(change)


def big_page() -> bytes:
    def change(made: pikepdf.Pdf) -> None:
        made.pages[0].obj.Contents = stream(made, b"q 0 0 1 1 re f Q\n" * 1_200_000)

    return pdf(change)


PDFS: Mapping[str, Maker] = {
    "attachment of 200 MB": big_attachment, "5,000 attachments of one stream": many_attachments,
    "attachment packed twice": twice_packed, "many objects": many_objects, "deep tree of pages": deep_pages,
    "pages in a circle": round_pages, "900,000 pages": many_pages,
    "599,000 pages that are not there": no_pages, "deep arrays": deep_arrays,
    "object stream of 300 MB": lambda: object_streams(b"2 0 " + b" " * 300_000_000),
    "object stream packed twice": lambda: object_streams(
        b"2 0 " + b" " * 300_000_000, b"[/FlateDecode/FlateDecode]", twice=True
    ),
    "object stream of numbers": lambda: object_streams(b"2 0 [" + b"1 " * 25_000_000 + b"]"),
    "forms in forms": drawn_often, "tiny pattern": tiny_pattern, "picture of 60,000 by 60,000": big_picture,
    "long contents": big_contents, "a page of 20 MB": big_page, **NUMBERS,
}  # fmt: skip


def png(width: int, height: int, data: bytes, kind: int = 2, *more: tuple[bytes, bytes]) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *(chunk(*each) for each in more), chunk(b"IDAT", zlib.compress(data, 1))]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts) + chunk(b"IEND", b"")


def jpeg(width: int, height: int) -> bytes:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (16, 16), "red").save(file, "JPEG")
    data = bytearray(file.getvalue())
    at = data.find(b"\xff\xc0")
    data[at + 5 : at + 9] = struct.pack(">HH", height, width)
    return bytes(data)


PICTURES: Mapping[str, Maker] = {
    "60,000 by 60,000": lambda: png(60_000, 60_000, bytes(1_000)),
    "4,000 by 1,200": lambda: png(4_000, 1_200, bytes(3 * 4_001 * 1_200)),
    "more data than pixels": lambda: png(10, 10, bytes(200_000_000)),
    "fewer data than pixels": lambda: png(2_000, 2_000, b""),
    "text of 200 MB": lambda: png(10, 10, b"", 2, (b"zTXt", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))),
    "profile of 200 MB": lambda: png(10, 10, b"", 2, (b"iCCP", b"a\0\0" + zlib.compress(bytes(200_000_000), 9))),
    "many texts": lambda: png(10, 10, b"", 2, *[(b"zTXt", b"a\0\0" + zlib.compress(bytes(900_000), 9))] * 1_500),
    "JPEG that lies": lambda: jpeg(65_000, 65_000),
    "JPEG that lies a little": lambda: jpeg(2_000, 1_999),
    "SVG": lambda: b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 100_000,
    "GIF": lambda: b"GIF89a" + struct.pack("<HH", 65_000, 65_000) + bytes(100),
}


def database(folder: Path, template: Path, statement: str) -> Path:
    path = folder / "council.toms"
    path.write_bytes(template.read_bytes())
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(statement)
    return path


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS version_num FROM n"
DATABASES: Mapping[str, str] = {
    "view without end": f"DROP TABLE tomsapp_version; CREATE VIEW tomsapp_version AS {ENDLESS}",
    "trigger": "CREATE TRIGGER spy AFTER INSERT ON supplier BEGIN SELECT randomblob(1000000000); END",
    "generated column": "CREATE TABLE more (a, b AS (hex(zeroblob(1000000000))))",
    "2,500 tables": "".join(f"CREATE TABLE t{number} (a);" for number in range(2_500)),
    "statement of 30 MB": f"CREATE TABLE long (a DEFAULT '{'x' * 30_000_000}')",
    "index on an expression": "CREATE INDEX heavy ON supplier (hex(name))",
    "full-text table": "CREATE VIRTUAL TABLE words USING fts5(a)",
}

MORE_TABLES: Mapping[str, Maker] = {
    "zip of zips": zip_of_zips,
    "overlapping zip": overlapping_zip,
    "a billion laughs": billion_laughs,
    "1,500,000 defined names": defined_names,
    "1,300,000 links": links,
    "1,300,000 columns": columns,
    "8,000 formats with conditions": formats,
    "quoted text of 18 MB": quoted_csv,
    "18,000,000 cells in a row": wide_csv,
    "2,800,000 rows of CSV": many_csv_rows,
    "noughts": nulls_csv,
    "UTF-16": utf16_csv,
    "web page": html,
}


def table_bombs() -> dict[str, Maker]:
    """Every table that is too much; those of the tests of the bounds too, and those of the customer that are here."""
    found = {name: made[0] for name, made in TABLES.items()}
    return {**found, **MORE_TABLES}
