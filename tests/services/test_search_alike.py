"""A search in the database finds what people take for the same."""

import pytest
from sqlalchemy import column, select
from sqlalchemy.dialects import postgresql

from tests.services.council import begin
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.supplier import SUPPLIER, Supplier
from tomsapp.services import search, suppliers
from tomsapp.store.alike import Alike


@pytest.mark.parametrize("query", ["o'brien", "O’Brien", "OBRIEN", "cafe", "Café obrien", "st marys", "ST. MARY’S"])
def test_marks_accents_and_case_do_not_hide_a_record(ann, query):
    begin(ann)
    suppliers.add_supplier(ann, Supplier("O’Brien’s Café, St. Marys"))
    found = search.search(ann, query, (SUPPLIER, CONTRACT))
    assert [one.title for one in found if one.kind == "supplier"] == ["O’Brien’s Café, St. Marys"]


def test_a_server_has_the_same_rule_in_sql():
    said = str(select(Alike(column("name"))).compile(dialect=postgresql.dialect()))
    assert "translate(lower(name)" in said
    assert "é" in said
    assert "’" in said


def test_the_rule_of_a_server_folds_as_the_domain_does():
    from tomsapp.store.alike import _replaced

    folded, unseen = _replaced()
    assert (folded["é"], folded["\u2011"], folded["\u00a0"]) == ("e", "-", " ")
    assert {"’", "\u200b", "\ufeff"} <= set(unseen)
