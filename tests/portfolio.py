"""Seeded portfolios of an invented council: a small one through the services, a large one straight into the file."""

from __future__ import annotations

import random
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

from tomsapp.bootstrap import menu_catalogue
from tomsapp.domain.commitment import OUTSIDE_AREA, Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, ContractStatus, YearSpend
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.keys import measure_key
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.priority import Priority
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.units import Unit
from tomsapp.services import commitments as commitment_services
from tomsapp.services import contracts as contract_services
from tomsapp.services import suppliers as supplier_services
from tomsapp.services.databases import make_database, open_workspace
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.priorities import PRIORITIES

SUPPLIERS = (
    "Northcote Civil Engineering plc",
    "Brightwater Care Ltd",
    "Ashdown Facilities Ltd",
    "Greenmantle Grounds Ltd",
    "Hartwell and Doyle Property Services Ltd",
    "Larkfield Print Works CIC",
    "Oakapple Youth Trust",
    "Quillstone Digital Ltd",
)
TITLES = (
    "Leisure centre refurbishment",
    "Housing repairs and empty homes, east",
    "Digital service desk",
    "Home care, north and west",
    "Highways planned maintenance",
    "Grounds and street cleaning",
    "School meals",
    "Print and post",
    "Youth outreach",
    "Library self-service kiosks",
    "Energy retrofit of homes",
    "Temporary accommodation furnishing",
)
SHARES = (Decimal(1),) * 6 + (Decimal("0.5"), Decimal("0.25"), Decimal("0.333333"))
MENUS = (("barnet-open", "2026.2"), ("barnet-council", "2023"))


def new_workspace(folder, name="council.db"):
    return make_database(folder / name, menu_catalogue(), "A. Okafor", "Larkmere Council")


_FILLED: dict[tuple[int, int], bytes] = {}


def filled_workspace(folder, contracts=12, seed=7):
    """A council's database that `fill_small` filled; it is filled once, and those after it are copies."""
    path, of = folder / "council.db", (contracts, seed)
    if of in _FILLED:
        path.write_bytes(_FILLED[of])
        return open_workspace(path, menu_catalogue(), "A. Okafor", is_known=True)
    made = new_workspace(folder)
    fill_small(made, contracts, seed)
    _FILLED[of] = path.read_bytes()  # each save leaves the file whole
    return made


def fill_small(workspace, contracts=12, seed=7):
    """Contracts of every kind and status with commitments of both menus; answers the contracts' numbers."""
    dice = random.Random(seed)
    supplier_ids = [supplier_services.add_supplier(workspace, Supplier(name)).result.id for name in SUPPLIERS]
    return [_add_contract(workspace, dice, number, supplier_ids) for number in range(contracts)]


def add_own_groups(workspace):
    """Two neighbourhoods that share a ward, and two priorities that share measures; some are in none."""
    wards = sorted(ward.code for ward in workspace.area().wards)
    codes = sorted(measure.code for measure in workspace.edition("barnet-open", "2026.2").measures)
    keys = [measure_key("barnet-open", code) for code in codes]
    for name, own in (("East", wards[:8]), ("Centre", wards[6:14])):
        NEIGHBOURHOODS.add(workspace, Neighbourhood(name, frozenset(own)))
    for name, own in (("Work", keys[:60]), ("Climate", keys[40:90])):
        PRIORITIES.add(workspace, Priority(name, "Plan", frozenset(own)))


