"""What was decided of a delivery is changed by an act alone, for the program and for anybody else who writes."""

import sqlite3

import psycopg
import pytest

from tests.store.samples import fill

REFUSED = (sqlite3.IntegrityError, psycopg.errors.RaiseException, psycopg.errors.CheckViolation)
BY_AN_ACT = "accepted, rejected and withdrawn by an act alone"
IN_FORCE = "A plan comes into force by an act alone"
DECIDED = "This claim was decided: take that back to change it"


class Claims:
    """Writes to the tables of deliveries as a stranger would; quantities are in units."""

    def __init__(self, raw, server: str, contract: int, commitment: int) -> None:
        self.raw, self.server = raw, server
        self.contract, self.commitment = contract, commitment

    def units(self, number: int) -> int:
        return number * 10_000 if self.server == "sqlite" else number

    def _insert(self, table: str, change: str, values: dict[str, object]) -> str:
        said = {"version": 1, "deleted": "false", "change_id": change, **values}
        if table == "delivery_act":
            said = {"change_id": change, "content": "CAST('{}' AS %s)", "content_sha256": "''", **values}
            said["content"] = str(said["content"]) % ("BLOB" if self.server == "sqlite" else "BYTEA")
        return f"INSERT INTO {table} ({', '.join(said)}) VALUES ({', '.join(map(str, said.values()))})"

    def claim(self, **changes: object) -> None:
        values = {
            "contract_id": self.contract, "commitment_id": self.commitment, "year_index": 0, "quarter": 1,
            "claimed": self.units(25), "evidenced": self.units(20), "accepted": 0, "provisional": 0, "rejected": 0,
            "state": "'claimed'", "note": "''", "returned_on": "'2026-07-10'", "entered_by": "'Ann'",
        }  # fmt: skip
        self.raw(self._insert("delivery", self.raw.sign(), {**values, **changes}))

    def plan(self, change: str, **changes: object) -> str:
        values = {
            "contract_id": self.contract, "commitment_id": self.commitment, "year_index": 0, "quarter": 1,
            "in_force": "false", "quantity": self.units(3), "action": "''", "person": "''", "partner": "''",
            "risk": "''",
        }  # fmt: skip
        return self._insert("plan_entry", change, {**values, **changes})

    def act(self, change: str, **changes: object) -> str:
        values = {
            "contract_id": self.contract, "kind": "'accept'", "done_on": "'2026-07-20'", "role": "''",
            "reason": "''", "supplier_by": "''", "cause": "''",
        }  # fmt: skip
        return self._insert("delivery_act", change, {**values, **changes})

    def update(
        self, what: str, *, by: dict[str, object] | None = None, table: str = "delivery", where: str = ""
    ) -> None:
        """Change rows, under a change that has an act where `by` says one."""
        change = self.raw.sign()
        if by is not None:
            self.raw._before.append(self.act(change, **by))
        self.raw(f"UPDATE {table} SET {what}, version = version + 1, change_id = {change} {where}")


@pytest.fixture
def claims(database, raw, server) -> Claims:
    filled = fill(database, "C8")
    # Of the other commitment there is a claim and a plan already.
    return Claims(raw, server, filled.contract, filled.rate_commitment)


DECISIONS = ("accepted = evidenced", "rejected = claimed", "state = 'decided'", "state = 'withdrawn'")


def mine(claims: Claims) -> str:
    return f"WHERE commitment_id = {claims.commitment}"


def number(claims: Claims) -> int:
    return claims.raw(f"SELECT id FROM delivery {mine(claims)}")[0][0]


@pytest.mark.parametrize("what", DECISIONS)
def test_decision_needs_its_act(claims, what):
    claims.claim()
    with pytest.raises(REFUSED, match=BY_AN_ACT):
        claims.update(what, where=mine(claims))
    with pytest.raises(REFUSED, match=BY_AN_ACT):
        claims.update(what, by={"delivery_id": "NULL"}, where=mine(claims))
    claims.update(what, by={"delivery_id": number(claims)}, where=mine(claims))


def test_act_of_another_change_decides_nothing(claims):
    claims.claim()
    of = number(claims)
    claims.raw(claims.act(claims.raw.sign(), delivery_id=of))
    with pytest.raises(REFUSED, match=BY_AN_ACT):
        claims.update("accepted = evidenced", where=mine(claims))


def test_act_of_another_claim_decides_nothing(claims):
    claims.claim()
    other = number(claims)
    claims.claim(quarter=2)
    with pytest.raises(REFUSED, match=BY_AN_ACT):
        claims.update("accepted = evidenced", by={"delivery_id": other}, where=f"{mine(claims)} AND quarter = 2")


