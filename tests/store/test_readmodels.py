import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event, text

from tests.store.samples import commitment, contract, fill, seal, sign, supplier
from tomsapp.domain.commitment import COMMITMENT, Commitment
from tomsapp.domain.contract import CONTRACT, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.history import HistoryWanted
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.seal import ActKind
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.store import held, line_columns
from tomsapp.store.errors import StoreError
from tomsapp.store.readmodels import ContractFilter


@pytest.fixture
def filled(database):
    filled = fill(database)
    with database.work("Bob", "More") as work:
        other = work.suppliers.add(supplier("Åsa's 100% Co_op"))
        work.suppliers.add(supplier("Zero"))
        work.contracts.add(
            contract(
                "a2",
                title="Éclairs",
                menu="",
                edition="",
                kind=ContractKind.STANDARD,
                status=ContractStatus.DRAFT,
                start_on=date(2025, 1, 1),
                value=Decimal("0.01"),
                spend=(),
            ),
            other.id,
        )
        last = work.contracts.add(contract("B3", title="No supplier", value=Decimal("12345678901234.56")), None)
        gone = work.contracts.add(contract("gone"), other.id)
        work.commitments.add(gone.id, commitment())
        work.contracts.delete(gone.id, gone.version)
        work.commit()
    with database.work("Bob", "Sign") as work:
        sign(work, last.id)
        work.commit()
    return filled


def references(database, **wanted) -> list[str]:
    with database.read() as reader:
        return [row.reference for row in reader.contracts(ContractFilter(**wanted))]


def test_contract_row_has_all_that_a_list_shows(database, filled):
    with database.read() as reader:
        row = next(row for row in reader.contracts() if row.reference == "C1")
    assert (row.id, row.title, row.supplier, row.supplier_id) == (
        filled.contract,
        "Roads",
        "Bridge Works Ltd",
        filled.supplier,
    )
    assert (row.value, row.start_on, row.end_on) == (Decimal("2500000.00"), date(2026, 4, 1), date(2028, 3, 31))
    assert (row.status, row.kind) == (ContractStatus.DRAFT, ContractKind.FRAMEWORK)
    assert (row.menu, row.edition, row.commitments, row.version) == ("barnet-open", "2026.1", 2, 1)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({}, ["a2", "B3", "C1"]),
        ({"text": "éCLAIRS"}, ["a2"]),
        ({"text": "åsa"}, ["a2"]),
        ({"text": "100%"}, ["a2"]),
        ({"text": "o_o"}, ["a2"]),
        ({"text": "%"}, ["a2"]),
        ({"text": "c1"}, ["C1"]),
        ({"text": "\\"}, []),
        ({"status": ContractStatus.DRAFT}, ["a2", "C1"]),
        ({"status": ContractStatus.SIGNED}, ["B3"]),
        ({"kind": ContractKind.FRAMEWORK}, ["B3", "C1"]),
        ({"menu": "barnet-open", "edition": "2026.1"}, ["B3", "C1"]),
        ({"edition": "2025"}, []),
        ({"supplier_id": 1}, ["C1"]),
        ({"starts_from": date(2026, 4, 1)}, ["B3", "C1"]),
        ({"starts_until": date(2026, 3, 31)}, ["a2"]),
        ({"starts_from": date(2026, 4, 1), "text": "no supp"}, ["B3"]),
        ({"is_deleted": True}, ["gone"]),
    ],
)
def test_filters_combine(database, filled, wanted, found):
    assert references(database, **wanted) == found


def test_supplier_row_sums_what_is_not_deleted(database, filled):
    with database.read() as reader:
        rows = {row.supplier.name: (row.contracts, row.contract_value) for row in reader.suppliers()}
    assert rows == {
        "Bridge Works Ltd": (1, Decimal("2500000.00")),
        "Åsa's 100% Co_op": (1, Decimal("0.01")),
        "Zero": (0, Decimal("0.00")),
    }


def lines_of(reader, contract_ids=None) -> list[tuple[object, ...]]:
    """Contract, commitment, share, measure, place, year and quantity of each line that the columns tell, in order."""
    facts = {row[0]: row[1:] for row in rows_of(reader.commitment_columns(contract_ids))}
    return sorted(
        (facts[commitment][0], commitment, *facts[commitment][1:], year, quantity)
        for commitment, year, quantity in rows_of(reader.quantity_columns(contract_ids))
        if commitment in facts
    )


def rows_of(parcels):
    return [row for parcel in parcels for row in zip(*map(json.loads, parcel), strict=True)]


