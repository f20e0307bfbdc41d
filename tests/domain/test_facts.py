"""Facts declared once: how each kind is written, typed, kept, and what is wrong with it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tomsapp.domain.contract import CONTRACT, Contract, ContractKind
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import APART, Fact, FactKind, Fault
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.record_type import RecordType, differences, fact_problem
from tomsapp.domain.said_back import understood
from tomsapp.domain.typed_days import find_day
from tomsapp.services.record_types import RECORD_TYPES, SIGNED_VALUATION


def _loud(text):
    return Fault("It shouts", "Whisper", "loud") if text.isupper() else None


KINDS = [each for each in RECORD_TYPES if each is not SIGNED_VALUATION]


class Size(Enum):
    SMALL = "small"
    LARGE = "large"

    @property
    def words(self):
        return f"{self.value.capitalize()} one"


CASES = [
    (Fact("a", "A"), "Bridge", "Bridge", "Bridge", "Bridge"),
    (Fact("a", "A", FactKind.LONG), "One\ntwo", "One\ntwo", "One\ntwo", "One\ntwo"),
    (Fact("a", "A", FactKind.CHOICE, choices=Size), Size.LARGE, "Large one", "large", "large"),
    (Fact("a", "A", FactKind.YES_NO), True, "Yes", "Yes", True),
    (Fact("a", "A", FactKind.YES_NO), False, "No", "No", False),
    (Fact("a", "A", FactKind.POUNDS), Decimal("4200000.50"), "£4,200,000.50", "4,200,000.50", Decimal("4200000.50")),
    (Fact("a", "A", FactKind.QUANTITY), Decimal("12.5"), "12.5", "12.5", Decimal("12.5")),
    (Fact("a", "A", FactKind.WHOLE), 1250, "1,250", "1,250", 1250),
    (Fact("a", "A", FactKind.SHARE), Decimal("0.25"), "25%", "25%", Decimal("0.25")),
    (Fact("a", "A", FactKind.DAY), date(2026, 4, 1), "1 April 2026", "1 April 2026", date(2026, 4, 1)),
]


@pytest.mark.parametrize(("fact", "value", "words", "text", "kept"), CASES)
def test_each_kind_is_written_typed_and_kept(fact, value, words, text, kept):
    assert fact.words(value) == words
    assert fact.text(value) == text
    assert fact.read(text) == value
    assert fact.kept(value) == kept
    assert fact.of_kept(kept) == value
    assert fact.of_kept(str(kept) if not isinstance(kept, bool) else kept) == value


@pytest.mark.parametrize(("fact", "value", "words", "text", "kept"), CASES)
def test_nothing_is_written_as_nothing(fact, value, words, text, kept):
    nothing = "" if fact.kind in {FactKind.LINE, FactKind.LONG} else None
    assert fact.words(nothing) == ""
    assert fact.text(nothing) == ""
    assert fact.read("  ") == nothing
    assert fact.of_kept(None) == nothing


def test_a_choice_is_read_by_its_words_or_its_code_in_any_letters():
    fact = Fact("a", "A", FactKind.CHOICE, choices=Size)
    assert fact.read("LARGE") is Size.LARGE
    assert fact.read("small ONE") is Size.SMALL
    with pytest.raises(TomsError, match="“huge” is none of the choices"):
        fact.read("huge")


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (FactKind.POUNDS, "lots", "Use numbers only, for example 4200000.00"),
        (FactKind.POUNDS, "0.001", "parts of a penny"),
        (FactKind.POUNDS, "-5", "less than zero"),
        (FactKind.QUANTITY, "-5", "less than zero"),
        (FactKind.QUANTITY, "0.00001", "more than 4 decimals"),
        (FactKind.QUANTITY, "many", "Use numbers only"),
        (FactKind.WHOLE, "2.5", "not a whole number"),
        (FactKind.WHOLE, "-1", "less than zero"),
        (FactKind.SHARE, "101%", "not between 0% and 100%"),
        (FactKind.SHARE, "33.33333", "more than 4 decimals"),
        (FactKind.DAY, "31 February 2026", "a date that exists"),
        (FactKind.DAY, "2026-02-31", "a date that exists"),
        (FactKind.DAY, "1 Ju 2026", "a date, for example"),
        (FactKind.DAY, "1 Jua 2026", "a date that exists"),
        (FactKind.DAY, "soon", "Enter a date, for example"),
        (FactKind.YES_NO, "perhaps", "neither yes nor no"),
    ],
)
def test_what_cannot_be_read_says_what_to_write(kind, text, words):
    with pytest.raises(TomsError, match=words):
        Fact("a", "A", kind).read(text)


@given(st.decimals(0, 999_999_999_999, places=2))
def test_pounds_come_back_from_their_text(amount):
    fact = Fact("a", "A", FactKind.POUNDS)
    assert fact.read(fact.text(amount)) == amount
    assert fact.read(fact.words(amount)) == amount


@given(st.dates(date(1990, 1, 1), date(2150, 12, 31)))
def test_days_come_back_from_their_text(day):
    fact = Fact("a", "A", FactKind.DAY)
    assert fact.read(fact.text(day)) == fact.read(day.isoformat()) == fact.read(f"{day:%d/%m/%Y}") == day


@given(st.integers(0, 1_000_000))
def test_shares_come_back_from_their_text(millionths):
    fact, share = Fact("a", "A", FactKind.SHARE), Decimal(millionths) / 1_000_000
    assert fact.read(fact.text(share)) == share


def test_an_empty_text_can_be_kept_as_null():
    fact = Fact("menu", "Menu", keeps_null=True)
    assert (fact.kept(""), fact.of_kept(None)) == (None, "")
    assert Fact("menu", "Menu").kept("") == ""


def test_a_value_that_must_be_above_zero_is_empty_at_nought():
    fact = Fact("value", "Value", FactKind.POUNDS, is_above_zero=True)
    assert fact.text(Decimal(0)) == ""
    assert fact.fault(Decimal(0)) == Fault("It is not above zero", "Enter more than 0", "missing")
    assert fact.fault(Decimal(1)) is None


@pytest.mark.parametrize(
    ("fact", "value", "code"),
    [
        (Fact("a", "A", needed="Enter it"), " ", "missing"),
        (Fact("a", "A", FactKind.DAY, needed="Enter it"), None, "missing"),
        (Fact("a", "A"), "", None),
        (Fact("a", "A", most=3), "abcd", "too-long"),
        (Fact("a", "A", FactKind.LONG, most=3), "abcd", None),
        (Fact("a", "A", FactKind.POUNDS), Decimal(-1), "negative"),
        (Fact("a", "A", FactKind.POUNDS), Decimal("1e12"), "too-large"),
        (Fact("a", "A", FactKind.POUNDS), Decimal("0.001"), "too-precise"),
        (Fact("a", "A", FactKind.QUANTITY), Decimal("0.001"), None),
        (
            Fact("a", "A", check=lambda text: Fault("It shouts", "Whisper", "loud") if text.isupper() else None),
            "A",
            "loud",
        ),
        (Fact("a", "A", check=_loud), "a", None),
    ],
)
def test_faults_of_a_fact(fact, value, code):
    fault = fact.fault(value)
    assert (fault.code if fault else None) == code


@dataclass(frozen=True)
class Bench:
    name: str = ""
    price: Decimal | None = None
    owner: str = ""


def _odd(bench):
    yield Problem("price-odd", Severity.ERROR, "It is odd", "Make it even", Where(field="price"))
    yield Problem("name-odd", Severity.ERROR, "It is odd", "Change it", Where(field="name"))


BENCH = RecordType(
    "bench",
    "bench",
    "benches",
    Bench,
    (
        Fact("name", "Bench name", needed="Enter what it is called"),
        Fact("price", "Price", FactKind.POUNDS),
        Fact("owner", "Owner", FactKind.LINK, needed="Choose one"),
    ),
    name_of=lambda bench: bench.name,
    checks=(_odd,),
)


def test_problems_name_the_fact_and_a_fault_of_a_fact_goes_before_one_of_several():
    found = BENCH.problems(Bench("", Decimal("0.001")))
    assert [(each.code, each.message, each.fix, each.where.field) for each in found] == [
        ("name-missing", "The bench has no bench name", "Enter what it is called", "name"),
        ("price-too-precise", "The price has parts of a penny", "Enter two decimals, for example 4200000.00", "price"),
    ]
    assert [each.code for each in BENCH.problems(Bench("A"))] == ["price-odd", "name-odd"]


def test_a_record_type_knows_its_facts_and_its_title():
    assert BENCH.fact("price").label == "Price"
    with pytest.raises(KeyError, match="colour"):
        BENCH.fact("colour")
    assert (BENCH.title, CONTRACT.title) == ("Benches", "Contract facts")
    assert BENCH.with_values(Bench("A"), {"owner": "Ann"}) == Bench("A", owner="Ann")
    assert BENCH.values(Bench("A")) == {"name": "A", "price": None, "owner": ""}


def test_differences_are_named_by_their_facts():
    before = Contract("C1", Decimal(1), date(2026, 4, 1), date(2027, 3, 31))
    after = Contract("C1", Decimal(2), date(2026, 4, 1), date(2027, 3, 31), kind=ContractKind.FRAMEWORK)
    assert [fact.label for fact in differences(CONTRACT.facts, before, after)] == ["Contract value", "Kind"]


def test_what_was_changed_here_is_put_over_what_others_saved():
    before = Bench("A", Decimal(1), "Ann")
    mine, theirs = Bench("A", Decimal(2), "Ann"), Bench("B", Decimal(3), "Ann")
    assert BENCH.put_over(before, mine, theirs) == Bench("B", Decimal(2), "Ann")
    assert BENCH.put_over(before, before, theirs) == theirs


@pytest.mark.parametrize("kind", KINDS, ids=lambda one: one.key)
def test_every_fact_that_is_declared_is_an_attribute_of_its_record_and_called_differently(kind):
    known = set(kind.make.__dataclass_fields__)
    # What nobody types may be told by a part of the record.
    told = {name for name, part in vars(kind.make).items() if isinstance(part, property)}
    assert {fact.name for fact in kind.facts if fact.is_typed} <= known
    assert {fact.name for fact in kind.facts} <= known | told
    labels = [fact.label for fact in kind.facts]
    assert len(set(labels)) == len(labels)
    for fact in kind.facts:
        assert fact.kind is not FactKind.CHOICE or all(member.words for member in fact.choices)
        assert fact.kind in APART or isinstance(fact.column_name, str)


def test_a_day_is_found_or_none():
    assert find_day("1.4.2026") == date(2026, 4, 1)
    assert find_day("") is None


def test_what_is_no_choice_offers_none():
    with pytest.raises(TypeError, match="title"):
        _ = Fact("title", "Title").offered


@pytest.mark.parametrize(
    ("fact", "text", "said"),
    [
        (Fact("a", "A", FactKind.POUNDS), "2.5m", "£2,500,000.00"),
        (Fact("a", "A", FactKind.POUNDS), "2,500,000.00", ""),
        (Fact("a", "A", FactKind.POUNDS), "£2,500,000.00", ""),
        (Fact("a", "A", FactKind.DAY), "1 April 2026", ""),
        (Fact("a", "A", FactKind.SHARE, echo="{} of it is this contract’s"), "25", "25% of it is this contract’s"),
        (Fact("a", "A", FactKind.DAY), "1/4/26", "1 April 2026"),
        (Fact("a", "A", FactKind.QUANTITY), "1250", "1,250"),
        (Fact("a", "A", FactKind.QUANTITY), "0,5", ""),
        (Fact("a", "A", FactKind.QUANTITY), " ", ""),
        (Fact("a", "A"), "2.5m", ""),
    ],
)
def test_what_was_understood_is_said_back(fact, text, said):
    assert understood(fact, text) == said


WHEN = [(each, fact) for each in KINDS for fact in each.facts if fact.label.endswith((" on", " by"))]


@pytest.mark.parametrize(("kind", "fact"), WHEN, ids=lambda each: getattr(each, "name", None))
def test_a_label_that_says_when_is_no_thing_that_a_record_lacks(kind, fact):
    if fact.kind is not FactKind.DAY:
        return
    lacks = fact_problem(kind, fact, Fault("", "Enter it", "missing")).message
    assert lacks == f"The {kind.noun} has no {fact.said or f'day in “{fact.label}”'}"
    early = fact_problem(kind, fact, Fault("It is too early", "Enter a later day", "early")).message
    assert early == f"The {fact.said or f'day in “{fact.label}”'} is too early"
