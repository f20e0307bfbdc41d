"""The step Check and issue: what is left with a link to each, what is confirmed, and what issuing fixes."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tomsapp.domain.errors import as_sentence
from tomsapp.domain.tender.setup import SetUpProblem, Step
from tomsapp.domain.tender.setup_checks import problems_of
from tomsapp.domain.wording import plural
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.field_place import place_of
from tomsapp.gui.tenders.issuer import Issuer, can_issue, left_of, next_version, show_first
from tomsapp.gui.tenders.tab import SetUpStep
from tomsapp.gui.widgets.buttons import Button, LinkButton
from tomsapp.gui.widgets.cards import Card
from tomsapp.gui.widgets.layouts import BESIDE_BAR, STRETCH, empty_layout, holding, in_column, in_row
from tomsapp.gui.widgets.problems import LEVELS, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text
from tomsapp.services.tenders.reading import OpenTender

_NOTHING = "Nothing is missing, and nothing contradicts itself."
TO_PACK = "Go to the pack"
_FIXED = "The offers are opened, so no further version is issued."
_GO = ("go", "Put it right")


class CheckStep(SetUpStep):
    """All that the set-up lacks, step by step, over the button that issues the next version."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setAccessibleName("Check and issue")
        self._session = session
        self._opened: OpenTender | None = None
        self._told: object = None
        self.issuer = Issuer(session, self)
        self.state = Text("", "h3", wrap=True)
        self.state_icon = IconLabel("circle-check", "success_mark", 22)
        self._found = in_column(gap=10)
        self.changes = Card("What changed")
        self.versions = Card("Issued")
        self.issue_button = Button("Issue version 1", "primary", icon_name="upload", does=self.issue)
        self.pack_button = Button(TO_PACK, "primary", icon_name="file-check", does=self.issue)
        self._buttons = holding(in_row(self.issue_button, self.pack_button, STRETCH))
        self._foot = Text("", "note", "text_muted", wrap=True)
        state = in_row(self.state_icon, (self.state, 1), gap=8)
        inside = in_column(
            state,
            self._found,
            self.changes,
            self._buttons,
            self._foot,
            self.versions,
            STRETCH,
            margins=(0, 0, BESIDE_BAR, 0),
            gap=12,
        )
        in_column(ScrollArea("Check and issue", holding(inside), only_down=True), inside=self)
        self.issuer.wants_problem.connect(self._go_to)
        self.issuer.wants_toast.connect(self.wants_toast)
        self.issuer.wants_tab.connect(self.wants_tab)
        self.issuer.stale.connect(self.stale)
        self.issuer.looked.connect(self._on_looked)

    # Showing

    def show_tender(self, opened: OpenTender | None) -> None:
        """Show what is left of what was read; rows of which nothing differs stay, with the keyboard in them."""
        self._opened = opened
        self.issuer.take_up(opened)
        if opened is None:
            self._told = None
            empty_layout(self._found)
            return
        if self._told != (told := (opened.id, opened.problems)):
            self._told = told
            self._show_problems(opened)
        self._say_state(opened)
        self._show_versions(opened)
        self._show_changes()

    def _show_problems(self, opened: OpenTender) -> None:
        empty_layout(self._found)
        for step in Step:
            problems = problems_of(opened.problems, step)
            if problems:
                self._found.addWidget(self._part(step, problems))

    def _part(self, step: Step, problems: tuple[SetUpProblem, ...]) -> QWidget:
        """The problems of one step under its name."""
        rows = []
        for each in problems:
            actions = () if step is Step.CHECK else (_GO,)
            row = ProblemRow(LEVELS[each.problem.severity], as_sentence(each.problem.message), actions)
            row.setToolTip(as_sentence(each.problem.fix))
            row.action_chosen.connect(lambda _key, each=each: self._go_to(each))
            for link in row.findChildren(LinkButton):
                link.setAccessibleName(f"{_GO[1]}: {each.problem.message}")
                link.setAccessibleDescription(each.problem.fix)
            rows.append(row)
        return holding(in_column(Text(step.words, "strong", "text_muted"), *rows, gap=6))

    def _say_state(self, opened: OpenTender) -> None:
        left, doubts = len(left_of(opened)), sum(not each.is_error for each in opened.problems)
        version, has_changes = next_version(opened), self.issuer.has_changes
        if can_issue(opened) and not has_changes:
            left, words = 0, f"Bidders have all there is: nothing was changed since version {version - 1}"
        elif left:
            words = f"{plural(left, 'thing is left', 'things are left')} before version {version} can be issued"
        elif doubts:
            words = f"Version {version} can be issued. {plural(doubts, 'point')} to look at first"
        else:
            words = _NOTHING
        open_icon, done_icon = ("triangle-alert", "warning_mark"), ("circle-check", "success_mark")
        self.state.setText(words)
        self.state_icon.set_icon(*(open_icon if left else done_icon))
        self.issue_button.setText(f"Issue version {version}")
        show_first(*(self.issue_button, self.pack_button)[:: 1 if has_changes else -1])
        self._buttons.setVisible(can_issue(opened))
        self._foot.setText(foot_words(opened, has_changes=has_changes) if can_issue(opened) else _FIXED)

    def _show_versions(self, opened: OpenTender) -> None:
        empty_layout(self.versions.body)
        self.versions.setVisible(bool(opened.versions))
        for version in reversed(opened.versions):
            self.versions.body.addWidget(Text(version.words, wrap=True, selectable=True))

    def _on_looked(self) -> None:
        if self._opened is not None:
            self._say_state(self._opened)
            self._show_changes()

    def _show_changes(self) -> None:
        """What the next version changes; of the first, and where nothing was changed, there is none."""
        empty_layout(self.changes.body)
        self.changes.setVisible(bool(self.issuer.changes))
        for words in self.issuer.changes:
            self.changes.body.addWidget(Text(words, wrap=True, selectable=True))

    # What the user does

    def issue(self) -> None:
        """Issue the next version, or go to what is left first; to the pack where nothing was changed."""
        if self._opened is not None:
            self.issuer.begin(self._opened)

    def _go_to(self, problem: SetUpProblem) -> None:
        self.wants_step.emit(problem.step.value, place_of(problem).name)

    def focus_field(self, _name: str) -> None:
        """Move the keyboard to the first thing that is left, else to the button that issues."""
        links = self.findChildren(LinkButton)
        first = links[0] if links and self._opened is not None and left_of(self._opened) else self._button
        first.setFocus()

    @property
    def _button(self) -> Button:
        """The main button of the step."""
        return self.issue_button if self.issuer.has_changes else self.pack_button


def foot_words(opened: OpenTender, *, has_changes: bool) -> str:
    """What issuing the next version does, or when there is one."""
    version = next_version(opened)
    if not has_changes:
        return f"Once something is changed, version {version} can be issued, with a list of what changed."
    later = f"A later change makes version {version + 1}, with a list of what changed."
    return f"Issuing fixes version {version}. {later}"