def test_columns_are_bare_integers_of_what_counts(database, filled):
    expected = [
        (filled.contract, filled.commitment, 333333, "J11", "E05013636", 0, 125000),
        (filled.contract, filled.commitment, 333333, "J11", "E05013636", 2, 0),
    ]
    with database.read() as reader:
        assert lines_of(reader) == expected
        assert lines_of(reader, [filled.contract]) == expected
        assert lines_of(reader, []) == []
        assert lines_of(reader, [filled.contract + 1]) == []
        assert all(type(value) in {int, str} for line in lines_of(reader) for value in line)


def test_columns_of_all_contracts_are_the_same_however_few_are_read_at_once(database, filled, monkeypatch):
    """With numbers that are not in order of the commitments, and one contract that is in no portfolio any more."""
    with database.work("Ann") as work:
        added = []
        for title in ("Kept", "Gone"):
            held = work.contracts.add(replace(contract(), reference=title), None)
            added.append(
                (held.id, work.commitments.add(
                    held.id, Commitment("", 'J"1,1', (Decimal(2), None, Decimal("0.5")), place="]é")
                ).id)
            )  # fmt: skip
            work.commitments.add(held.id, Commitment("", "J12"))
        first = work.commitments.get(filled.commitment)
        work.commitments.save(first.id, first.version, replace(first.record, quantities=(Decimal(1),) * 5))
        work.commit()
    with database.work("Ann") as work:
        seal(work, held.id, ActKind.WITHDRAW, ContractStatus.WITHDRAWN)
        work.commit()
    share = 1_000_000
    expected = [
        *((filled.contract, filled.commitment, 333333, "J11", "E05013636", year, 10_000) for year in range(5)),
        *((*added[0], share, 'J"1,1', "]é", year, quantity) for year, quantity in ((0, 20_000), (2, 5_000))),
    ]
    for many in (1, 2, 16_384):
        monkeypatch.setattr(line_columns, "_AT_ONCE", many)
        with database.read() as reader:
            assert all(len(json.loads(parcel[0])) <= many for parcel in reader.commitment_columns())
            assert lines_of(reader) == sorted(expected)


def test_columns_of_a_few_contracts_are_those_of_all_that_are_theirs(database, filled):
    with database.work("Ann") as work:
        other = work.contracts.add(replace(contract(), reference="Other"), None)
        line = work.commitments.add(other.id, Commitment("", "J12", (Decimal(2), Decimal(3)), place="E05013636"))
        work.commit()
    with database.read() as reader:
        told = [
            [list(map(json.loads, parcel)) for parcel in read([other.id])]
            for read in (
                reader.delivered_contract_columns,
                reader.commitment_columns,
                reader.quantity_columns,
                reader.plan_columns,
                reader.delivery_columns,
            )
        ]
        every = [json.loads(parcel[0]) for parcel in reader.delivered_contract_columns()]
        assert list(reader.quantity_columns([other.id + 1])) == []
    facts = contract()
    days = [[facts.start_on.isoformat()], [facts.end_on.isoformat()]]
    assert told == [
        [[[other.id], *days, [facts.menu], [facts.edition], ["draft"]]],
        [[[line.id], [other.id], [1_000_000], ["J12"], ["E05013636"]]],
        [[[line.id, line.id], [0, 1], [20_000, 30_000]]],
        [],
        [],
    ]
    assert {other.id, filled.contract} <= {number for parcel in every for number in parcel}


def test_rate_lines_of_very_many_contracts(database, filled):
    with database.read() as reader:
        assert sorted(reader.rate_lines(range(1, 30_001))) == sorted(reader.rate_lines())


def test_rate_lines_take_recorded_spend_before_forecast(database, filled):
    head = (filled.contract, filled.rate_commitment, 1, "S08", 1_000_000, "")
    with database.read() as reader:
        assert sorted(reader.rate_lines()) == [
            (*head, 0, 15000, 10_000_000, 999, 1),
            (*head, 1, 15000, 10_000_000, 700, 0),
        ]
        assert sorted(reader.rate_lines([filled.contract])) == sorted(reader.rate_lines())


def test_rate_lines_fall_back_to_forecast_when_the_record_is_withdrawn(database, filled):
    with database.work("Bob") as work:
        held = work.contracts.get(filled.contract)
        spend = (YearSpend(0, Decimal("10.01")),)
        work.contracts.save(held.id, held.version, replace(held.record, spend=spend), filled.supplier)
        work.commit()
    with database.read() as reader:
        assert [line[6:] for line in reader.rate_lines()] == [(0, 15000, 10_000_000, 1001, 0)]


