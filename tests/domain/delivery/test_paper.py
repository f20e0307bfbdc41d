"""What a paper on what was delivered tells, and how it names what it tells."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from tests.domain.build import commit, contract, edition, measure
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.acts import DeliveryAct, DeliveryActKind
from tomsapp.domain.delivery.delivery import Delivery, DeliveryState
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.ledger import Settled
from tomsapp.domain.delivery.paper import DeliveredPaper, numbered
from tomsapp.domain.delivery.plan import plan_in_force
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.delivery.sample import Checked, Conclusion
from tomsapp.domain.delivery.told import LineToday, ToldDelivery, ToldEvidence, ToldMoney, ToldSample
from tomsapp.domain.problems import Problem, Severity, Where

D = Decimal
MENU = edition(measure("M1", "100"), measure("M2", "50"))
FIRST = Quarter(0, 1)
UNTIL = date(2026, 9, 30)


def lines(*keys: str) -> tuple[Commitment, ...]:
    """A commitment of each measure by turns, named as a database names it."""
    return tuple(commit(f"M{number % 2 + 1}", "40", key=key) for number, key in enumerate(keys))


def act(number: int, kind: DeliveryActKind, commitment: str = "71", **more: object) -> DeliveryAct:
    facts: dict = {"done_on": date(2026, 8, 1), "role": "Officer", "by": "A. Okafor", "quarter": FIRST}
    at = datetime(2026, 8, 1, tzinfo=UTC)
    return DeliveryAct(kind, id=number, contract_id=9, recorded_at=at, commitment=commitment, **(facts | more))


def paper(*acts: DeliveryAct, entered_by: str = "P. Lindqvist", **more: object) -> DeliveredPaper:
    """A paper of two commitments, of which 10 of the first were claimed in the first quarter and 8 accepted."""
    agreed: Contract = more.pop("contract", None) or contract()
    own = more.pop("commitments", None) or lines("71", "75")
    claim = Delivery("71", FIRST, D(10), date(2026, 7, 9), D(10), D(8))
    facts: dict = {
        "deliveries": (ToldDelivery(claim, entered_by),),
        "acts": acts or (act(1, DeliveryActKind.ACCEPT, quantity=D(8)),),
    }
    return DeliveredPaper(agreed, MENU, own, UNTIL, plan_in_force(agreed, MENU, own), **(facts | more))


def test_its_figures_are_worked_out_from_what_it_tells_alone():
    told = paper()
    assert told.delivered.pounds.due == D("3000.00")
    assert told.delivered.pounds.accepted == D("800.00")
    assert told.delivered.lines[0].units_by_year(State.ACCEPTED) == (D(8),)
    assert told.numbers == {"71": 1, "75": 2}


def test_an_act_that_was_taken_back_is_no_decision_any_more():
    accepted = act(1, DeliveryActKind.ACCEPT, quantity=D(8))
    told = paper(accepted)
    assert told.decisions_of(("71", FIRST)) == [accepted]
    assert told.decisions_of(("75", FIRST)) == []
    undone = paper(accepted, act(2, DeliveryActKind.TAKE_BACK, reverses=1))
    assert undone.decisions_of(("71", FIRST)) == []
    assert [one.commitment for one in undone.decided_otherwise] == ["71"]
    assert told.decided_otherwise == ()


def test_an_act_of_no_quarter_decides_nothing():
    assert paper(act(1, DeliveryActKind.ACCEPT, quarter=None)).decisions_of(("71", FIRST)) == []


def test_who_accepts_their_own_entry_is_an_exception_however_the_name_is_written():
    assert paper().accepted_own == ()
    own = paper(entered_by="a. okafor ").accepted_own
    assert [one.id for one in own] == [1]
    assert paper(act(1, DeliveryActKind.REJECT, quantity=D(2)), entered_by="A. Okafor").accepted_own == ()
    assert paper(act(1, DeliveryActKind.ACCEPT, quarter=None), entered_by="A. Okafor").accepted_own == ()


def test_when_a_supplier_was_told_to_improve_stands_with_the_commitment_and_whether_it_did():
    told = paper(
        act(1, DeliveryActKind.TELL_TO_IMPROVE, improve_by=date(2027, 1, 31)),
        act(2, DeliveryActKind.LEAVE_OPEN),
        act(3, DeliveryActKind.IMPROVED),
        act(4, DeliveryActKind.TELL_TO_IMPROVE, commitment=""),
    )
    [improved] = told.improvements_of("71")
    assert (improved.told.id, improved.outcome and improved.outcome.id) == (1, 3)
    assert improved.told_words == "told to improve on 1 August 2026, by 31 January 2027; improved on 1 August 2026"
    assert told.improvements_of("75") == []
    [whole] = told.improvements_of("")
    assert whole.told_words == "told to improve on 1 August 2026"
    kept = numbered(told)
    assert [each.told_words for each in kept.improvements_of("1")] == [improved.told_words]


def test_evidence_stands_with_each_commitment_that_it_shows_once():
    both = ToldEvidence(1, "a.pdf", "ab" * 32, 10, shows=(("71", FIRST), ("71", Quarter(0, 2)), ("75", FIRST)))
    kept = ToldEvidence(2, "Payroll", reference="HR 7", shows=(("75", FIRST),))
    told = paper(evidence=(both, kept))
    assert told.evidence_of("71") == [both]
    assert told.evidence_of("75") == [both, kept]
    assert told.evidence_of("79") == []
    assert both.is_file
    assert not kept.is_file


def test_money_counts_as_handed_over_by_the_day():
    ledger = tuple(ToldMoney(day, "Us", D(5), "Them") for day in (date(2026, 9, 30), date(2026, 10, 1)))
    assert paper(ledger=ledger).handed_over == D("5.00")


def test_money_that_was_agreed_stands_beside_what_came_of_it():
    agreed = act(2, DeliveryActKind.MONEY, amount=D("100.00"), supplier_by="J. Smith")
    ledger = tuple(ToldMoney(UNTIL, "Us", D(amount), "Them", commitment=key) for amount, key in ((30, "71"), (5, "")))
    told = paper(act(1, DeliveryActKind.ACCEPT, quantity=D(8)), agreed, ledger=ledger)
    assert told.money("71") == Settled(D("100.00"), D("30.00"))
    assert told.money() == Settled(D("100.00"), D("35.00"))
    assert told.money("75") == Settled()


def test_as_signed_is_told_only_where_something_was_varied():
    assert paper().as_signed is None
    signed = paper(signed_contract=contract(), signed_commitments=lines("71")).as_signed
    assert signed is not None
    assert (signed.social_value, paper().as_varied.social_value) == (D("4000.00"), D("6000.00"))


def test_a_sample_says_what_its_conclusions_come_to():
    checked = (Checked(Conclusion.SHOWN, D(100), D(100)), Checked(Conclusion.NOT_SHOWN, D(100), D(0)))
    sample = ToldSample("2026-10", UNTIL, UNTIL, 2, 9, D(900), checked)
    assert sample.result.wrong == 1
    assert "50.0%" in sample.result.words[0]


def test_a_paper_names_its_commitments_by_their_numbers_and_tells_no_keys():
    signed = (*lines("71"), commit("M2", "4", key="80"))
    problem = Problem("x", Severity.WARNING, "m", "f", Where(commitment="75"))
    told = numbered(
        paper(
            act(1, DeliveryActKind.ACCEPT, quantity=D(8), delivery=33),
            act(2, DeliveryActKind.SUBSTITUTE, "75", other_commitment="71"),
            act(3, DeliveryActKind.ACCEPT_PLAN, ""),
            contract=replace(contract(), contract_manager="J. Bloggs", notes="Not for the public"),
            commitments=tuple(replace(line, project="12") for line in lines("71", "75")),
            began={("71", FIRST): (date(2026, 4, 6),), ("99", FIRST): ()},
            evidence=(ToldEvidence(1, "a", shows=(("75", FIRST), ("99", FIRST))),),
            ledger=(ToldMoney(UNTIL, "Us", D(5), "Them", commitment="75"), ToldMoney(UNTIL, "Us", D(5), "Them")),
            signed_contract=replace(contract(), notes="Not for the public"),
            signed_commitments=signed,
            today=(LineToday("75", D(1)), LineToday("99", D(1))),
            problems=(problem, Problem("y", Severity.NOTE, "m", "f")),
        )
    )
    assert [line.key for line in told.commitments] == ["1", "2"]
    assert [line.project for line in told.commitments] == ["", ""]
    assert list(told.plan) == ["1", "2"]
    assert told.deliveries[0].claim == ("1", FIRST)
    assert [(one.id, one.commitment, one.other_commitment) for one in told.acts] == [(1, "1", ""), (2, "2", "1")]
    assert {(one.contract_id, one.delivery) for one in told.acts} == {(0, None)}
    assert told.began == {("1", FIRST): (date(2026, 4, 6),)}
    assert told.evidence[0].shows == (("2", FIRST),)
    assert [entry.commitment for entry in told.ledger] == ["2", ""]
    assert [line.key for line in told.signed_commitments] == ["1", "3"]
    assert [line.commitment for line in told.today] == ["2"]
    assert [one.where.commitment for one in told.problems] == ["2", ""]
    assert told.contract.contract_manager == told.contract.notes == ""
    assert told.signed_contract is not None
    assert told.signed_contract.notes == ""
    assert told.delivered.pounds == paper().delivered.pounds
    assert numbered(paper()).signed_contract is None


def test_a_return_of_a_commitment_that_the_contract_has_not_is_not_told():
    other = ToldDelivery(Delivery("99", FIRST, D(1), UNTIL, state=DeliveryState.CLAIMED))
    assert len(numbered(paper(deliveries=(*paper().deliveries, other))).deliveries) == 1
