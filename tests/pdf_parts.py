"""Changes of a finished PDF that leave the words and pictures of its pages alone, each with what is said of it."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from pikepdf import Array, Dictionary, Name, String

Change = Callable[[pikepdf.Pdf], None]
SCRIPT = "app.alert('Approved');"


def changed(data: bytes, *changes: Change) -> bytes:
    """The PDF with some changes, saved again."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        for change in changes:
            change(opened)
        opened.save(out)
    return out.getvalue()


def script() -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(SCRIPT))


def other_title(opened: pikepdf.Pdf) -> None:
    opened.docinfo.Title = String("Approved by the council")


def other_author(opened: pikepdf.Pdf) -> None:
    opened.docinfo.Author = String("The Mayor")


def without_author(opened: pikepdf.Pdf) -> None:
    del opened.docinfo.Author


def subject(opened: pikepdf.Pdf) -> None:
    opened.docinfo.Subject = String("Approved " * 100)


def maker(opened: pikepdf.Pdf) -> None:
    opened.docinfo.Producer = String("Another program")


def metadata(opened: pikepdf.Pdf) -> None:
    text = opened.Root.Metadata.read_bytes().replace(b'xml:lang="x-default">', b'xml:lang="x-default">Approved: ')
    opened.Root.Metadata = opened.make_stream(text, Type=Name.Metadata, Subtype=Name.XML)


def without_metadata(opened: pikepdf.Pdf) -> None:
    del opened.Root.Metadata


def open_action(opened: pikepdf.Pdf) -> None:
    opened.Root.OpenAction = script()


def more_actions(opened: pikepdf.Pdf) -> None:
    opened.Root.AA = Dictionary(WC=script())


def page_action(opened: pikepdf.Pdf) -> None:
    opened.pages[0].obj.AA = Dictionary(O=script())


def named_script(opened: pikepdf.Pdf) -> None:
    opened.Root.Names.JavaScript = Dictionary(Names=Array([String("a"), script()]))


def layers(opened: pikepdf.Pdf) -> None:
    layer = opened.make_indirect(Dictionary(Type=Name.OCG, Name=String("Hidden")))
    opened.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))


def form(opened: pikepdf.Pdf) -> None:
    field = Dictionary(Subtype=Name.Widget, FT=Name.Tx, T=String("total"), Rect=Array([0, 0, 0, 0]), F=2)
    _add_note(opened, field)
    opened.Root.AcroForm = Dictionary(Fields=Array([opened.pages[0].obj.Annots[-1]]))


def note_with_script(opened: pikepdf.Pdf) -> None:
    _add_note(opened, Dictionary(Subtype=Name.Link, Rect=Array([0, 0, 1, 1]), F=2, A=script()))


def chained_script(opened: pikepdf.Pdf) -> None:
    _links(opened)[0].A.Next = script()


def other_address(opened: pikepdf.Pdf) -> None:
    _links(opened)[0].A.URI = String("https://example.org/other")


def script_elsewhere(opened: pikepdf.Pdf) -> None:
    """A script where no part that is looked at by itself leads to."""
    opened.Root.StructTreeRoot.PieceInfo = opened.make_indirect(script())


def link_that_does_more(opened: pikepdf.Pdf) -> None:
    _links(opened)[0].AA = Dictionary(E=script())


def without_link(opened: pikepdf.Pdf) -> None:
    gone = _links(opened)[0]
    for page in opened.pages:
        notes = page.obj.get("/Annots", [])
        page.obj.Annots = Array([note for note in notes if note.objgen != gone.objgen])


def carried_file(opened: pikepdf.Pdf) -> None:
    opened.attachments["approval.txt"] = b"Approved"


def other_description(opened: pikepdf.Pdf) -> None:
    opened.Root.AF[0].Desc = String("Approved")


def read_aloud(opened: pikepdf.Pdf) -> None:
    opened.Root.StructTreeRoot.K.ActualText = String("Approved")


def heading_with_script(opened: pikepdf.Pdf) -> None:
    opened.Root.Outlines.First.A = script()


def said_unseen(opened: pikepdf.Pdf) -> None:
    page = opened.pages[0].obj
    said = opened.make_stream(b"/Span <</ActualText (Approved)>> BDC EMC\n")
    page.Contents = Array([said, page.Contents])


def letters_unseen(opened: pikepdf.Pdf) -> None:
    """A typeface with a byte more, as one whose letters differ by less than a dot."""
    (font, *_) = (each for each in opened.objects if isinstance(each, Dictionary) and "/FontFile2" in each)
    held = font.FontFile2.read_bytes()
    font.FontFile2 = opened.make_stream(held + b"\0", Length1=len(held) + 1)


def resources_above(opened: pikepdf.Pdf) -> None:
    """What the first page is drawn with, said by the part of the tree that it hangs on; this changes nothing."""
    page = opened.pages[0].obj
    branch = opened.make_indirect(
        Dictionary(Type=Name.Pages, Count=1, Kids=Array([page]), Parent=page.Parent, Resources=page.Resources)
    )
    page.Parent.Kids[0] = branch
    page.Parent = branch
    del page.Resources


def _add_note(opened: pikepdf.Pdf, note: Dictionary) -> None:
    page = opened.pages[0].obj
    page.Annots = Array([*page.get("/Annots", []), opened.make_indirect(note)])


def _links(opened: pikepdf.Pdf) -> list[Dictionary]:
    return [note for page in opened.pages for note in page.obj.get("/Annots", []) if "/A" in note]
