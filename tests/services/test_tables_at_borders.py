"""A table that was pasted, or came as CSV, brings no line into a database that its form refuses."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from tests.services.test_lines_at_borders import BAD
from tomsapp.domain.contract import CONTRACT, Contract
from tomsapp.domain.problems import Severity
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.exchange.labelled.labels import LeftOutKind
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services import contracts, suppliers, table_import
from tomsapp.services.progress import NoProgress

if TYPE_CHECKING:
    from tomsapp.domain.record_type import RecordType
    from tomsapp.services.workspace import Workspace

ASKED_KIND = "asked:supplier_kind"
ROW = {
    "Reference": "N-1",
    "Title": "Coach hire",
    "Supplier": "Bridge Works Ltd",
    "Registration number": "01234567",
    "Directorate": "Highways",
    "Contract manager": "Ann Lee",
    "Value": "1000",
    "Start date": "1/4/2026",
    "End date": "31/3/2029",
}
LINES: dict[str, tuple[RecordType[Any], str]] = {
    "Reference": (CONTRACT, "reference"),
    "Title": (CONTRACT, "title"),
    "Supplier": (SUPPLIER, "name"),
    "Registration number": (SUPPLIER, "registration"),
    "Directorate": (CONTRACT, "directorate"),
    "Contract manager": (CONTRACT, "contract_manager"),
}
"""The columns that are lines of a form."""


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("TOMSAPP_HOME", str(tmp_path / "home"))


def written(row: dict[str, str], separator: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows([row, row.values()])
    return text.getvalue()


def opened(source: str, row: dict[str, str], folder: Any) -> Any:
    if source == "pasted":
        return table_import.open_pasted(written(row, "\t"))
    path = folder / "register.csv"
    path.write_text(written(row, ","), encoding="utf-8", newline="")
    return table_import.open_table_file(path)


def kept(ann: Workspace) -> list[str]:
    """What forms refuse of the contracts and suppliers that a database holds."""
    found = [problem for row in contracts.list_contracts(ann) for problem in CONTRACT.problems(stored(ann, row.id))]
    rows = [suppliers.SUPPLIERS.get(ann, row.id).record for row in suppliers.list_suppliers(ann)]
    found += [problem for record in rows for problem in SUPPLIER.problems(record)]
    return [str(problem) for problem in found]


def stored(ann: Workspace, number: int) -> Contract:
    return contracts.open_contract(ann, number).contract


@pytest.mark.parametrize("server", ["sqlite"])
@pytest.mark.parametrize("source", ["csv", "pasted"])
@pytest.mark.parametrize("column", LINES)
def test_line_comes_in_as_its_form_takes_it_or_is_refused_at_its_cell(ann, tmp_path, source, column):
    """Tables are full of line ends and signs that nobody sees: what is left of a text without them comes in."""
    kind, name = LINES[column]
    most = kind.fact(name).most
    target = table_import.contracts_target(ann)
    for number, (what, text) in enumerate({**BAD, "too long": "x" * (most + 1)}.items()):
        own = {"Reference": f"N-{number}", "Supplier": f"Works {number}", "Registration number": f"0123456{number}"}
        row = {**ROW, **own, column: text}
        if (source, what) == ("csv", "control sign"):
            with pytest.raises(OfferUnreadable, match="no encoding of text"):
                opened(source, row, tmp_path)
            continue
        state = replace(table_import.begin(ann, target, opened(source, row, tmp_path)), choices={ASKED_KIND: "sme"})
        view = table_import.look(ann, target, state)
        # What is left of two names is one, and the numbers beside them are others: a person says that it is the same.
        asked = [one for one in view.left_out if one.kind is LeftOutKind.SUPPLIER]
        same = {one.key: one.options[0].key for one in asked}
        assert all(f"(0123456{number})" in one.title for one in asked)
        state = replace(state, choices={**state.choices, **same})
        (line,) = table_import.look(ann, target, state).lines
        wrong = [problem for problem in line.problems if problem.severity is Severity.ERROR]
        if what == "too long":
            place = list(ROW).index(column)
            assert [(one.where.row, one.where.column) for one in wrong] == [(2, "ABCDEFGHI"[place])], what
            continue
        assert wrong == [], what
        # The reference of a row before is left of two texts: that contract is there already.
        assert table_import.bring_in(ann, target, state, NoProgress()).result == 1 or column == "Reference"
        assert kept(ann) == [], what


@pytest.mark.parametrize("source", ["csv", "pasted"])
def test_table_with_a_cell_that_no_form_could_take_is_refused_as_a_whole(tmp_path, source):
    with pytest.raises(OfferUnreadable) as refused:
        opened(source, {**ROW, "Title": BAD["too long"]}, tmp_path)
    assert "B2" in str(refused.value) or "characters" in str(refused.value)
