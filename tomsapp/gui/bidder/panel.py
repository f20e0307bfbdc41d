"""What an offer comes to, how it stands against the council's rules, what is left, and the button that saves it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from tomsapp.domain import policy
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.tender import words
from tomsapp.domain.wording import format_pounds
from tomsapp.gui.bidder.left_list import LeftList
from tomsapp.gui.contract.figures import Figure, FigureKind, admitted_text, share_text
from tomsapp.gui.widgets.announce import announce
from tomsapp.gui.widgets.buttons import Button
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, holding, in_column, in_row
from tomsapp.gui.widgets.painted_buttons import FigureButton
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.gui.widgets.policy import PolicyCheck, PolicyChecks
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text, hairline
from tomsapp.services.bidding.steps import to_do
from tomsapp.services.bidding.work import OfferWork

_QUIET_MS = 1500
_NOT_DEMANDED = {PolicyResult.YES, PolicyResult.NO, PolicyResult.NOTHING_ASKED, PolicyResult.NOT_CHECKED}
"""Results that ask nothing of a bidder."""


class BidderPanel(QWidget):
    """Total, real pounds and share stay put, as does the button; rules and what is left scroll."""

    figure_chosen = Signal(object)
    """The `Figure` whose working is wanted."""
    place_chosen = Signal(object)
    save_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Your offer")
        self.total = FigureButton("Social value of your offer", "display")
        self.share = FigureButton("Share of contract value")
        self.real = FigureButton("Real pounds handed over")
        self._counted = Text("", "note", "warning", wrap=True)
        self.checks = PolicyChecks()
        self.left = LeftList()
        self.save = Button("Save offer file", icon_name="download")
        self._quiet = after_a_pause(self, _QUIET_MS, lambda: announce(self.total, self.total.accessibleName()))
        self._build()
        self._connect()

    def _build(self) -> None:
        captions = {"Share of contract value": self.share, "Real pounds handed over": self.real}
        facts = [in_column(Text(caption, "small", "text_muted"), shown, gap=1) for caption, shown in captions.items()]
        self._counted.hide()
        head = Text("Social value of your offer", "note_strong", "text_muted")
        scrolled = in_column(self.checks, hairline(), self.left, STRETCH, margins=(0, 0, BESIDE_BAR, 0), gap=10)
        area = ScrollArea("Rules, and what is left", holding(scrolled), only_down=True)
        self.save.setSizePolicy(self.save.sizePolicy().Policy.Expanding, self.save.sizePolicy().Policy.Fixed)
        note = Text(words.NOT_SENT_BY_PROGRAM, "small", "text_muted", wrap=True)
        top = in_column(head, self.total, self._counted, gap=3)
        parts = top, in_row(*facts, STRETCH, gap=26), hairline(), (area, 1), self.save, note
        in_column(*parts, inside=self, margins=(20, 12, 20, 10), gap=9)

    def _connect(self) -> None:
        for button, kind in (
            (self.total, FigureKind.TOTAL),
            (self.share, FigureKind.SHARE),
            (self.real, FigureKind.REAL_POUNDS),
        ):
            button.clicked.connect(lambda _checked=False, kind=kind: self.figure_chosen.emit(Figure(kind)))
        self.checks.chosen.connect(lambda code: self.figure_chosen.emit(Figure(FigureKind.POLICY, str(code))))
        self.left.chosen.connect(self.place_chosen)
        self.save.clicked.connect(self.save_wanted)

    def show_work(self, work: OfferWork) -> None:
        """Show what the offer comes to now."""
        checked = work.figures
        if checked is not None:
            valuation = checked.valuation
            before = self.total.text()
            self.total.set_figure(format_pounds(valuation.social_value))
            self.real.set_figure(format_pounds(valuation.real_pounds))
            self.share.set_figure(share_text(checked.valuation.share_of_contract_value))
            if before and before != self.total.text():
                self._quiet.start()
            counted = admitted_text(checked)
            self._counted.setText(counted)
            self._counted.setVisible(bool(counted))
            demands = [check for check in checked.policy_checks if check.result not in _NOT_DEMANDED]
            self.checks.set_checks([_shown_check(each, work) for each in demands])
        self.left.show_items(to_do(work))

    def set_main(self, *, is_main: bool) -> None:
        """Make the button that saves the main one of the window, in the last step."""
        self.save.set_kind("primary" if is_main else "secondary")


def _shown_check(check: policy.PolicyCheck, work: OfferWork) -> PolicyCheck:
    """A rule with its sum, and where the offer is short of it, what that means."""
    means = f"You can save. {work.asked.tender.minimum.meaning}" if check.result is PolicyResult.SHORT else ""
    told = ". ".join(part for part in (check.brief, means) if part)
    return PolicyCheck(check.rule.code, check.rule.title, check.word, told, check.result)
