"""Suppliers."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tomsapp.domain.supplier import (
    Supplier,
    SupplierKind,
    drawn_marks,
    each_marks,
    each_plain_name,
    legal_form,
    plain_name,
    same_supplier,
    supplier_marks,
    surely_same,
    why_not_sure,
)

LAMP = Supplier("Lamp & Sons Ltd", registration="01234567")


def test_every_kind_has_words_of_its_own() -> None:
    words = [kind.words for kind in SupplierKind]
    assert len(set(words)) == len(words)
    assert Supplier("Made-up Works").kind.words == "Small or medium business"


@pytest.mark.parametrize(
    "name",
    [
        *["Lamp & Sons Limited", "Lamp  & Sons Ltd", "LAMP AND SONS LTD.", "Lamp & Sons", "Lamp\u200b & Sons\u00a0Ltd"],
        "Lamp and Sons plc",
    ],
)
def test_a_name_that_is_the_same_but_for_its_writing_is_asked_about(name) -> None:
    assert same_supplier(Supplier(name), LAMP) == "There is a supplier called Lamp & Sons Ltd"


@pytest.mark.parametrize("number", ["01234567", "1234567", " 0123 4567 ", "01234567\u200b"])
def test_the_same_registration_number_is_asked_about(number) -> None:
    words = "Lamp & Sons Ltd has the same registration number, 01234567"
    assert same_supplier(Supplier("Other", registration=number), LAMP) == words


def test_other_suppliers_are_not() -> None:
    for other in (Supplier("Lamp Ltd"), Supplier("Lamp & Sons CIC"), Supplier("Ltd Lamp", registration="0")):
        assert same_supplier(other, LAMP) == ""
    assert same_supplier(Supplier("A"), Supplier("B")) == ""


def test_suppliers_that_look_like_one_share_a_mark():
    marks = supplier_marks(LAMP)
    assert marks & supplier_marks(Supplier("LAMP AND SONS LIMITED"))
    assert marks & supplier_marks(Supplier("Other", registration=LAMP.registration))
    assert not marks & supplier_marks(Supplier("Other"))
    assert supplier_marks(Supplier("?")) == frozenset()


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Lamp Limited", "Ltd"), ("LAMP LTD.", "Ltd"), ("Lamp plc", "plc"), ("Lamp Public Limited Company", "plc"),
        ("Lamp LLP", "LLP"), ("Lamp", ""), ("Ltd Lamp", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_form_of_a_company_is_the_end_of_its_name(name, form):
    assert legal_form(name) == form


@pytest.mark.parametrize(
    ("name", "number", "is_same", "against"),
    [
        ("Lamp and Sons Limited", "", True, ""),
        ("Lamp & Sons", "1234567", True, ""),
        ("Lantern Ltd", "01234567", True, ""),
        ("Lamp & Sons Ltd", "07654321", False, "has the registration number 01234567"),
        ("Lamp & Sons plc", "", False, "ends in Ltd, and this one in plc"),
        ("Lamp & Son Ltd", "", False, ""),
        ("Lamp & Sons CIC", "", False, ""),
    ],
)
def test_one_supplier_is_taken_for_another_where_nothing_speaks_against_it(name, number, is_same, against):
    one = Supplier(name, registration=number)
    assert surely_same(one, LAMP) is is_same
    assert why_not_sure(one, LAMP) == against


_NAMES = (
    st.text() | st.text(alphabet="aB &+.,’lLtd pc\n\u00a0") | st.sampled_from(("Lamp & Sons LTD.", "A Ltd plc", "Ltd"))
)


@given(st.lists(_NAMES))
@example(["Lamp & Sons Ltd", "Winter-Way plc"])
@example(["Lamp Ltd", "Winterway"])
@example([])
def test_what_is_compared_of_many_names_is_what_it_is_of_each_alone(names):
    assert each_plain_name(names) == [plain_name(name) for name in names]


@given(st.lists(st.tuples(_NAMES, st.sampled_from(["", "01234567", "-"]))))
def test_many_suppliers_share_what_each_alone_shares(told):
    suppliers = [Supplier(name, registration=number) for name, number in told]
    assert each_marks(suppliers) == [
        (*sorted(supplier_marks(each), reverse=True), *sorted(drawn_marks(each))) for each in suppliers
    ]
