"""The fields of a contract's facts: what its dates, its supplier, its edition and its spend have of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from tomsapp.domain.alike import natural
from tomsapp.domain.contract import CONTRACT, Contract, ContractKind
from tomsapp.domain.contract_dates import dates_problem
from tomsapp.domain.facts import Fact, FactKind
from tomsapp.gui.contract.spend_field import SpendField
from tomsapp.gui.contract.supplier_field import SupplierField
from tomsapp.gui.records.dated_form import DatedForm
from tomsapp.gui.records.fact_field import chosen
from tomsapp.gui.records.form_draft import FormDraft
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import ChoiceField
from tomsapp.gui.widgets.layouts import in_grid
from tomsapp.services.contracts import next_reference, pinnable_editions
from tomsapp.services.suppliers import list_suppliers
from tomsapp.services.workspace import Workspace

_COLUMNS = 3
_NO_DAY = date.max
"""The dates of a new contract, which nobody has typed yet."""


def new_contract(reference: str, edition: str, supplier: str = "") -> Contract:
    """What the form of a new contract starts from."""
    menu, _, code = edition.partition("/")
    return Contract(reference, Decimal(0), _NO_DAY, _NO_DAY, supplier=supplier, menu=menu, edition=code)


class ContractForm(DatedForm[Contract]):
    """A contract's facts in three columns; those that need more room take several."""

    def __init__(self) -> None:
        self.supplier = SupplierField(CONTRACT.fact("supplier"))
        edition = CONTRACT.fact("edition")
        self.edition = ChoiceField(edition.label, hint=edition.hint)
        self.spend = SpendField(CONTRACT.fact("spend"))
        own = {
            "supplier": self.supplier.as_fact,
            "edition": lambda: chosen(edition, self.edition),
            "spend": self.spend.as_fact,
        }
        super().__init__(CONTRACT, own)
        self.facts["kind"].field.edited.connect(self._fit_spend)

    def lay_out(self) -> None:
        """Three columns, filled in the order of the facts."""
        grid = in_grid(inside=self, gaps=(24, 14), shares=(1,) * _COLUMNS)
        row = column = 0
        for made in self.facts.values():
            span = _span(made.fact)
            if column + span > _COLUMNS:
                row, column = row + 1, 0
            grid.addWidget(made.field, row, column, 1, span, TOP)
            column += span

    def set_locked(self, *, is_locked: bool) -> None:
        """Fix what signing fixes; the rest can be typed on."""
        for made in self.facts.values():
            made.field.setEnabled(not is_locked or not made.fact.is_fixed_by_signing)
        self.supplier.add_link.setVisible(not is_locked)

    # What depends on other facts

    def show_record(self, record: Contract, version: int | None = None) -> None:
        """Show saved facts, or the proposal for a new contract."""
        super().show_record(record, version)
        self._fit_spend()

    def take_draft(self, draft: FormDraft) -> list[str]:
        """Put back what was typed, and ask for the spend of the years that it makes."""
        clashes = super().take_draft(draft)
        self._fit_spend()
        return clashes

    def _fit_spend(self) -> None:
        """Ask a framework for the spend of its contract years."""
        self.spend.setVisible(self.facts["kind"].typed() == ContractKind.FRAMEWORK.value)
        labels = self.year_labels()
        if labels:
            self.spend.set_years(labels)

    def on_days(self) -> None:
        """Ask for the spend of the years that the days make."""
        self._fit_spend()

    # Facts that the fields hold otherwise than the record

    def value_of(self, record: Contract, name: str) -> Any:
        """Menu and edition are chosen together; the days of a new contract are empty."""
        if name == "edition":
            return edition_key(record.menu, record.edition)
        value = getattr(record, name)
        return None if value == _NO_DAY else value

    def record_of(self, before: Contract, values: Mapping[str, Any]) -> Contract:
        """The contract; only a framework has spend, and only in its years."""
        given = dict(values)
        if "edition" in given:
            given["menu"], _, given["edition"] = given["edition"].partition("/")
        contract = self.kind.with_values(before, given)
        return replace(contract, spend=tuple(one for one in contract.spend if _has_year(contract, one.year)))


def _has_year(contract: Contract, year: int) -> bool:
    if contract.kind is not ContractKind.FRAMEWORK:
        return False
    wrong = dates_problem(contract.start_on, contract.end_on)
    return wrong is not None or year < len(contract.years)


def _span(fact: Fact) -> int:
    if fact.kind is FactKind.OWN:
        return _COLUMNS
    return 2 if fact.kind is FactKind.LONG or fact.name == "title" else 1


def edition_key(menu: str, edition: str) -> str:
    """How the form names a menu edition; nothing where there is none."""
    return f"{menu}/{edition}" if menu or edition else ""


def editions_with(editions: Sequence[tuple[str, str]], pinned: Contract | None) -> list[tuple[str, str]]:
    """The editions that can be chosen, with the one that a contract has."""
    key = edition_key(pinned.menu, pinned.edition) if pinned else ""
    if not pinned or not key or key in {one for one, _ in editions}:
        return list(editions)
    return [(key, f"{pinned.menu} {pinned.edition}, kept in this database"), *editions]


@dataclass(frozen=True, slots=True)
class FactsChoices:
    """What the form offers: suppliers, published editions, and what it proposes for a new contract."""

    suppliers: tuple[str, ...]
    editions: tuple[tuple[str, str], ...]
    reference: str
    edition: str


def read_choices(workspace: Workspace) -> FactsChoices:
    """Read them from the database."""
    editions = pinnable_editions(workspace)
    return FactsChoices(
        tuple(sorted((row.supplier.name for row in list_suppliers(workspace)), key=natural)),
        tuple((edition_key(code, edition), f"{code} {edition}, published") for code, edition, _title in editions),
        next_reference(workspace, date.today().year),  # noqa: DTZ011 - the year on the user's wall
        proposed_edition(workspace),
    )


def proposed_edition(workspace: Workspace) -> str:
    """The edition of the settings; where it was withdrawn since, the newest of the same menu."""
    editions = [(code, edition) for code, edition, _title in pinnable_editions(workspace)]
    settings = workspace.settings
    chosen = (settings.default_menu, settings.default_edition)
    same_menu = [edition for edition in editions if edition[0] == settings.default_menu]
    return edition_key(*(same_menu[-1] if same_menu and chosen not in editions else chosen))
