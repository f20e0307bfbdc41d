"""The statements of the example: each number that a supplier gives comes to the quantity that is entered."""

import calendar
import re
import tomllib
from datetime import date
from fractions import Fraction
from math import prod

import pytest

from tomsapp.config import paths

FOLDER = paths.resources_dir() / "example"
ONE_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
WORDS = {
    **{word: Fraction(number) for number, word in enumerate(ONE_TO_TEN, 1)},
    "twenty": Fraction(20),
    "thirty": Fraction(30),
    "half": Fraction(1, 2),
    "quarter": Fraction(1, 4),
    "tenth": Fraction(1, 10),
}
NAMES = re.compile(r"Level \d|year 9 and 10|\b(?:19|20)\d\d\b(?!,\d)|\b[A-Z]\d\d\b")
"""Numbers that name something: a level of qualification, a school year, a year, a measure."""
FIGURE = re.compile(r"\d[\d,]*(?:\.\d+)?|[A-Za-z]+")
MONEY_OF_OTHERS = re.compile(r"(trust|company|fund|charity|school)’s grant|paid by|The school pays")
MONTHS = {
    **{name: number for number, name in enumerate(calendar.month_name) if name},
    "spring": 3,
    "summer": 6,
    "autumn": 9,
    "winter": 12,
}
MONTH_OR_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)}|20\d\d)\b")
APPRENTICESHIPS = {"S01", "S02", "S11", "S12"}
KNOWN = {"÷ 12", "× 12", "× 100", "÷ 100"}
"""What a sum may have without the statement: the months of a year, and per cent."""


def data(name):
    return tomllib.loads((FOLDER / name).read_text(encoding="utf-8"))


def lines():
    shared = data("statements.toml")["statements"]
    for contract in data("contracts.toml")["contract"]:
        for number, line in enumerate(contract["commitments"], start=1):
            said = line.get("statement", shared.get(line["measure"], ""))
            yield pytest.param(line, said, id=f"{contract['reference']}-{number}-{line['measure']}")


LINES = list(lines())


def worked_out(text):
    """The result of a sum such as “6 + 6 × 6 ÷ 12”, from left to right, × and ÷ before +."""
    return sum((_product(term) for term in text.split(" + ")), Fraction(0))


def _product(term):
    first, *rest = re.split(r" (?=[×÷])", term)
    factors = [(part[0], Fraction(part[2:])) for part in rest]
    return Fraction(first) * prod(number if sign == "×" else 1 / number for sign, number in factors)


def numbers_said(text):
    """Every number of a text, in figures or in words."""
    found = []
    for part in FIGURE.findall(NAMES.sub(" ", text)):
        if part[0].isdigit():
            found.append(Fraction(part.replace(",", "").rstrip(".")))
        elif part.lower() in WORDS:
            found.append(WORDS[part.lower()])
    return found


def entered(line):
    """What a line promises, year by year, or for its pounds of spend."""
    if "rate" in line:
        return [Fraction(line["rate"]["quantity"])]
    return [Fraction(quantity or 0) for quantity in line["quantities"]]


def sums_of(line):
    """The sum of each year: one for all of them where only one is given."""
    given, promised = line.get("sum"), entered(line)
    return [given if quantity else "" for quantity in promised] if isinstance(given, str) else given


def numbers_in(sums, without=frozenset()):
    """The numbers of sums, but for the parts of them that nobody has to be told."""
    parts = [part for text in filter(None, sums) for part in re.split(r" (?=[×÷])", text.replace(" + ", " × "))]
    return {Fraction(part.lstrip("×÷ ")) for part in parts if part not in without}


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if "sum" in param.values[0]])
def test_sum_of_a_statement_gives_the_quantities(line, said):
    sums = sums_of(line)
    assert [worked_out(text) if text else 0 for text in sums] == entered(line)
    missing = numbers_in(sums, KNOWN) - set(numbers_said(said))
    assert not missing, f"{missing} is in the sum and not in the statement"


@pytest.mark.parametrize(("line", "said"), LINES)
def test_every_number_of_a_statement_is_a_part_of_its_sum_or_named_as_none(line, said):
    left = said
    for words in line.get("also", []):
        assert words in left, f"“{words}” is not in the statement"
        left = left.replace(words, " ")
    if "fault" in line and "sum" not in line:
        return
    share = Fraction(line.get("contract_share", "1"))
    sums = sums_of(line) if "sum" in line else []
    known = numbers_in(sums) | {share}
    stray = [number for number in numbers_said(left) if number not in known]
    assert not stray, f"{stray} is in the statement and not in its sum"


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if "contract_share" in param.values[0]])
def test_a_share_says_who_has_the_rest(line, said):
    assert Fraction(line["contract_share"]) in numbers_said(said)
    assert re.search(r"\b(its own|work|theirs|claims the (rest|same)|may claim it)\b", said)
    # What would have come anyway belongs to nobody: a share of it would make a gross result look shared
    assert not re.search(r"without us|anyway|comparison", said)