def _add_contract(workspace, dice, number, supplier_ids):
    menu, edition = MENUS[1] if number % 5 == 4 else MENUS[0]
    years = dice.randrange(1, 6)
    start = date(2025, 10, 1) if number == 0 else date(2026, 1 if number == 3 else 4, 1)
    is_framework = number == 6
    contract = Contract(
        reference=f"C-2026-{number + 1:03d}",
        title=TITLES[number % len(TITLES)],
        value=Decimal(dice.randrange(3_000_000, 900_000_000)) / 100,
        start_on=start,
        end_on=end_after(start, years),
        menu=menu,
        edition=edition,
        kind=ContractKind.FRAMEWORK if is_framework else ContractKind.STANDARD,
        spend=tuple(YearSpend(year, Decimal("350000.00"), year == 0) for year in range(years)) if is_framework else (),
    )
    supplier_id = supplier_ids[number * 3 % len(supplier_ids)]
    stored = contract_services.add_contract(workspace, contract, supplier_id).result
    edition_read = workspace.edition(menu, edition)
    wards = [ward.code for ward in workspace.area().wards] + ["", ""]
    lines = [_commitment(dice, dice.choice(edition_read.measures), years, wards) for _ in range(dice.randrange(4, 12))]
    if is_framework:
        lines.append(Commitment("", "S08", rate=Rate(Decimal(2), Decimal("100000.00")), statement="Each year."))
        lines.append(Commitment("", "S14", rate=Rate(Decimal("18.1"), Decimal("100000.00")), statement="New."))
    if number == 1:
        lines.append(Commitment("", "J11", quantities=(None,) * years))
    if number == 3:
        lines.append(
            Commitment("", "J01", (Decimal(2),) + (Decimal(0),) * (years - 1), place=OUTSIDE_AREA, statement="A")
        )
    if number != 11:
        commitment_services.add_commitments(workspace, stored.id, lines, "Add commitments")
    if number % 3:
        with workspace.work("Sign") as uow:
            signed = replace(stored.record, status=ContractStatus.SIGNED)
            with without_guard(uow, "contract_acted"):
                uow.contracts.save(stored.id, stored.version, signed, supplier_id)
            uow.commit()
    return stored.id


@contextmanager
def without_guard(uow, trigger):
    """Lets a file take what only earlier versions of the program did, such as signing without an act."""
    run = uow._session.connection().exec_driver_sql
    statement = run(f"SELECT sql FROM sqlite_master WHERE name = '{trigger}'").scalar_one()
    run(f"DROP TRIGGER {trigger}")
    yield
    run(statement)


def _commitment(dice, measure, years, wards):
    places = measure.decimals
    most = {Unit.YES_NO: 1, Unit.PERCENT: 100, Unit.POUNDS: 40_000, Unit.FTE_YEARS: 9}.get(measure.unit, 60)
    quantities = tuple(
        None if dice.random() < 0.15 else Decimal(dice.randrange(0, most * 10**places + 1)).scaleb(-places)
        for _ in range(years)
    )
    statement = "Through the local jobs brokerage." if dice.random() < 0.8 else ""
    return Commitment("", measure.code, quantities, dice.choice(SHARES), dice.choice(wards), statement)


def fill_large(path, contracts=10_000, commitments=10, years=3, seed=11):
    """Contracts straight into a database file made by `new_workspace`; their history is that they were added."""
    dice = random.Random(seed)
    catalogue = menu_catalogue()
    edition = catalogue.load(*MENUS[0])
    codes = [(each.code, each.decimals, each.asks_statement) for each in edition.measures if each.is_valued]
    wards = [ward.code for ward in catalogue.area("barnet").wards]
    places = [*wards, ""]
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    change = connection.execute("SELECT max(id) FROM change").fetchone()[0]
    suppliers = [
        (number + 1, 1, 0, change, f"Supplier {number + 1:04d} Ltd", "sme", "", 0, "", "", "") for number in range(400)
    ]
    connection.executemany(f"INSERT INTO supplier {_columns(_SUPPLIER)}", suppliers)
    rows = (_large_contract(dice, number, years, change) for number in range(1, contracts + 1))
    connection.executemany(f"INSERT INTO contract {_columns(_CONTRACT)}", rows)
    added = ((change, "contract", number, number, "added", "{}", "{}") for number in range(1, contracts + 1))
    connection.executemany(f"INSERT INTO history {_columns(_HISTORY)}", added)
    total = contracts * commitments
    lines = (_large_commitment(dice, number, commitments, codes, places, change) for number in range(1, total + 1))
    connection.executemany(f"INSERT INTO commitment {_columns(_COMMITMENT)}", lines)
    quantities = (
        (number * years + year + 1, 1, 0, change, number + 1, year, dice.randrange(1, 80) * 10_000)
        for number in range(total)
        for year in range(years)
    )
    connection.executemany(f"INSERT INTO commitment_year {_columns(_YEAR)}", quantities)
    for _, statement in triggers:
        connection.execute(statement)
    connection.commit()
    connection.close()


