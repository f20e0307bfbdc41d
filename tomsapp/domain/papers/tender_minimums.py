"""The part of the guide for bidders that says what the council's rules ask of each lot, with its sum."""

from collections.abc import Iterator

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.papers.council_paper import PaperBlock, PaperColumn, PaperHeading, PaperTable, PaperText
from tomsapp.domain.tender.lot import Lot
from tomsapp.domain.tender.lot_contract import lot_contract, share_base
from tomsapp.domain.tender.minimums import needed_words, rules_asked, rules_by_price
from tomsapp.domain.tender.pack import Pack


def minimums(pack: Pack, edition: MenuEdition) -> Iterator[PaperBlock]:
    """What the council's rules ask of each lot, with its sum, and what it means to be short of it."""
    rows: list[tuple[str, ...]] = []
    for lot in pack.lots:
        if share_base(pack.tender, lot) is None:
            continue
        contract = lot_contract(pack.tender, lot)
        asked = [(each.rule.title, needed_words(each)) for each in rules_asked(pack, contract, edition)]
        by_price = [
            (each.rule.title, f"{each.rule.kind.printed(each.rule)}. The contract value here is your price")
            for each in rules_by_price(pack, contract, edition)
        ]
        rows += [(*_lot_named(pack, lot), *row) for row in (*asked, *by_price)]
    if not rows:
        return
    yield PaperHeading("The council’s minimum")
    of_lot = (PaperColumn("Lot", 20),) if len(pack.lots) > 1 else ()
    columns = (*of_lot, PaperColumn("Rule", 25), PaperColumn("What is needed", 75 - 20 * len(of_lot)))
    yield PaperTable("The council’s minimum", columns, tuple(rows), is_named=True)
    yield PaperText(pack.tender.minimum.meaning)


def _lot_named(pack: Pack, lot: Lot) -> tuple[str, ...]:
    return (lot.name[:1].upper() + lot.name[1:],) if len(pack.lots) > 1 else ()