def months_said(text):
    """The first day of every month that a text gives with its year: “each May of 2027 and 2028” gives two."""
    month, found = None, []
    for word in MONTH_OR_YEAR.findall(text):
        if word in MONTHS:
            month = MONTHS[word]
        elif month is not None:
            found.append(date(int(word), month, 1))
    return found


def test_no_apprentice_of_a_signed_contract_begins_before_it():
    told = {}
    for contract in data("contracts.toml")["contract"]:
        for line in contract["commitments"]:
            if contract["status"] != "draft" and line["measure"] in APPRENTICESHIPS:
                begun = months_said(line["statement"])
                assert begun, f"{contract['reference']} {line['measure']} does not say when they begin"
                told[contract["reference"], line["measure"]] = min(begun) >= contract["start"].replace(day=1)
    assert [key for key, after in told.items() if not after] == []
    assert len({reference for reference, _ in told}) == 3


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if MONEY_OF_OTHERS.search(param.values[1])])
def test_what_others_pay_for_is_not_claimed_whole(line, said):
    assert Fraction(line.get("contract_share", "1")) < 1
    assert "own funds" in said or "theirs" in said


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if param.values[0]["measure"] == "H02"])
def test_a_year_out_of_loneliness_uses_the_answers_that_the_menu_counts(line, said):
    assert "lonely often or always" in said
    assert "“some of the time” or less" in said
    assert "lonely less often" not in said


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if "half a full-time job" in param.values[1]])
def test_part_time_is_half_a_job_by_the_rule_of_the_menu(line, said):
    (hours,) = re.findall(r"(\d+) hours a week", said)
    assert 15 <= int(hours) < 30
    assert re.search(r"the menu counts (as|each as) half a full-time job", said, re.IGNORECASE)


@pytest.mark.parametrize(("line", "said"), [param for param in LINES if param.values[0]["measure"] == "J11"])
def test_a_raise_says_who_is_raised(line, said):
    assert "veryone" not in said
    assert numbers_said(said)


def test_a_draft_names_no_year_since_it_may_move_on():
    baseline = re.compile(r"(?:in|of) 2025")
    for contract in data("contracts.toml")["contract"]:
        if contract["status"] == "draft":
            said = " ".join(line.get("statement", "") for line in contract["commitments"])
            assert re.findall(r"\b20\d\d\b", baseline.sub("", said)) == [], contract["reference"]


def test_shared_statements_are_used_and_promise_no_quantity():
    contracts = data("contracts.toml")["contract"]
    without = {line["measure"] for each in contracts for line in each["commitments"] if "statement" not in line}
    shared = set(data("statements.toml")["statements"])
    assert shared <= without
    assert all(measure.startswith("R") for measure in shared)


BOUGHT = re.compile(r"council already buys under this contract")
BESIDE_IT = re.compile(r"\b(beyond the (contract|care plan)|our own|volunteers?)\b", re.IGNORECASE)
"""How a statement says that what it counts is not what the contract buys anyway."""


def counts_nothing_bought():
    """Measures of every edition that do not count what the council already buys, by menu, edition and code."""
    return {
        (path.parent.parent.name, path.parent.name, measure["code"])
        for path in paths.menus_dir().glob("*/*/theme-*.toml")
        for outcome in tomllib.loads(path.read_text(encoding="utf-8"))["outcome"]
        for measure in outcome["measure"]
        if any(BOUGHT.search(text) for text in measure.get("do_not_count", ()))
    }


def test_what_the_contract_buys_is_not_counted_as_social_value():
    """A statement describes something beside the service, where the menu asks for it."""
    asked = counts_nothing_bought()
    assert ("barnet-open", "2026.2", "H06") in asked
    shared = data("statements.toml")["statements"]
    bought = [
        f"{contract['reference']} {line['measure']}: {said}"
        for contract in data("contracts.toml")["contract"]
        for line in contract["commitments"]
        if (contract["menu"], contract["edition"], line["measure"]) in asked
        and (said := line.get("statement", shared.get(line["measure"], "")))
        and not BESIDE_IT.search(said)
    ]
    assert not bought, "\n".join(bought)
