"""What a register of contracts does not say and every contract needs: asked once for all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tomsapp.domain.contract import ContractKind
from tomsapp.domain.contract_dates import months_later
from tomsapp.domain.supplier import SupplierKind
from tomsapp.domain.wording import format_date, listed, plural
from tomsapp.exchange.labelled.easily_missed import quoted
from tomsapp.exchange.labelled.labels import LEAVE, LeftOut, LeftOutKind, Option
from tomsapp.services.contracts import next_reference, pinnable_editions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tomsapp.services.workspace import Workspace

EDITION, KIND, SUPPLIERS, REFERENCE, DIRECTORATE, LAST_DAY, OPEN_END = (
    f"{LeftOutKind.ASKED.value}:{name}"
    for name in ("edition", "kind", "supplier_kind", "reference", "directorate", "last_day", "open_end")
)
"""What the choices are kept by of what is asked once for all contracts."""

A_YEAR, OF_YEAR = "a_year", "financial_year"
NUMBERED, BY_SHEET, DAY_BEFORE, AS_SAID = "number", "sheet", "day_before", "as_said"
_MOST_EDITIONS = 6
_MOST_ROWS = 8
_MARCH = 3


class Asked:
    """What may be asked once for all contracts, with what this database offers as answers."""

    def __init__(self, workspace: Workspace) -> None:
        settings = workspace.settings
        self.editions = pinnable_editions(workspace)[::-1][:_MOST_EDITIONS]
        usual = (settings.default_menu, settings.default_edition)
        self.usual_edition = " ".join(usual) if usual in {(menu, name) for menu, name, _ in self.editions} else ""
        self.council = settings.council_name
        self._workspace = workspace
        self._next: dict[int, str] = {}

    def edition(self) -> LeftOut:
        """Which menu edition the contracts are pinned to: the council's usual one, else the newest."""
        options = tuple(Option(f"{menu} {name}", f"{menu} {name}") for menu, name, _ in self.editions)
        guess = self.usual_edition or next((one.key for one in options), "")
        return ask(
            EDITION, "Which menu edition?", "New contracts are pinned to it until they are signed", options, guess
        )

    @staticmethod
    def kind() -> LeftOut:
        """Whether the contracts are frameworks, where no column says it."""
        options = tuple(Option(kind.value, kind.words) for kind in ContractKind)
        return ask(KIND, "Which kind of contract?", "No column says it", options, ContractKind.STANDARD.value)

    @staticmethod
    def supplier_kind(count: int) -> LeftOut:
        """What sort of organisation new suppliers are, where no column says it."""
        options = tuple(Option(kind.value, kind.words) for kind in SupplierKind)
        detail = f"{plural(count, 'supplier is', 'suppliers are')} new, and the register does not say it"
        return ask(SUPPLIERS, "What sort of organisation are the new suppliers?", detail, options)

    @staticmethod
    def directorate(sheets: Sequence[str]) -> LeftOut:
        """Whether each sheet is a directorate's, where no column says whose a contract is."""
        options = (Option(BY_SHEET, "Yes"), Option("no", "No"))
        return ask(DIRECTORATE, "Is each sheet a directorate?", f"Sheets {listed(sheets)}", options, "no")

    @staticmethod
    def last_day(ends: Sequence[date]) -> LeftOut:
        """Which day is the last of contracts that end on the day on which they began, years later."""
        end, many = format_date(ends[0]), len(ends) > 1
        of_many = f", and {plural(len(ends) - 1, 'contract')} more likewise" if many else ""
        detail = f"The first ends on {end}, the day on which it began: its last year has one day{of_many}"
        before = f"The day before{'' if many else ', ' + format_date(ends[0] - timedelta(days=1))}"
        options = (Option(DAY_BEFORE, before), Option(AS_SAID, "As the register says"))
        return ask(LAST_DAY, "Which day is the last?", detail, options)

    def reference(self, year: int, count: int) -> LeftOut:
        """Whether contracts without a reference are numbered."""
        option = Option(NUMBERED, f"Number them from {self.next_reference(year)} on")
        detail = f"{plural(count, 'contract has', 'contracts have')} none"
        return ask(REFERENCE, "Which reference?", detail, (option,))

    def next_reference(self, year: int) -> str:
        """The next free reference of a year."""
        if year not in self._next:
            self._next[year] = next_reference(self._workspace, year)
        return self._next[year]


def ask(key: str, title: str, detail: str, options: tuple[Option, ...], guess: str = "") -> LeftOut:
    """One question, with what can be answered and what is taken unless a person says otherwise."""
    return LeftOut(key, LeftOutKind.ASKED, title, detail, options, "", guess=guess)


def days_key(sheet: str, column: int) -> str:
    """What the choice is kept by whether day or month stands first in a column."""
    return f"{LeftOutKind.ASKED.value}:days:{sheet}!{column}"


def span_key(sheet: str) -> str:
    """What the choice is kept by whether the values of a sheet are for a year."""
    return f"{LeftOutKind.ASKED.value}:span:{sheet}"


def ask_span(sheet: str, column: int, heading: str) -> LeftOut:
    """Whether values are for the whole contract or for a year, where their heading says either."""
    options = (Option("whole", "The whole contract"), Option(YEARLY, "A year"))
    one = ask(span_key(sheet), "What are the values for?", f"The heading says either: {quoted(heading)}", options)
    return replace(one, sheet=sheet, column=column)


YEARLY = "year"
"""What is chosen where values are for a year."""


def ask_open_end(rows: Sequence[int], today: date) -> LeftOut:
    """What is taken where the register says no end."""
    shown = [str(row) for row in rows[:_MOST_ROWS]]
    more = len(rows) - len(shown)
    where = listed([*shown, f"{more} more"] if more else shown)
    title = f"{plural(len(rows), 'contract has', 'contracts have')} no end date"
    detail = f"{'Row' if len(rows) == 1 else 'Rows'} {where}. Each needs one; it is said at each, and can be corrected"
    end = format_date(financial_year_end(today))
    options = (LEAVE, Option(A_YEAR, "12 months from the start"), Option(OF_YEAR, f"{end}, or 12 months where later"))
    return ask(OPEN_END, title, detail, options, LEAVE.key)


def open_end(chosen: str, today: date) -> Callable[[date], date] | None:
    """The last day that is taken for a contract without one, from its first one; None where such are left out."""
    if chosen == A_YEAR:
        return _year_from
    if chosen == OF_YEAR:
        return lambda start: max(financial_year_end(today), _year_from(start))
    return None


def _year_from(start: date) -> date:
    return months_later(start, 12) - timedelta(days=1)


def financial_year_end(today: date) -> date:
    """The last day of the council’s financial year, 31 March."""
    return date(today.year + (today.month > _MARCH), _MARCH, 31)
