"""What the bidder's window says above the steps and at its foot: news of the pack, trouble, and what is kept where."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_clock
from tomsapp.gui.theme import current_theme
from tomsapp.gui.tokens import STATUS_HEIGHT
from tomsapp.gui.widgets.layouts import empty_layout, in_column, in_row
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import ElidedText, IconLabel, Text
from tomsapp.services.bidding.keeping import KeptElsewhere
from tomsapp.services.bidding.opening import BegunOffer
from tomsapp.services.bidding.work import OfferWork

CLOSE, NEWER, HERE, OTHER = "close", "newer", "here", "other"
"""What can be done about a bar: take it away, go on with the newer pack, go on here, or take what was typed since."""
_MOST_PROBLEMS = 4


class BidderBars(QWidget):
    """Bars below the head; each can be closed, and comes back when it is to be said again."""

    wants = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._column = in_column(inside=self, gap=4)
        self._bars: dict[str, ProblemRow] = {}

    def show_begun(self, begun: BegunOffer) -> None:
        """Say what whoever goes on should know first."""
        empty_layout(self._column)
        self._bars = {}
        if begun.work.told:
            self._say("told", "info", " ".join(begun.work.told), ((CLOSE, "I have read it"),))
        if begun.problems:
            shown = "; ".join(map(str, begun.problems[:_MOST_PROBLEMS]))
            count = len(begun.problems)
            more = f" And {count - _MOST_PROBLEMS} more." if count > _MOST_PROBLEMS else ""
            self._say("file", "warning", f"In the file: {shown}{more}", ((CLOSE, "I have read it"),))
        worrying = [each for each in begun.work.pack.signatures if each.is_worrying]
        if worrying:
            words = " ".join(f"{each.headline} {each.remedy}".strip() for each in worrying)
            self._say("signature", "warning", words, ((CLOSE, "I have read it"),))
        if begun.other is not None:
            words = "You typed something else into this offer after the file was saved. This is what the file says."
            self._say("other", "warning", words, ((OTHER, "Go on with what you typed"), (CLOSE, "Go on with the file")))

    def show_trouble(self, trouble: TomsError | None) -> None:
        """Say why what is typed cannot be kept, or that it can."""
        if trouble is None:
            self.close_bar("trouble")
            return
        actions = ((HERE, "Go on here"),) if isinstance(trouble, KeptElsewhere) else ()
        self._say("trouble", "error", f"{trouble.message}. {trouble.fix}.", actions)

    def say_newer(self, version: int, name: str) -> None:
        """Say that a newer version of the pack is in the same folder."""
        words = f"Pack version {version} is in the same folder ({name}). Offers are to answer the newest version."
        self._say("newer", "warning", words, ((NEWER, f"Go on with version {version}"), (CLOSE, "Later")))

    def say_left(self, words: str) -> None:
        """Say how much is left, or nothing."""
        if words:
            self._say("left", "warning", words, ((CLOSE, "Close"),))
        else:
            self.close_bar("left")

    def say(self, words: str) -> None:
        """Say that something was done."""
        self._say("done", "info", words, ((CLOSE, "Close"),))

    def close_bar(self, key: str) -> None:
        """Take a bar away."""
        bar = self._bars.pop(key, None)
        if bar is not None:
            self._column.removeWidget(bar)
            bar.hide()
            bar.deleteLater()

    @property
    def sentences(self) -> dict[str, str]:
        """What is said now."""
        return {key: bar.text.text() for key, bar in self._bars.items()}

    def bar(self, key: str) -> ProblemRow:
        """A bar that is shown."""
        return self._bars[key]

    def _say(self, key: str, level: str, words: str, actions: tuple[tuple[str, str], ...]) -> None:
        before = self._bars.get(key)
        if before is not None and before.text.text() == words:
            return
        self.close_bar(key)
        bar = ProblemRow("error" if level == "error" else "warning" if level == "warning" else "info", words, actions)
        bar.action_chosen.connect(lambda action: self._on_action(key, str(action)))
        self._bars[key] = bar
        self._column.addWidget(bar)

    def _on_action(self, key: str, action: str) -> None:
        self.close_bar(key)
        if action != CLOSE:
            self.wants.emit(action)


class BidderStatus(QFrame):
    """Where the typing is kept at the left, by what the pack is known at the right."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "status_bar")
        self._icon = IconLabel("circle-check", "success_mark", 16)
        self.kept = ElidedText("", "small", "text_muted")
        self.pack = Text("", "small", "text_muted")
        self.menu = Text("", "small", "text_muted")
        in_row(self._icon, (self.kept, 1), self.pack, 20, self.menu, inside=self, margins=(16, 0, 16, 0), gap=7)
        current_theme().follow(self._dress)

    def show_kept(self, at: datetime | None, trouble: TomsError | None) -> None:
        """Say when what is typed was kept last."""
        self._icon.set_icon(
            *(("circle-check", "success_mark") if trouble is None else ("octagon-alert", "danger_mark"))
        )
        when = f", last at {format_clock(at)}" if at is not None else ""
        self.kept.setText(f"What you type is kept on this computer{when}" if trouble is None else trouble.message)
        self._tell()

    def show_pack(self, work: OfferWork) -> None:
        """Say by what the pack is known, so that it can be compared with the notice."""
        identity = work.pack.file.identity
        self.pack.setText(f"Pack version {identity.version}, SHA-256 {identity.sha256[:8]}…{identity.sha256[-4:]}")
        self.pack.setToolTip(f"Compare it with the notice of the tender: {identity.words}")
        self.menu.setText(f"Menu {work.pack.edition.name}")
        self._tell()

    def _tell(self) -> None:
        self.setAccessibleName(f"Status: {self.kept.whole}. {self.pack.text()}. {self.menu.text()}")

    def _dress(self) -> None:
        self.setFixedHeight(current_theme().px(STATUS_HEIGHT))
