"""All checks of an offer together: their order, the answers given, and the tender's limits."""

import pytest

from tests.domain.build import D, answer_to, barnet, commit, contract, edition, framework, measure, rate, valued
from tomsapp.domain.area import Area
from tomsapp.domain.checks.registry import check_offer
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.limits import TenderLimits
from tomsapp.domain.menu import Clash, Counts, ExclusionGroup, MenuEdition, Outcome, Theme
from tomsapp.domain.problems import Answer, Problem, Severity

MENU = edition(measure("M1", "10", asks_statement=True), measure("M2", "10", asks_statement=True))
DONE = Answer("Written in the plan", "A. Okafor")
"""Of the time before answers were kept with the figures that they were given to."""


def check(*commitments: Commitment, menu: MenuEdition = MENU, **others: object) -> tuple[Problem, ...]:
    return check_offer(valued(contract(), menu, *commitments), commitments, **others)  # type: ignore[arg-type]


def test_an_empty_offer_is_warned_of() -> None:
    (problem,) = check()
    assert (problem.code, problem.severity) == ("no-commitments", Severity.WARNING)


def test_errors_stand_first_then_warnings_then_notes() -> None:
    lines = (commit("M1", "1"), commit("M1", "1", key="2", statement="x"), commit("M2", "-1"))
    severities = [problem.severity for problem in check(*lines)]
    assert severities == sorted(severities, key=_order)
    assert {Severity.ERROR, Severity.WARNING, Severity.NOTE} == set(severities)


def _order(severity: Severity) -> int:
    return [Severity.ERROR, Severity.WARNING, Severity.NOTE].index(severity)


def test_an_answer_finds_its_warning() -> None:
    (asked,) = check(commit("M1", "1"))
    done = answer_to(asked)
    (problem,) = check(commit("M1", "1"), answers={"statement-missing:M1": done, "unknown": DONE})
    assert (problem.answer, problem.before, problem.is_open) == (done, None, False)


def test_an_empty_answer_answers_nothing() -> None:
    (problem,) = check(commit("M1", "1"), answers={"statement-missing:M1": Answer("  ")})
    assert problem.is_open


def test_an_error_cannot_be_answered_away() -> None:
    (problem,) = check(commit("M1", "-1", statement="x"), answers={"quantity-negative:M1": DONE})
    assert (problem.answer, problem.is_open) == (None, True)


def test_no_answer_serves_for_two_lines_of_a_measure() -> None:
    lines = (commit("M1", "1", key="10"), commit("M1", "1", key="11", place="w"), commit("M2", "2", key="12"))
    asked, *_others = check(*lines)
    found = check(*lines, answers={"statement-missing:M1": answer_to(asked)})
    assert [(problem.key, problem.is_open) for problem in found] == [
        ("statement-missing:M1", False),
        ("statement-missing:M1:2", True),
        ("statement-missing:M2", True),
    ]


def test_the_key_of_a_line_does_not_depend_on_the_others_being_right() -> None:
    lines = (commit("M1", "1", key="10", statement="x"), commit("M1", "1", key="11", place="w"))
    (problem,) = check(*lines)
    assert problem.key == "statement-missing:M1:2"


def test_a_question_about_several_lines_keeps_its_key() -> None:
    """A group whose code begins with a measure's code is no line of that measure."""
    group = ExclusionGroup("M1", Clash.DECLARE, "person", ("M1", "M2"), "One person.")
    menu = edition(measure("M1", "10", counts=Counts.ONCE), measure("M2", "10"), groups=(group,))
    again = (commit("M1", "1", key="3", place="w"), commit("M1", "1", key="4"))
    lines = (commit("M2", "1"), commit("M1", "0", key="2"), *again)
    keys = {problem.code: problem.key for problem in check(*lines, menu=menu)}
    assert keys["declare-different"] == "declare-different:M1:M1+M2"
    assert keys["counted-again"] == "counted-again:M1:1.1+2.1", "a line without a quantity is not asked about"


@pytest.mark.parametrize(
    ("most", "codes"), [(None, []), (2, []), (1, ["too-many-measures"]), (0, ["too-many-measures"])]
)
def test_the_most_measures(most: int | None, codes: list[str]) -> None:
    lines = [commit(code, "1", statement="x", place=place) for code in ("M1", "M2") for place in ("a", "b")]
    found = check(*lines, limits=TenderLimits(most))
    assert [problem.code for problem in found] == codes
    if most == 1:
        assert found[0].message == "2 measures are chosen and this tender allows 1"
        assert found[0].fix == "Take out 1 of them"


@pytest.mark.parametrize(
    ("themes", "quantity", "missing"),
    [((1,), "1", []), ((1, 2), "1", [2]), ((1,), "0", [1]), ((), "0", []), ((9,), "1", [])],
)
def test_mandatory_themes(themes: tuple[int, ...], quantity: str, missing: list[int]) -> None:
    found = check(commit("M1", quantity, statement="x"), limits=TenderLimits(mandatory_themes=themes))
    assert [problem.key for problem in found] == [f"mandatory-theme-missing:{number}" for number in missing]


def test_a_promise_per_pound_covers_its_theme_before_any_spend() -> None:
    promise = commit("M1", rate=rate("1", "100"), statement="x")
    found = check_offer(valued(framework(), MENU, promise), [promise], limits=TenderLimits(mandatory_themes=(1,)))
    assert [problem.code for problem in found] == ["spend-missing"]


def test_a_contract_of_less_than_nothing() -> None:
    promise = commit("M1", "0", statement="x")
    (problem,) = check_offer(valued(contract("-0.01"), MENU, promise), [promise])
    assert (problem.code, problem.severity) == ("contract-value-negative", Severity.ERROR)
    assert "−£0.01" in problem.message
    assert check_offer(valued(contract("0.00"), MENU, promise), [promise]) == ()


def test_what_surrounds_the_offer_reaches_its_checks() -> None:
    themes = (Theme(1, "Work", (Outcome("1a", "Jobs", (measure("J", "1"),)),)),)
    lines = (commit("J", "100", place="E0"),)
    found = check(*lines, menu=edition(themes=themes), policy=barnet(), area=Area("b", "B", ()), medians={"J": D(1)})
    assert [problem.code for problem in found] == ["unknown-ward", "above-other-bids"]
