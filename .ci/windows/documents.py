"""The kinds of files that are the program's own: ending, name, icon. Both installers tell Windows of the same ones."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Document:
    """One kind of file.

    Attributes:
        ending: of its files' names.
        name: by which Windows knows the kind, and its icon is called.
        words: as Explorer shows it.
    """

    ending: str
    name: str
    words: str

    @property
    def kind(self) -> str:
        """What Windows calls a programmatic identifier."""
        return f"tomsapp.{self.name}"

    @property
    def icon(self) -> str:
        """Where its icon lies, from the program's folder."""
        return rf"_internal\resources\app\documents\{self.name}.ico"


DOCUMENTS = (
    Document(".tomsdb", "database", "Social value database"),
    Document(".tomspack", "pack", "Tender pack"),
    Document(".tomsoffer", "offer", "Bidder's offer"),
    Document(".tomsreturn", "return", "Supplier's return"),
    Document(".tomseval", "evaluation", "Frozen evaluation"),
)


def for_nsis() -> str:
    """The kinds as a macro of NSIS that does something with each."""
    lines = [f'  !insertmacro ${{DO}} "{each.ending}" "{each.kind}" "{each.words}" "{each.icon}"' for each in DOCUMENTS]
    return "\n".join(["; Written by documents.py.", "!macro EachDocument DO", *lines, "!macroend", ""])
