"""Suppliers."""

from tomsapp.domain.supplier import Supplier, SupplierKind


def test_every_kind_has_words_of_its_own() -> None:
    words = [kind.words for kind in SupplierKind]
    assert len(set(words)) == len(words)
    assert Supplier("Made-up Works").kind.words == "Small or medium business"