def test_history_of_a_contract_names_who_what_and_both_states(database, filled):
    with database.work("Cy", "Raised the value") as work:
        held = work.contracts.get(filled.contract)
        work.contracts.save(held.id, held.version, replace(held.record, value=Decimal(3)), filled.supplier)
        line = work.commitments.get(filled.commitment)
        work.commitments.save(line.id, line.version, replace(line.record, quantities=(Decimal(13),)))
        work.commit()
    with database.read() as reader:
        newest = reader.history(HistoryWanted((CONTRACT,), filled.contract))[0]
        assert (newest.who, newest.what, newest.action, newest.contract_id) == (
            "Cy",
            "Raised the value",
            "changed",
            filled.contract,
        )
        assert (newest.before["value"], newest.after["value"]) == (Decimal("2500000.00"), Decimal("3.00"))
        assert "version" not in newest.after
        of_line = reader.history(HistoryWanted((COMMITMENT,), filled.commitment), limit=5)
        assert {(entry.kind, entry.action) for entry in of_line} == {
            ("commitment", "changed"),
            ("commitment_year", "changed"),
            ("commitment_year", "deleted"),
        }
        assert all(entry.contract_id == filled.contract for entry in of_line)
        year = next(entry for entry in of_line if entry.kind == "commitment_year" and entry.action == "changed")
        assert (year.before["quantity"], year.after["quantity"]) == (Decimal("12.5"), Decimal(13))
        assert (year.after["commitment_id"], year.after["year_index"]) == (filled.commitment, 0)
        whole = reader.history(HistoryWanted(contract_id=filled.contract))
        assert {entry.kind for entry in whole} == {
            "contract",
            "contract_spend",
            "commitment",
            "commitment_year",
            "answer",
            "act",
            "award",
            "variation",
            "variation_line",
            "variation_line_year",
            "delivery",
            "delivery_act",
            "delivery_person",
            "plan_entry",
            "evidence",
            "attachment",
            "handed_over",
            "audit_sample",
            "audit_item",
            "delivered_paper",
        }
        assert [entry.id for entry in whole] == sorted((entry.id for entry in whole), reverse=True)
        assert len(reader.history(limit=3)) == 3


def test_search_finds_contracts_and_suppliers(database, filled):
    with database.read() as reader:
        (road,) = reader.search(CONTRACT, "BRIDGE roads")
        assert (road.record.reference, road.record.supplier) == ("C1", "Bridge Works Ltd")
        assert [fact.name for fact in road.found_in] == ["title", "supplier"]
        assert [hit.record.name for hit in reader.search(SUPPLIER, "BRIDGE")] == ["Bridge Works Ltd"]
        assert [hit.record.title for hit in reader.search(CONTRACT, "%")] == ["Éclairs"]
        assert [hit.record.name for hit in reader.search(SUPPLIER, "%")] == ["Åsa's 100% Co_op"]
        assert reader.search(CONTRACT, "   ") == []
        assert len(reader.search(SUPPLIER, "o", limit=1)) == 1


def test_search_looks_in_every_fact_that_is_declared_to_be_searched(database, filled):
    with database.work("Ann") as work:
        stored = work.contracts.get(filled.contract)
        changed = replace(stored.record, contract_manager="P. Quill", directorate="Place", notes="Bramble")
        work.contracts.save(stored.id, stored.version, changed, work.contracts.supplier_id_of(stored.id))
        work.commit()
    with database.read() as reader:
        (hit,) = reader.search(CONTRACT, "quill place")
        assert [fact.name for fact in hit.found_in] == ["directorate", "contract_manager"]
        assert reader.search(CONTRACT, "bramble") == []
        (row,) = reader.contracts(ContractFilter(numbers=frozenset({filled.contract})))
        assert (row.contract_manager, row.directorate, row.notes) == ("P. Quill", "Place", "Bramble")


def test_a_contract_in_a_list_has_every_fact_but_its_spend(database, filled):
    with database.read() as reader, database.work("Ann") as work:
        rows = reader.contracts()
        for row in rows:
            record = work.contracts.get(row.id).record
            names = [fact.name for fact in CONTRACT.facts if fact.name != "spend"]
            assert [getattr(row, name) for name in names] == [getattr(record, name) for name in names]
            assert row.version == work.contracts.get(row.id).version
        assert rows


def test_history_is_asked_for_by_person_day_and_kind(database, filled):
    with database.work("Zed", "Rename") as work:
        stored = work.contracts.get(filled.contract)
        renamed = replace(stored.record, title="Lanes")
        work.contracts.save(stored.id, stored.version, renamed, work.contracts.supplier_id_of(stored.id))
        work.commit()
    with database.read() as reader:
        (newest,) = reader.history(HistoryWanted(who=frozenset({"Zed"})))
        assert newest.what == "Rename"
        assert reader.history(HistoryWanted(since=newest.at)) == [newest]
        assert newest not in reader.history(HistoryWanted(until=newest.at))
        kinds = {entry.kind for entry in reader.history(HistoryWanted((SUPPLIER, COMMITMENT)))}
        assert kinds == {"supplier", "commitment", "commitment_year"}
        assert "Zed" in reader.people()


