"""Variations in the database: kept with their lines, and let through the guards under their own act alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.store.samples import Filled, act, fill, variation
from tests.store.test_triggers import REFUSED, no
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.seal import ActKind
from tomsapp.domain.variation import Variation, VariationState
from tomsapp.store.check import check_database
from tomsapp.store.errors import EditConflict

SIGNED = ContractStatus.SIGNED
VARY = {"was": SIGNED, "becomes": SIGNED, "kind": ActKind.VARY}


def vary(work, filled: Filled, **changes: object) -> int:
    return work.acts.add(act(filled.contract, **{**VARY, **changes}))


def test_a_variation_is_kept_with_its_lines(database):
    filled = fill(database)
    with database.work("Bob", "Look") as work:
        (held,) = work.variations.of(filled.contract)
        line = work.commitments.get(filled.commitment)
        wanted = variation(line)
        assert held.record == wanted
        assert (held.version, held.saved_by, work.variations.contract_of(held.id)) == (1, "Ann", filled.contract)
        other = replace(wanted, reason="Another", supplier="Bridge Works Ltd", supplier_id=filled.supplier)
        other = replace(other, lines=wanted.lines[:1])
        saved = work.variations.save(held.id, 1, other)
        assert (saved.version, saved.record) == (2, other)
        with pytest.raises(EditConflict):
            work.variations.save(held.id, 1, wanted)
        less = replace(other.lines[0], line=replace(other.lines[0].line, quantities=(Decimal(1),)))
        assert work.variations.save(held.id, 2, replace(other, lines=(less,))).record.lines == (less,)
        assert work.variations.save(held.id, 3, replace(other, lines=(less,))).version == 3
        again = work.variations.save(held.id, 3, wanted)
        assert again.record == replace(wanted, lines=wanted.lines)
        work.commit()


def test_signing_a_variation_writes_the_contract_and_taking_it_back_puts_all_back(database, target):
    filled = fill(database, signs=True)
    with database.look() as look:
        contract, lines = look.contracts.get(filled.contract), look.commitments.of(filled.contract)
    with database.work("Bob", "Vary") as work:
        number = vary(work, filled)
        after = replace(contract.record, value=Decimal(3), end_on=date(2029, 3, 31), latest_end_on=date(2029, 3, 31))
        work.contracts.save(filled.contract, contract.version, after, None)
        other = replace(lines[0].record, quantities=(Decimal(1), None, Decimal(2)), statement="Otherwise")
        work.commitments.save(filled.commitment, lines[0].version, other)
        added = work.commitments.add(filled.contract, lines[1].record)
        (draft,) = work.variations.of(filled.contract)
        signed = replace(draft.record, state=VariationState.SIGNED, act_id=number)
        assert work.variations.save(draft.id, draft.version, signed).record == signed
        work.commit()
    with database.work("Bob", "Notes") as work:
        held = work.contracts.get(filled.contract)
        work.contracts.save(filled.contract, held.version, replace(held.record, notes="Spoke to them"), None)
        work.commit()
    with database.work("Bob", "Take back") as work:
        vary(work, filled, kind=ActKind.REOPEN, reverses=number)
        work.variations.take_back(number)
        (held,) = work.variations.of(filled.contract)
        work.variations.save(held.id, held.version, replace(held.record, state=VariationState.DRAFT, act_id=None))
        work.commit()
    with database.look() as look:
        now = look.contracts.get(filled.contract).record
        assert now == replace(contract.record, notes="Spoke to them")
        assert look.contracts.supplier_id_of(filled.contract) == filled.supplier
        assert [one.record for one in look.commitments.of(filled.contract)] == [one.record for one in lines]
        assert look.commitments.get(added.id).is_deleted
    # No document of these acts can be read: all else is in order.
    assert {problem.code for problem in check_database(target)} <= {"database-sealed"}


def insert(server: str, change: int, table: str, columns: str, values: str) -> str:
    return f"INSERT INTO {table} (version, deleted, change_id, {columns}) VALUES (1, {no(server)}, {change}, {values})"


def act_of(server: str, change: int, kind: str = "'vary'", was: str = "'signed'", reverses: str = "NULL") -> str:
    content = "CAST('x' AS BLOB)" if server == "sqlite" else "CAST('x' AS BYTEA)"
    return (
        "INSERT INTO act (change_id, content, content_sha256, contract_id, kind, was, becomes, role, reason, rules,"
        f" reverses) VALUES ({change}, {content}, '', 1, {kind}, {was}, 'signed', '', '', '', {reverses})"
    )


def changed(what: str, change: int) -> str:
    return f"UPDATE {what}, version = version + 1, change_id = {change}"


LET_THROUGH = (
    "contract SET value = value * 10, end_on = '2030-01-01', supplier_id = NULL, latest_end_on = '2031-01-01'",
    "commitment SET statement = 'Other'",
    "commitment SET deleted = NOT deleted",
    "commitment_year SET quantity = quantity * 10",
)
NEVER = (
    "contract SET title = 'Other'",
    "contract SET reference = 'C9'",
    "contract SET start_on = '2025-04-01'",
    "contract SET edition = NULL, menu = NULL",
    "contract SET kind = 'standard'",
    "contract SET deleted = NOT deleted",
    "answer SET answer = 'Other'",
)


@pytest.mark.parametrize("what", LET_THROUGH)
def test_what_a_variation_changes_is_let_through_under_its_act_alone(database, raw, server, what):
    fill(database, signs=True)
    change = raw.sign()
    raw(act_of(server, change), changed(what, change))
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(changed(what, raw.sign()))


@pytest.mark.parametrize("what", NEVER)
def test_nothing_else_is_let_through(database, raw, server, what):
    fill(database, signs=True)
    change = raw.sign()
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(act_of(server, change), changed(what, change))


@pytest.mark.parametrize(
    ("kind", "was", "reverses"),
    [("'reopen'", "'signed'", "1"), ("'reopen'", "'signed'", "NULL"), ("'vary'", "'draft'", "NULL"),
     ("'close'", "'signed'", "NULL")],
)  # fmt: skip
def test_no_other_act_lets_it_through(database, raw, server, kind, was, reverses):
    fill(database, signs=True)
    change = raw.sign()
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(act_of(server, change, kind, was, reverses), changed("contract SET value = 1", change))


def test_lines_are_added_under_the_act_and_not_moved_to_another_contract(database, raw, server):
    fill(database, signs=True)
    filled = fill(database, "C2", signs=True)
    columns = "commitment_id, year_index, quantity"
    change = raw.sign()
    raw(act_of(server, change), insert(server, change, "commitment_year", columns, "1, 9, 1"))
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(insert(server, raw.sign(), "commitment_year", columns, f"{filled.commitment}, 9, 1"))
    change = raw.sign()
    moved = f"{changed('commitment SET contract_id = 1', change)} WHERE id = {filled.commitment}"
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(act_of(server, change), moved)


def test_a_closed_contract_is_not_varied(database, raw, server):
    filled = fill(database, signs=True)
    with database.work("Ann", "Close") as work:
        held = work.contracts.get(filled.contract)
        work.acts.add(act(filled.contract, ActKind.CLOSE, was=SIGNED, becomes=ContractStatus.CLOSED))
        closed = replace(held.record, status=ContractStatus.CLOSED)
        work.contracts.save(filled.contract, held.version, closed, filled.supplier)
        work.commit()
    change = raw.sign()
    with pytest.raises(REFUSED, match="The contract is sealed: reopen it"):
        raw(act_of(server, change), changed("contract SET value = 1", change))


# A signed variation


def sign_it(database, filled: Filled) -> None:
    with database.work("Bob", "Vary") as work:
        number = vary(work, filled)
        (draft,) = work.variations.of(filled.contract)
        work.variations.save(draft.id, draft.version, replace(draft.record, state=VariationState.SIGNED, act_id=number))
        work.commit()


@pytest.mark.parametrize(
    "what",
    [
        "variation SET reason = 'Other'",
        "variation SET new_value = 1",
        "variation SET deleted = NOT deleted",
        "variation SET state = 'draft'",
        "variation_line SET statement = 'Other'",
        "variation_line SET is_ended = NOT is_ended",
        "variation_line_year SET quantity = quantity * 10",
    ],
)
def test_a_signed_variation_takes_no_change(database, raw, what):
    sign_it(database, fill(database, signs=True))
    with pytest.raises(REFUSED, match=r"The variation is signed|A variation is signed"):
        raw(changed(what, raw.sign()))


def test_a_signed_variation_takes_no_further_line_and_none_begins_signed(database, raw, server):
    sign_it(database, fill(database, signs=True))
    with pytest.raises(REFUSED, match="The variation is signed: take it back"):
        raw(insert(server, raw.sign(), "variation_line_year", "variation_line_id, year_index, quantity", "1, 9, 1"))
    with pytest.raises(REFUSED, match="A new variation is a draft"):
        raw(insert(server, raw.sign(), "variation", "contract_id, number, reason, state", "1, 9, '', 'signed'"))


def test_a_variation_is_signed_by_an_act_alone_and_stays_with_its_contract(database, raw):
    fill(database, signs=True)
    fill(database, "C2")
    for what in ("variation SET state = 'signed'", "variation SET contract_id = 2, number = 7"):
        with pytest.raises(REFUSED, match="A variation is signed, and taken back, by an act alone"):
            raw(changed(what, raw.sign()))


def test_taking_back_changes_nothing_else_of_the_variation(database, raw, server):
    sign_it(database, fill(database, signs=True))

    def take_back(what: str) -> None:
        change = raw.sign()
        undone = "(SELECT max(id) FROM act)"
        raw(act_of(server, change, "'reopen'", "'signed'", undone), changed(f"variation SET {what}", change))

    with pytest.raises(REFUSED, match="A variation is signed, and taken back, by an act alone"):
        take_back("state = 'draft', reason = 'Other'")
    take_back("state = 'draft', act_id = NULL")


def test_an_empty_draft_says_nothing(database):
    filled = fill(database, "C2")
    with database.work("Bob", "Draft") as work:
        made = work.variations.add(filled.contract, Variation(2))
        assert made.record == Variation(2)
        work.commit()
