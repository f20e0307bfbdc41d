"""Who makes a report, when, and for which council: what every page says beside its content."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from tomsapp import __version__
from tomsapp.domain.delivery.contract_files import ContractFile
from tomsapp.domain.history import HistoryHead
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.wording import format_date, plural
from tomsapp.reports.document import RunningText
from tomsapp.reports.finish import Details

EXAMPLE_NOTE = "An example council. It is not real."


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What the maker of a report gives besides its figures; the same context gives the same bytes.

    Attributes:
        logo: the bytes of a PNG or JPEG picture.
        is_example: puts a note on every page.
        signed_on: the day on which the contract was signed, where it is and that is known.
        version_words: which version of the valuation it is, and which it replaces.
        contact: whom the council has set to be asked about it.
        sealed: what was sealed, and in what today's values differ from it, a sentence each.
        today: what today's values make of it in a sentence or two, where its edition is not the newest.
        rules_from: where the policy rules come from.
        history: the head of the history of the database that it was made from.
        files: those that are kept with the contract, without what is in them.
    """

    made_on: date
    council: str = ""
    made_by: str = ""
    logo: bytes = b""
    is_example: bool = False
    version: str = __version__
    signed_on: date | None = None
    version_words: str = ""
    contact: str = ""
    sealed: Sequence[str] = ()
    today: str = ""
    rules_from: RulesFrom = RulesFrom.UNKNOWN
    history: HistoryHead | None = None
    files: Sequence[ContractFile] = ()

    @property
    def made(self) -> str:
        """Who made the report and when, in a sentence."""
        by = f" by {self.made_by}" if self.made_by else ""
        return f"Made {format_date(self.made_on)}{by}."

    @property
    def asked(self) -> str:
        """Whom to ask about it: as the council has set, else the council and who made it."""
        return self.contact or ", ".join(filter(None, (self.council, self.made_by)))

    def details(self, title: str) -> Details:
        """What the PDF says of itself; the day stands at midnight, since the hour is no part of the report."""
        return Details(title, self.council or self.made_by or "tomsapp", datetime.combine(self.made_on, time(), UTC))

    def running(self, document: str, foot: Sequence[str], draft: str = "", mark: str = "DRAFT") -> RunningText:
        """The head and foot of every page; `foot` holds the sentences before "Made …".

        `draft` says in a sentence on every page why the paper is not final, under an outlined `mark` in the head.
        """
        note = EXAMPLE_NOTE if self.is_example else ""
        foot_text = " ".join((*foot, self.made))
        return RunningText(self.council, document, foot_text, note, self.logo, draft, mark, self._history_words)

    @property
    def _history_words(self) -> str:
        head = self.history
        if head is None:
            return ""
        return f"History: {plural(head.place, 'change', 'changes')}, SHA-256 {short_checksum(head.digest)}"


def menu_foot(edition: MenuEdition, where: str = "Menu") -> str:
    """The menu and the ends of its checksum, for the foot of a page; `where` is the heading that has it in full."""
    return f"Menu {edition.name}, SHA-256 {short_checksum(edition.sha256)} (in full under {where})."


def short_checksum(checksum: str) -> str:
    """The first eight and last four signs of a checksum: "4be1 07d2 … 9c3f"."""
    return f"{checksum[:4]} {checksum[4:8]} … {checksum[-4:]}" if checksum else "none"
