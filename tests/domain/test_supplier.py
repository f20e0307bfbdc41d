"""Suppliers."""

import pytest

from tomsapp.domain.supplier import Supplier, SupplierKind, same_supplier, supplier_marks

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
