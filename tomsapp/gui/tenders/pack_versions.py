"""The issued versions of a pack: by what each is known, and what it changed; and what is not issued yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from tomsapp.domain.wording import format_date, plural
from tomsapp.gui.tenders.receipt_rows import short_sha
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.text import IconLabel, Text, hairline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tomsapp.domain.tender.issued import IssuedVersion
    from tomsapp.services.tenders.pack_shown import PackShown, VersionShown

_MOST_PENDING = 4
"""So many changes have room over what was issued."""
_GOES_OUT = (
    "Goes out: the pack file, a workbook for each lot, the guide for bidders as PDF and Word, and two pages on how to "
    "answer a tender."
)


def _issued_words(issued: IssuedVersion) -> str:
    done = "issued" if issued.version == 1 else "amended"
    return f"Version {issued.version}, {done} on {format_date(issued.issued_on)} by {issued.by}"


class PackIdentityCard(Card):
    """The newest version: by what it is known, to be put into the notice, and what goes out; `last` stands below."""

    write_wanted = Signal()

    def __init__(self, last: QWidget) -> None:
        super().__init__()
        self._identity = ""
        self.heading = Text("", "h3", wrap=True)
        self.sha = Text("", "body", wrap=True, selectable=True)
        self.copy_button = Button("Copy for the notice", icon_name="copy", does=self.copy)
        self.copy_button.setToolTip("The reference, the version and the SHA-256 of the pack file")
        self.write_button = Button("Write folder and ZIP…", "primary", "download", does=self.write_wanted)
        words = in_column(self.heading, self.sha, Text(_GOES_OUT, "note", "text_muted", wrap=True), gap=3)
        icon = IconLabel("file-check", "primary", 24)
        self.body.addLayout(in_row((icon, TOP), (words, 1), self.copy_button, self.write_button, gap=12))
        self.body.addWidget(hairline())
        self.body.addWidget(last)

    def show_version(self, shown: VersionShown) -> None:
        """Show the newest version."""
        self._identity = shown.identity
        self.heading.setText(_issued_words(shown.issued))
        self.sha.setText(f"SHA-256 {shown.issued.sha256}")
        self.setAccessibleName(f"{self.heading.text()}, {shown.identity}")

    def copy(self) -> None:
        """Copy the identity: "T-2026-003, pack version 2, SHA-256 …"."""
        QGuiApplication.clipboard().setText(self._identity)
        announce(self, "Copied")


class PendingCard(Card):
    """What was changed since the newest version, and how it goes out."""

    amend_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.heading = Text("", "h3", wrap=True)
        self._list = in_column(gap=2)
        self.amend_button = Button("Amend…", does=self.amend_wanted)
        self.amend_button.setToolTip("Set-up, step 5: what is missing is shown there, and the next version issued")
        row = in_row(
            (IconLabel("triangle-alert", "warning_mark", 20), TOP), (self.heading, 1), self.amend_button, gap=10
        )
        self.body.addLayout(row)
        self.body.addWidget(holding(self._list))

    def show_pending(self, shown: PackShown) -> None:
        """Say what bidders do not know yet; hidden where they know all."""
        self.setVisible(bool(shown.pending or shown.trouble))
        empty_layout(self._list)
        changes = plural(len(shown.pending), "change is", "changes are")
        self.heading.setText(shown.trouble or f"{changes} not issued, so bidders do not know of it")
        more = len(shown.pending) - _MOST_PENDING
        for each in shown.pending[:_MOST_PENDING]:
            self._list.addWidget(Text(each, "note", wrap=True, selectable=True))
        if more > 0:
            self._list.addWidget(Text(f"and {more:,} more, which the amendment lists", "note", "text_muted"))
        self.setAccessibleName(". ".join((self.heading.text(), *shown.pending)))


class VersionList(QWidget):
    """Every version with what it changed, the newest first."""

    save_wanted = Signal(int)
    """Number of a version whose pack file is to be saved."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[LinkButton] = []
        self._rows = in_column(gap=10)
        in_column(self._rows, STRETCH, inside=self)

    def show_versions(self, versions: Sequence[VersionShown]) -> None:
        """Show the versions."""
        empty_layout(self._rows)
        self.links = []
        for each in versions:
            self._rows.addWidget(self._row(each))

    def _row(self, shown: VersionShown) -> QWidget:
        issued = shown.issued
        link = LinkButton("Save the pack file…", role="note", does=lambda: self.save_wanted.emit(issued.version))
        link.setAccessibleName(f"Save the pack file of version {issued.version}")
        self.links.append(link)
        title = Text(_issued_words(issued), "strong", wrap=True)
        first = "The first version" if issued.version == 1 else "Nothing that bidders read was changed"
        told = shown.changes or (first,)
        sha = Text(
            f"SHA-256 {short_sha(issued.sha256)}, {plural(issued.size, 'byte')}", "small", "text_muted", wrap=True
        )
        sha.setToolTip(issued.sha256)
        changes = [Text(each, "note", wrap=True, selectable=True) for each in told]
        row = holding(in_column(title, *changes, in_row((sha, 1), link, gap=12), hairline(), gap=3))
        row.setAccessibleName(". ".join((_issued_words(issued), *told)))
        return row
