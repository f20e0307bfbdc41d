"""The result of a valuation as JSON, with every figure, its working and what is needed to make it again."""

from collections.abc import Mapping
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import round_down, round_half_away
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.people import OutcomeOverlap
from tomsapp.domain.policy import PolicyCheck, PolicyResult
from tomsapp.domain.problems import Problem
from tomsapp.domain.rules.rule import RuleUnit
from tomsapp.domain.sums import PrintedSum, outcome_sum, real_sums, value_sums
from tomsapp.domain.valuation import LineValue, Valuation, YearValue
from tomsapp.exchange.made_with import MadeWith, made_values
from tomsapp.exchange.numbers import plain_exact, plain_number, plain_pounds
from tomsapp.exchange.offer_json import offer_values, to_json
from tomsapp.exchange.problems_json import problem_values
from tomsapp.exchange.rules_json import rules_values

RESULT_FORMAT = "tomsapp-result-2"
RATIO_PLACES = 4
_MEASURED = frozenset({PolicyResult.MET, PolicyResult.SHORT, PolicyResult.ERRORS})


def result_of(
    checked: CheckedOffer, file_problems: tuple[Problem, ...] = (), made: MadeWith | None = None
) -> dict[str, object]:
    """The result as JSON holds it: money and other numbers as text. `file_problems` come first among the Problems.

    `made` says what its pages are made with, so that they can be printed again; None where there are no pages.
    """
    valuation = checked.valuation
    numbers = {
        commitment.key: number for number, commitment in enumerate(checked.offer.commitments, start=1)
    }  # fmt: skip
    left_out = sorted(numbers[key] for key in checked.inadmissible if key in numbers)
    return {
        "format": RESULT_FORMAT,
        "menu": menu_values(valuation.edition),
        **_totals(valuation),
        "admissible": {**_totals(checked.admissible), "left_out": left_out},
        "lines": [_line_values(line, numbers[line.commitment.key], checked) for line in valuation.lines],
        "policy": [_policy_values(check) for check in checked.policy_checks],
        "rules": rules_values(check.rule for check in checked.policy_checks),
        "problems": [problem_values(problem, numbers) for problem in (*file_problems, *checked.problems)],
        "made": None if made is None else made_values(made),
        "offer": offer_values(checked.offer),
    }


def _totals(valuation: Valuation) -> dict[str, object]:
    share = cut_ratio(valuation.share_of_contract_value)
    return {
        "total": plain_pounds(valuation.social_value),
        "real_pounds": plain_pounds(valuation.real_pounds),
        "share_of_contract_value": share,
        "employment_outcomes": outcomes_text(valuation.employment_outcomes),
        **_if_different(valuation),
        "outcome_overlaps": [_overlap_values(overlap) for overlap in valuation.outcome_overlaps],
        **_repeated(valuation),
        "forecast_value": plain_pounds(valuation.forecast_value),
    }


def _if_different(valuation: Valuation) -> dict[str, object]:
    """The jobs if all are different people, where that is not known; `employment_outcomes` are the fewest."""
    if not valuation.outcomes_left_out:
        return {}
    most = valuation.employment_outcomes + valuation.outcomes_left_out
    return {"outcomes_if_different": outcomes_text(most)}


def _repeated(valuation: Valuation) -> dict[str, object]:
    """What is not counted of each measure, as those of a further year or line may be the same people."""
    repeated = [
        {"measure": code, "not_counted": outcomes_text(number)} for code, number in valuation.outcomes_repeated.items()
    ]
    return {"outcomes_repeated": repeated} if repeated else {}


def cut_ratio(share: Fraction) -> str:
    """A share of 1 cut to four decimals, so that 4.779% is "0.0477"."""
    cut = round_down(abs(share), RATIO_PLACES)
    return f"{'-' if share < 0 and cut else ''}{cut:.{RATIO_PLACES}f}"


def _overlap_values(overlap: OutcomeOverlap) -> dict[str, object]:
    return {
        "group": overlap.group.code,
        "same": overlap.group.same,
        "counted": list(overlap.counted),
        "not_counted": list(overlap.not_counted),
    }


