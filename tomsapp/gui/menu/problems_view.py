"""What is wrong with an edition that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import plural
from tomsapp.gui.widgets.problems import Level, ProblemRow
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text

_LEVELS: dict[Severity, Level] = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "info"}


class ProblemsView(QFrame):
    """Lists each Problem with its file, its code and its remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._area = ScrollArea("Problems")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 14, 12, 14)
        column.addWidget(self._area)

    def show_problems(self, name: str, problems: Sequence[Problem]) -> None:
        """Show why the edition `name` cannot be used."""
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        sentence = (
            f"It has {plural(errors, 'error')}. Contracts that use it are still valued with the copy in the database."
        )
        self._show(f"{name} cannot be used", sentence, [(_LEVELS[one.severity], str(one)) for one in problems])

    def show_failure(self, error: TomsError) -> None:
        """Show why an edition could not be read at all."""
        self._show(error.message, "", [("error", error.fix)] if error.fix else [])

    def _show(self, heading: str, sentence: str, rows: Sequence[tuple[Level, str]]) -> None:
        inner = QWidget()
        inner.setProperty("k", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(8)
        column.addWidget(Text(heading, "h2", wrap=True))
        if sentence:
            column.addWidget(Text(sentence, wrap=True))
        for level, words in rows:
            column.addWidget(ProblemRow(level, words))
        column.addStretch(1)
        self._area.setWidget(inner)
        self.setAccessibleName(heading)
