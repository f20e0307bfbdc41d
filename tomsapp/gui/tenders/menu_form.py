"""The fields of the step Measures: the menu edition, and how many measures an offer may have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tomsapp.domain.tender.choices import SET_UP, TenderStatus
from tomsapp.domain.tender.tender import TENDER, Tender
from tomsapp.gui.contract.contract_form import edition_key
from tomsapp.gui.records.fact_field import chosen, written
from tomsapp.gui.records.record_form import RecordForm
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.fields import ChoiceField, LineField
from tomsapp.gui.widgets.layouts import in_row
from tomsapp.services.workspace import Workspace


class MenuForm(RecordForm[Tender]):
    """Both beside each other, in one line with what stands at their right."""

    def __init__(self) -> None:
        edition, most = TENDER.fact("edition"), TENDER.fact("most_measures")
        self.edition = ChoiceField(edition.label, placeholder="Choose an edition")
        self.most = LineField("Most measures in an offer", placeholder="Any number", max_length=most.most)
        own = {"edition": lambda: chosen(edition, self.edition), "most_measures": lambda: written(most, self.most)}
        super().__init__(TENDER, own, (edition, most))

    def lay_out(self) -> None:
        """Side by side."""
        row = in_row((self.edition, 3), (self.most, 2), inside=self, gap=8)
        for field in self.fields:
            row.setAlignment(field, TOP)
            field.put_label_beside()

    def offer_editions(self, editions: Sequence[tuple[str, str]], pinned: Tender) -> None:
        """Offer published editions, and the one that the tender has."""
        key = edition_key(pinned.menu, pinned.edition)
        kept = (
            [] if not key or key in {one for one, _ in editions} else [(key, f"{pinned.menu} {pinned.edition}, kept")]
        )
        self.edition.set_options([*kept, *editions])
        self.edition.set_value(key or None)

    def set_status(self, status: TenderStatus) -> None:
        """Fix what issuing fixes, and all of it once offers are opened."""
        self.edition.setEnabled(status is TenderStatus.DRAFT)
        self.most.setEnabled(status in SET_UP)

    # Menu and edition are chosen together.

    def value_of(self, record: Tender, name: str) -> Any:
        """The value that a field shows."""
        return edition_key(record.menu, record.edition) if name == "edition" else super().value_of(record, name)

    def record_of(self, before: Tender, values: Mapping[str, Any]) -> Tender:
        """The tender with what the fields say."""
        given = dict(values)
        if "edition" in given:
            given["menu"], _, given["edition"] = given["edition"].partition("/")
            if given["menu"] != before.menu:
                given["mandatory_themes"] = frozenset()
        return super().record_of(before, given)


def read_editions(workspace: Workspace) -> list[tuple[str, str]]:
    """The published editions that a tender can be pinned to, with their words."""
    from tomsapp.services.contracts import pinnable_editions

    return [(edition_key(code, edition), f"{code} {edition}") for code, edition, _title in pinnable_editions(workspace)]
