"""As sealed and as of today in the Overview: each contract and all together, with the reason for each difference."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.services.council import begin, opened, promise, reopen, sign
from tests.services.test_sealing import rule
from tests.services.test_signed_valuations import signed_under_2026_1
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.portfolio import Grouping
from tomsapp.domain.portfolio_contract import SealedToday
from tomsapp.services import contracts, council, overview
from tomsapp.services.overview import Filters
from tomsapp.services.sealed_rules import today
from tomsapp.services.sealed_view import sealed_view

SEALED = "As sealed and as of today"


def shown(workspace, filters=None, cube=None):
    """The note on what was sealed, or None; and the row of each contract by its number."""
    cube = cube or overview.load_cube(workspace)
    figures = overview.figures(cube, filters or Filters(), with_contracts=True)
    notes = {note.title: note for note in figures.notes}
    return notes.get(SEALED), {row.contract_id: row.sealed_today for row in figures.portfolio.contract_rows}


def test_where_nothing_differs_nothing_is_said(ann):
    sign(ann, begin(ann).id)
    begin(ann, reference="C2")
    note, rows = shown(ann)
    assert note is None
    assert set(rows.values()) == {None}


def test_a_later_edition_is_the_reason_in_the_pounds_of_each_measure_and_all_is_added_up(ann):
    made = signed_under_2026_1(ann, promise("J11", "12", "12"), promise("V01", "5", "5"))
    other = begin(ann, reference="C2")
    sign(ann, other.id)
    note, rows = shown(ann)
    view = sealed_view(ann, opened(ann, made.id), today())
    since = SealedToday(view.as_sealed, view.today, ("barnet-open 2026.2: J11 −£23,400.00",))
    assert rows == {made.id: since, other.id: None}
    assert note.words == "£141,222.00 as sealed, £117,822.00 today (−£23,400.00): 1 contract differs"
    (told,) = note.contracts
    assert (note.is_sealed, told.contract_id, told.since, told.reasons) == (True, made.id, since, since.reasons)
    assert shown(ann, Filters(keys={Grouping.WARD: frozenset({"whole"})})) == (None, dict.fromkeys(rows))


def test_many_measures_are_told_together(ann):
    lines = [promise(code, "1", "1") for code in ("J11", "S08", "G09", "L01")]
    made = signed_under_2026_1(ann, *lines)
    view = sealed_view(ann, opened(ann, made.id), today())
    _, rows = shown(ann)
    differ = len({line.code for line in view.lines if line.difference})
    assert differ == 4
    assert rows[made.id].today == view.today
    (reason,) = rows[made.id].reasons
    assert reason.startswith("barnet-open 2026.2: 4 measures, ")
    assert reason.endswith(" together")


def test_spend_that_was_recorded_since_is_the_reason(ann):
    line = replace(promise("V01"), quantities=(), rate=Rate(Decimal(1), Decimal(100)))
    spend = (YearSpend(0, Decimal("100000.00")), YearSpend(1, Decimal("100000.00")))
    made = begin(ann, line, kind=ContractKind.FRAMEWORK, spend=spend)
    sign(ann, made.id)
    before = overview.load_cube(ann)
    page = opened(ann, made.id)
    spent = replace(page.contract, spend=(*spend, YearSpend(0, Decimal("300000.00"), True)))
    contracts.save_contract(ann, page.stored, page.supplier_id, spent, page.supplier_id)
    note, rows = shown(ann, cube=overview.load_cube(ann, last=before))
    assert rows[made.id] == SealedToday(Decimal("2000.00"), Decimal("4000.00"), ("Spend recorded since: +£2,000.00",))
    assert note.words == "£2,000.00 as sealed, £4,000.00 today (+£2,000.00): 1 contract differs"


def test_what_the_program_counts_otherwise_is_the_reason_and_what_cannot_be_valued_is_not_compared(ann):
    made = begin(ann)
    sign(ann, made.id)
    cube = overview.load_cube(ann)
    (contract,) = cube.contracts
    other = replace(cube, contracts=[replace(contract, sealed_value=Decimal("21000.00"))])
    _, rows = shown(ann, cube=other)
    assert rows[made.id].reasons == ("Counted otherwise than when it was sealed: −£1,000.00",)
    broken = replace(contract, edition=None, trouble="It is not installed", sealed_value=Decimal("21000.00"))
    assert shown(ann, cube=replace(cube, contracts=[broken]))[0] is None


def test_rules_that_are_others_since_are_said_though_the_pounds_are_the_same(ann):
    made = begin(ann)
    sign(ann, made.id)
    council.add_rule(ann, rule("green", "0.9", in_force_from=date(2026, 1, 1)))
    note, rows = shown(ann)
    reason = "Green: a later rule, which never changes what was sealed"
    assert rows[made.id] == SealedToday(Decimal("20000.00"), Decimal("20000.00"), (reason,))
    assert note.words == "£20,000.00 as sealed and today: 1 contract differs"
    reopen(ann, made.id)
    assert shown(ann) == (None, {made.id: None})


def test_a_menu_that_has_no_edition_in_force_is_compared_with_nothing(ann, monkeypatch):
    from tomsapp.domain.errors import MenuError
    from tomsapp.menufiles.catalogue import Catalogue

    signed_under_2026_1(ann, promise("J11", "12", "12"))

    def none_in_force(*_given):
        raise MenuError("None is in force", "Install one")

    monkeypatch.setattr(Catalogue, "in_force", none_in_force)
    assert shown(ann)[0] is None
