"""The result of a valuation as JSON, with every figure, its working and what is needed to make it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import round_half_away
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.policy import PolicyCheck, PolicyResult, PolicyRule, RuleKind
from tomsapp.domain.problems import Problem
from tomsapp.domain.steps import sum_text
from tomsapp.domain.valuation import LineValue, YearValue
from tomsapp.exchange.numbers import plain_exact, plain_number, plain_pounds
from tomsapp.exchange.offer_file import OfferFile, OfferUnreadable
from tomsapp.exchange.offer_json import offer_of, offer_values, to_json
from tomsapp.exchange.rules_json import read_rules, rules_values
from tomsapp.exchange.strict_json import JsonValue, read_json_object

RESULT_FORMAT = "tomsapp-result-1"
RATIO_PLACES = 4
MOST_RESULT_BYTES = 512 * 1024 * 1024
"""The largest result that is read: the one of a large offer has many times the offer's size."""


def result_of(checked: CheckedOffer, file_problems: tuple[Problem, ...] = ()) -> dict[str, object]:
    """The result as JSON holds it: money and other numbers as text. `file_problems` come first among the Problems."""
    valuation = checked.valuation
    share = round_half_away(valuation.share_of_contract_value, RATIO_PLACES)
    numbers = {
        commitment.key: number for number, commitment in enumerate(checked.offer.commitments, start=1)
    }  # fmt: skip
    return {
        "format": RESULT_FORMAT,
        "menu": _menu_values(valuation.edition),
        "total": plain_pounds(valuation.social_value),
        "real_pounds": plain_pounds(valuation.real_pounds),
        "share_of_contract_value": f"{share:.{RATIO_PLACES}f}",
        "employment_outcomes": _outcomes(valuation.employment_outcomes),
        "lines": [_line_values(line, numbers[line.commitment.key]) for line in valuation.lines],
        "policy": [_policy_values(check) for check in checked.policy_checks],
        "rules": rules_values(check.rule for check in checked.policy_checks),
        "problems": [problem_values(problem, numbers) for problem in (*file_problems, *checked.problems)],
        "offer": offer_values(checked.offer),
    }


def result_of_problems(problems: tuple[Problem, ...]) -> dict[str, object]:
    """The result for an offer whose contract facts cannot be valued: no figures, only what is wrong."""
    return {
        "format": RESULT_FORMAT,
        "total": None,
        "real_pounds": None,
        "share_of_contract_value": None,
        "employment_outcomes": None,
        "lines": [],
        "policy": [],
        "problems": [problem_values(problem) for problem in problems],
    }


def write_result(result: Mapping[str, object]) -> bytes:
    """The result as JSON in UTF-8, the same bytes for the same result."""
    return to_json(result)


def _menu_values(edition: MenuEdition) -> dict[str, object]:
    return {
        "code": edition.code,
        "edition": edition.edition,
        "sha256": edition.sha256,
        "status": edition.status.value,
    }


def _outcomes(number: Fraction) -> str:
    """Employment outcomes with up to four decimals."""
    return plain_number(round_half_away(number, RATIO_PLACES))


def _line_values(line: LineValue, number: int) -> dict[str, object]:
    return {
        "commitment": number,
        "measure": line.measure.code,
        "title": line.measure.title,
        "value": plain_pounds(line.social_value),
        "real_pounds": plain_pounds(line.real_pounds),
        "employment_outcomes": _outcomes(line.employment_outcomes),
        "years": [_year_values(year) for year in line.years],
        "steps": [_sum_of(year) for year in line.years if year.steps],
    }


def _sum_of(year: YearValue) -> str:
    return f"{year.year.label}: {sum_text(year.steps)} {year.steps[-1].text}"


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
    write = plain_exact if check.rule.kind is RuleKind.EMPLOYMENT_OUTCOMES else _pounds
    is_measured = check.result in {PolicyResult.MET, PolicyResult.SHORT}
    return {
        "code": check.rule.code,
        "title": check.rule.title,
        "result": check.result.value,
        "word": check.word,
        "sums": list(check.sums),
        "note": check.note,
        **{name: write(amount) if is_measured else None for name, amount in amounts.items()},
    }


def _pounds(number: Fraction) -> str:
    return plain_pounds(round_half_away(number, 2))


def problem_values(problem: Problem, numbers: Mapping[str, int] | None = None) -> dict[str, object]:
    """A Problem as JSON holds it; `numbers` gives the number of each commitment in the offer."""
    where = problem.where
    answer = problem.answer
    number = (numbers or {}).get(where.commitment)
    place = {
        "file": where.file,
        "sheet": where.sheet,
        "row": where.row,
        "column": where.column,
        "commitment": number or where.commitment,
        "measure": where.measure,
        "year": None if where.year is None else where.year + 1,
        "field": where.field,
    }
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "message": problem.message,
        "fix": problem.fix,
        "where": {name: value for name, value in place.items() if value not in {"", None}},
        "key": problem.key,
        "answer": None if answer is None else {"text": answer.text, "by": answer.answered_by},
    }


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result as it was read from a file: its offer, menu edition and policy rules, and every stated figure."""

    offer: OfferFile
    menu: str
    edition: str
    sha256: str
    figures: Mapping[str, str]
    rules: tuple[PolicyRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure that a recomputation does not confirm; None where one side does not have it."""

    figure: str
    stated: str | None
    recomputed: str | None


def read_result(data: bytes, file: str = "") -> ResultFile:
    """The result in a JSON file, for `tomsapp verify`.

    Raises:
        OfferUnreadable: it is not strict JSON, or not a result of this program.
    """
    values = read_json_object(data, file, MOST_RESULT_BYTES)
    menu, offer = values.get("menu"), values.get("offer")
    if values.get("format") != RESULT_FORMAT or not isinstance(menu, dict) or not isinstance(offer, dict):
        raise OfferUnreadable(
            f"{file or 'The file'} is not a result of this program ({RESULT_FORMAT})",
            "Use the JSON file that is attached to a valuation",
        )
    code, edition, sha256 = (str(menu.get(name, "")) for name in ("code", "edition", "sha256"))
    return ResultFile(offer_of(offer, file), code, edition, sha256, figures_of(values), read_rules(values, file))


def figures_of(result: Mapping[str, object] | Mapping[str, JsonValue]) -> dict[str, str]:
    """Every figure of a result by its place, "lines[1].years[2].value"; Problems, rules and offer are none."""
    figures: dict[str, str] = {}
    for name, value in result.items():
        if name not in {"format", "offer", "problems", "rules"}:
            figures.update(_flat(name, value))
    return figures


def _flat(place: str, value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        parts = [_flat(f"{place}.{name}", part) for name, part in value.items()]
    elif isinstance(value, list):
        parts = [_flat(f"{place}[{index}]", part) for index, part in enumerate(value, start=1)]
    else:
        return {place: "" if value is None else str(getattr(value, "text", value))}
    return {name: text for part in parts for name, text in part.items()}


def differences(stated: Mapping[str, str], recomputed: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every figure in which the two differ, in the order in which they are stated."""
    places = list(dict.fromkeys([*stated, *recomputed]))
    return tuple(
        Difference(place, stated.get(place), recomputed.get(place))
        for place in places
        if stated.get(place) != recomputed.get(place)
    )