def fill_deliveries(path, deliveries, seed=13):
    """Returns of signed and closed contracts straight into a file that `fill_large` has filled; most are decided."""
    dice = random.Random(seed)
    connection = sqlite3.connect(path)
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    change = connection.execute("SELECT max(id) FROM change").fetchone()[0]
    lines = connection.execute(
        "SELECT m.contract_id, m.id, y.year_index, y.quantity FROM contract AS c "
        "JOIN commitment AS m ON m.contract_id = c.id JOIN commitment_year AS y ON y.commitment_id = m.id "
        "WHERE c.status <> 'draft'"
    ).fetchall()
    wanted = dice.sample(range(len(lines) * 4), min(deliveries, len(lines) * 4))
    rows = (
        _large_delivery(dice, number, change, lines[place // 4], place % 4 + 1)
        for number, place in enumerate(wanted, start=1)
    )
    connection.executemany(f"INSERT INTO delivery {_columns(_DELIVERY)}", rows)
    for _, statement in triggers:
        connection.execute(statement)
    connection.commit()
    connection.close()


def _large_delivery(dice, number, change, line, quarter):
    contract, commitment, year, promised = line
    claimed = dice.randrange(promised // 2 // 10_000 + 1) * 10_000
    evidenced = dice.randrange(claimed // 10_000 + 1) * 10_000
    is_decided = number % 10 > 0
    accepted = evidenced if is_decided else 0
    provisional = accepted if number % 7 == 0 else 0
    rejected = claimed - accepted if is_decided else 0
    state = "decided" if is_decided else "claimed"
    amounts = (claimed, evidenced, accepted, provisional, rejected)
    where = (number, 1, 0, change, contract, commitment, year, quarter)
    return (*where, *amounts, state, "As the letters show", "2027-01-05", "A. Okafor")


_BASE = ("id", "version", "deleted", "change_id")
_SUPPLIER = (*_BASE, "name", "kind", "registration", "is_local", "contact_name", "contact_email", "notes")
_CONTRACT = (
    *_BASE, "reference", "title", "supplier_id", "value", "start_on", "end_on", "menu", "edition", "kind", "status",
)  # fmt: skip
_COMMITMENT = (*_BASE, "contract_id", "position", "measure", "contract_share", "place", "statement", "project")
_HISTORY = ("change_id", "kind", "record_id", "contract_id", "action", '"before"', '"after"')
_DELIVERY = (
    *_BASE, "contract_id", "commitment_id", "year_index", "quarter", "claimed", "evidenced", "accepted", "provisional",
    "rejected", "state", "note", "returned_on", "entered_by",
)  # fmt: skip
_YEAR = (*_BASE, "commitment_id", "year_index", "quantity")


def _columns(names):
    return f"({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"


def _large_contract(dice, number, years, change):
    start = date(2024 + number % 4, 4, 1)
    end = end_after(start, years)
    value = dice.randrange(3_000_000, 4_000_000_000)
    title = f"{TITLES[number % len(TITLES)]} {number}"
    status = ("draft", "signed", "closed")[number % 3]
    supplier = number % 400 + 1
    facts = (f"C-{number:05d}", title, supplier, value, start.isoformat(), end.isoformat(), *MENUS[0])
    return (number, 1, 0, change, *facts, "standard", status)


def _large_commitment(dice, number, each, codes, places, change):
    code, _decimals, _asks = codes[dice.randrange(len(codes))]
    share = (1_000_000, 1_000_000, 500_000, 250_000)[number % 4]
    contract = (number - 1) // each + 1
    place = places[number % len(places)]
    return (number, 1, 0, change, contract, number, code, share, place, "A statement", "")