@pytest.mark.parametrize(
    "changes", [{"state": "'decided'"}, {"state": "'withdrawn'"}, {"accepted": 1}, {"rejected": 1}]
)
def test_new_claim_is_undecided(claims, changes):
    with pytest.raises(REFUSED, match=BY_AN_ACT):
        claims.claim(**changes)


CLAIMED = ("claimed = claimed + 1", "evidenced = 0", "note = 'x'", "new_people = 1", "returned_on = '2026-08-01'",
           "entered_by = 'Bob'", "deleted = NOT deleted")  # fmt: skip


@pytest.mark.parametrize("state", ["decided", "withdrawn"])
@pytest.mark.parametrize("what", CLAIMED)
def test_decided_claim_does_not_change(claims, what, state):
    claims.claim()
    claims.update(what if what != "deleted = NOT deleted" else "note = 'y'", where=mine(claims))
    claims.update(f"state = '{state}'", by={"delivery_id": number(claims)}, where=mine(claims))
    what = what if what != "note = 'x'" else "note = 'z'"
    what = what if what != "evidenced = 0" else "evidenced = claimed"
    what = what.replace("= 1", "= 2").replace("'2026-08-01'", "'2026-08-02'").replace("'Bob'", "'Cy'")
    with pytest.raises(REFUSED, match=DECIDED):
        claims.update(what, where=mine(claims))


def test_claim_of_which_a_part_is_decided_gets_more_evidence_and_is_not_deleted(claims):
    claims.claim()
    part = f"accepted = {claims.units(10)}"
    claims.update(part, by={"delivery_id": number(claims)}, where=mine(claims))
    claims.update("evidenced = claimed", where=mine(claims))
    with pytest.raises(REFUSED, match=DECIDED):
        claims.update("deleted = NOT deleted", where=mine(claims))
    with pytest.raises(REFUSED, match=r"(?i)check"):
        claims.update("evidenced = 0", where=mine(claims))


@pytest.mark.parametrize("what", ["quarter = 2", "year_index = 1", "commitment_id = {other}"])
@pytest.mark.parametrize("table", ["delivery", "plan_entry"])
def test_it_stays_with_its_commitment_and_quarter(claims, database, table, what):
    claims.claim()
    claims.raw(claims.plan(claims.raw.sign()))
    (other,) = claims.raw(f"SELECT min(id) FROM commitment WHERE contract_id = {claims.contract}")[0]
    with pytest.raises(REFUSED, match="stays with its commitment and quarter"):
        claims.update(what.format(other=other), table=table, where=mine(claims))


def test_commitment_of_another_contract_is_refused(claims, database):
    other = fill(database, "C9")
    with pytest.raises(REFUSED, match="of another contract"):
        claims.claim(contract_id=other.contract)
    change = claims.raw.sign()
    with pytest.raises(REFUSED, match="of another contract"):
        claims.raw(claims.plan(change, contract_id=other.contract))


@pytest.mark.parametrize("changes", [{"quarter": 0}, {"quarter": 5}, {"year_index": -1}, {"claimed": 0}])
def test_claim_of_no_quarter_or_with_more_evidence_than_claimed_is_refused(claims, changes):
    with pytest.raises(REFUSED, match=r"(?i)check"):
        claims.claim(**changes)


def test_plan_is_worked_on_freely_and_in_force_by_an_act(claims):
    claims.raw(claims.plan(claims.raw.sign()))
    claims.update("quantity = quantity + 1", table="plan_entry", where=mine(claims))
    with pytest.raises(REFUSED, match=IN_FORCE):
        claims.update("in_force = NOT in_force", table="plan_entry", where=mine(claims))
    change = claims.raw.sign()
    with pytest.raises(REFUSED, match=IN_FORCE):
        claims.raw(claims.plan(change, in_force="true"))
    change = claims.raw.sign()
    claims.raw._before.append(claims.act(change, kind="'accept_plan'"))
    claims.raw(claims.plan(change, in_force="true"))
    for kind in (None, "'propose_plan'"):
        by = None if kind is None else {"kind": kind}
        with pytest.raises(REFUSED, match=IN_FORCE):
            claims.update("quantity = 0", by=by, table="plan_entry", where=f"{mine(claims)} AND in_force")
    taken_back = {"kind": "'take_back'"}
    claims.update("deleted = NOT deleted", by=taken_back, table="plan_entry", where=f"{mine(claims)} AND in_force")