def test_reader_does_not_write(database):
    with database.read() as reader, pytest.raises(StoreError):
        reader._connection.execute(text("INSERT INTO change (at, who, what) VALUES (NULL, 'x', 'x')"))


def test_ten_thousand_contracts_are_listed_in_one_query_without_rows(database, raw, server):
    change = raw.sign()
    no, day = ("0", "'2026-04-01'") if server == "sqlite" else ("false", "date '2026-04-01'")
    numbers = "generate_series(1, 10000) AS n"
    if server == "sqlite":
        numbers = "(WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 10000) SELECT n FROM c)"
    raw(
        "INSERT INTO contract (version, deleted, change_id, reference, title, value, start_on, end_on, kind, status) "
        f"SELECT 1, {no}, {change}, 'R' || n, 'Title', n, {day}, {day}, 'standard', 'draft' FROM {numbers}"
    )
    statements: list[str] = []
    event.listen(database._engine, "before_cursor_execute", lambda *given: statements.append(given[2]))
    with database.read() as reader:
        rows = reader.contracts()
        assert len(rows) == 10_000
        assert len([each for each in statements if each.lstrip().startswith("SELECT")]) == 1
        assert len(reader.contracts(ContractFilter(text="r999"))) == 11


def test_commitment_without_quantities_has_no_lines(database):
    with database.work("Ann") as work:
        held = work.contracts.add(contract(menu="", edition=""), None)
        work.commitments.add(held.id, Commitment("", "J11", (None, None)))
        work.commitments.add(held.id, Commitment("", "J12"))
        work.commitments.add(held.id, Commitment("", "J13", (Decimal(1),)))
        work.commit()
    with database.read() as reader:
        assert [line[2:] for line in lines_of(reader)] == [(1_000_000, "J13", "", 0, 10_000)]


def test_answers_are_read_by_what_their_keys_begin_with(database, filled):
    told = Answer("They are others.", choice=AnswerChoice.DIFFERENT, asked="J01 2; S01 3")
    with database.work("Bob", "Answer") as work:
        work.answers.give(filled.contract, "declare-different:one_job:J01+S01", told)
        work.answers.give(filled.contract, "declare-different:one%job:J02", Answer(" "))
        work.answers.give(filled.contract, "declare-differently", Answer("No key of a clash."))
        work.answers.give(filled.contract, "declare-different:taken:J03", Answer("Taken back"))
        work.answers.withdraw(filled.contract, "declare-different:taken:J03")
        gone = work.contracts.add(contract("gone too"), None)
        work.answers.give(gone.id, "declare-different:one_job:J01+S01", Answer("They are others."))
        work.contracts.delete(gone.id, gone.version)
        work.commit()
    with database.read() as reader:
        assert reader.answered("declare-different:") == [
            (filled.contract, "declare-different:one%job:J02", Answer(" ")),
            (filled.contract, "declare-different:one_job:J01+S01", told),
        ]
        assert reader.answered("declare_different") == []


def test_contracts_read_whole_are_those_that_are_read_one_by_one(database, filled):
    with database.work("Bob", "Look") as work:
        numbers = [row.id for row in work.lists.contracts()]
        singly = {number: work.contracts.get(number) for number in numbers}
        suppliers = {number: work.contracts.supplier_id_of(number) for number in numbers}
        found = work.lists.contracts_whole(numbers)
    assert any(one.record.spend for one in singly.values())
    assert found == {
        number: (replace(one, saved_by="", saved_at=None), suppliers[number]) for number, one in singly.items()
    }


def test_many_contracts_are_read_whole_in_parts(database, filled, monkeypatch):
    monkeypatch.setattr(held, "_AT_ONCE", 2)
    with database.read() as reader:
        numbers = {row.id for row in reader.contracts()}
        assert reader.contracts_whole(numbers).keys() == numbers
        assert len(numbers) > 2


def test_records_read_at_once_are_those_of_the_list(database, filled):
    with database.work("Bob", "Look") as work:
        listed = work.suppliers.all()
        assert sorted(work.lists.records(SUPPLIER), key=lambda one: one.id) == sorted(
            (replace(one, saved_by="", saved_at=None) for one in listed), key=lambda one: one.id
        )


def test_columns_of_contracts_stand_in_the_order_of_their_list(database, filled):
    with database.read() as reader:
        rows = reader.contracts()
        ids, references, starts = reader.contract_columns("id", "reference", "start_on")
    assert [*zip(ids, references, starts, strict=True)] == [(row.id, row.reference, row.start_on) for row in rows]


def test_without_contracts_each_column_is_empty(database):
    with database.read() as reader:
        assert reader.contract_columns("id", "title") == [[], []]
