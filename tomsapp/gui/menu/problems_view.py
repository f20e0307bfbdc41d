"""What is wrong with an edition that cannot be read."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.wording import plural
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column
from tomsapp.gui.widgets.problems import ProblemRow, rows_of
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import Text


class ProblemsView(QFrame):
    """Lists each Problem with its file, its code and its remedy."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._area = ScrollArea("Problems")
        in_column(self._area, inside=self, margins=(20, 14, 12, 14))

    def show_problems(self, name: str, problems: Sequence[Problem]) -> None:
        """Show why the edition `name` cannot be used."""
        errors = sum(problem.severity is Severity.ERROR for problem in problems)
        sentence = (
            f"It has {plural(errors, 'error')}. Contracts that use it are still valued with the copy in the database."
        )
        self._show(f"{name} cannot be used", sentence, rows_of(problems))

    def show_failure(self, error: TomsError) -> None:
        """Show why an edition could not be read at all."""
        self._show(error.message, "", [ProblemRow("error", error.fix)] if error.fix else [])

    def _show(self, heading: str, sentence: str, rows: Sequence[ProblemRow]) -> None:
        said = Text(sentence, wrap=True) if sentence else None
        parts = Text(heading, "h2", wrap=True), said, *rows, STRETCH
        self._area.setWidget(holding(in_column(*parts, margins=(0, 0, 8, 0), gap=8), "clear"))
        self.setAccessibleName(heading)