def result_of_problems(problems: tuple[Problem, ...]) -> dict[str, object]:
    """The result for an offer whose contract facts cannot be valued: no figures, only what is wrong."""
    return {
        "format": RESULT_FORMAT,
        "total": None,
        "real_pounds": None,
        "share_of_contract_value": None,
        "employment_outcomes": None,
        "outcome_overlaps": [],
        "forecast_value": None,
        "admissible": None,
        "lines": [],
        "policy": [],
        "problems": [problem_values(problem) for problem in problems],
    }


def write_result(result: Mapping[str, object]) -> bytes:
    """The result as JSON in UTF-8, the same bytes for the same result."""
    return to_json(result)


def menu_values(edition: MenuEdition) -> dict[str, object]:
    """Which menu edition it is, as every paper names it."""
    return {
        "code": edition.code,
        "edition": edition.edition,
        "sha256": edition.sha256,
        "status": edition.status.value,
    }


def outcomes_text(number: Fraction) -> str:
    """Employment outcomes with up to four decimals."""
    return plain_number(round_half_away(number, RATIO_PLACES))


def _line_values(line: LineValue, number: int, checked: CheckedOffer) -> dict[str, object]:
    outcomes = outcome_sum(line, checked.valuation.contract)
    return {
        "commitment": number,
        "measure": line.measure.code,
        "title": line.measure.title,
        "is_admissible": line.commitment.key not in checked.inadmissible,
        "value": plain_pounds(line.social_value),
        "forecast_value": plain_pounds(line.forecast_value),
        "real_pounds": plain_pounds(line.real_pounds),
        "employment_outcomes": outcomes_text(line.employment_outcomes),
        "years": [_year_values(year) for year in line.years],
        "sums": [_sum_values(one) for one in value_sums(line)],
        "real_sums": [_sum_values(one) for one in real_sums(line)],
        "outcome_sum": None if outcomes is None else outcomes.equation,
    }


def _sum_values(printed: PrintedSum) -> dict[str, object]:
    """A sum as the pages print it, the years it stands for, and what they come to together."""
    return {"years": printed.years, "times": str(printed.times), "sum": printed.equation, "all": printed.total_text}


def _year_values(year: YearValue) -> dict[str, object]:
    return {
        "year": year.year.index + 1,
        "label": year.year.label,
        "quantity": plain_number(year.quantity),
        "unit_value": None if year.unit_value is None else plain_pounds(year.unit_value.value),
        "value": plain_pounds(year.social_value),
        "real_pounds": plain_pounds(year.real_pounds),
        "spend": None if year.basis is None else year.basis.value,
        "steps": [
            {"name": step.name, "text": step.text, "result": plain_exact(step.result), "source": step.source}
            for step in year.steps
        ],
    }


def _policy_values(check: PolicyCheck) -> dict[str, object]:
    amounts = {"needed": check.needed, "committed": check.committed, "shortfall": check.shortfall}
    write = _WRITERS[check.rule.kind.unit]
    is_measured = check.result in _MEASURED
    return {
        "code": check.rule.code,
        "title": check.rule.title,
        "result": check.result.value,
        "word": check.word,
        "sums": list(check.sums),
        "note": check.note,
        **{name: write(amount) if is_measured else None for name, amount in amounts.items()},
        **_without_forecast(check),
    }


def _without_forecast(check: PolicyCheck) -> dict[str, object]:
    """How a rule stands without what rests on a forecast of spend, where a part of what is committed does."""
    certain = check.certain
    if certain is None:
        return {}
    write = _WRITERS[check.rule.kind.unit]
    return {"without_forecast": {"committed": write(certain.committed), "shortfall": write(certain.shortfall)}}


def _pounds(number: Fraction) -> str:
    return plain_pounds(round_half_away(number, 2))


_WRITERS = {RuleUnit.POUNDS: _pounds, RuleUnit.OUTCOMES: plain_exact}
