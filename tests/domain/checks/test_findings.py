"""What the checks find is declared once: its code and severity, the check that finds it, what the method says of it."""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.model.random_offers import case
from tomsapp.domain.checks import check, findings, registry
from tomsapp.domain.checks.check import LineCheck, LinesCheck, LineToCheck, OfferCheck, OfferToCheck
from tomsapp.domain.checks.findings import FINDINGS, found
from tomsapp.domain.checks.registry import CHECKS, WITHOUT_CHECK, check_offer, line_problems
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.valuation import Valuation, value_contract

ROOT = Path(__file__).parents[3]
CODE = re.compile(r"[a-z]+(-[a-z]+)+")


def codes_in(path: Path) -> Iterator[str]:
    """The codes that a module writes: texts such as "share-too-precise", whole or at the beginning of a key."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
            yield node.value


def test_every_finding_belongs_to_one_check() -> None:
    listed = Counter(code for each in CHECKS for code in each.codes)
    assert {code for code, number in listed.items() if number > 1} == set()
    assert listed.keys() | WITHOUT_CHECK == FINDINGS.keys()
    assert not listed.keys() & WITHOUT_CHECK


@pytest.mark.parametrize("each", CHECKS, ids=lambda each: each.find.__name__)
def test_a_check_stands_in_the_module_that_writes_its_codes(each: LineCheck | LinesCheck | OfferCheck) -> None:
    path = ROOT / f"{each.find.__module__.replace('.', '/')}.py"
    assert set(each.codes) <= set(codes_in(path))


def test_no_module_writes_a_code_that_is_not_declared() -> None:
    others = {Path(module.__file__ or "") for module in (findings, registry, check)}
    written = {code for path in (ROOT / "tomsapp/domain/checks").glob("*.py") if path not in others
               for code in codes_in(path)}  # fmt: skip
    assert written <= FINDINGS.keys()


def test_the_method_tells_what_is_found() -> None:
    text = (ROOT / "docs" / "method.md").read_text(encoding="utf-8")
    told = re.findall(r"^\| `([a-z-]+)` \| (error|warning|note) \| (.+) \|$", text, re.MULTILINE)
    assert told == [(code, each.severity.value, each.when) for code, each in FINDINGS.items()]


def test_a_finding_has_its_severity_and_a_key() -> None:
    problem = found("no-commitments", "Nothing is committed", "Add one")
    assert (problem.severity, problem.key) == (Severity.WARNING, "no-commitments")
    assert found("spend-missing", "", "", key="spend-missing:M1").key == "spend-missing:M1"
    with pytest.raises(KeyError):
        found("no-such-code", "", "")


@pytest.mark.parametrize("number", range(60))
def test_checks_find_what_they_list(number: int) -> None:
    """In a made-up offer each check finds its own codes alone, and all checks together what the offer's check finds."""
    made = case(number)
    valuation = value_contract(made.contract, made.edition, made.commitments)
    offer = OfferToCheck(valuation, made.commitments, made.policy)
    seen: list[str] = []
    for each in CHECKS:
        problems = list(_by_lines(each, valuation, made.commitments) if isinstance(each, LineCheck) else each.of(offer))
        assert {problem.code for problem in problems} <= set(each.codes)
        seen += [problem.code for problem in problems]
    all_found = check_offer(valuation, made.commitments, policy=made.policy)
    assert Counter(seen) == Counter(each.code for each in all_found if each.code not in WITHOUT_CHECK)


@pytest.mark.parametrize("number", range(60))
def test_a_line_by_itself_is_found_the_same_beside_others(number: int) -> None:
    made = case(number)
    valuation = value_contract(made.contract, made.edition, made.commitments)
    for each in made.commitments:
        alone = value_contract(made.contract, made.edition, [each])
        assert line_problems(each, alone) == line_problems(each, valuation)


def _by_lines(each: LineCheck, valuation: Valuation, commitments: Sequence[Commitment]) -> Iterator[Problem]:
    for commitment in commitments:
        measure = valuation.edition.find_measure(commitment.measure)
        if measure is not None:
            yield from each.find(LineToCheck(commitment, measure, valuation))
