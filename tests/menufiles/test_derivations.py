"""Every sum that a derivation of the shipped menu prints is right, and gives the value beside it."""

import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.edition_reader import load_path

SHIPPED = Path("menus/barnet-open/2026.2")
NUMBER = r"\d[\d,]*(?:\.\d+)?"
SIGNS = {"+": "+", "plus": "+", "−": "-", "less": "-", "×": "*", "÷": "/"}
TOKEN = re.compile(rf"(?<![\w.])£?({NUMBER})(%?)|(\+|−|×|÷|\bplus\b|\bless\b)")
FEWEST_SUMS = 40


def sums_of(text):
    """Each "a × b = c" of a text, as the exact left side and the result with its decimals; brackets are read apart."""
    inner = re.findall(r"\(([^()]*)\)", text)
    for part in (re.sub(r"\([^()]*\)", "", text), *inner):
        sides = part.split(" = ")
        for left, right in pairwise(sides):
            result = TOKEN.search(right)
            assert result, part
            cut = "…" if right[result.end() :].startswith("…") else ""
            yield worked_out(left), result.group(1).replace(",", ""), result.group(2) or cut


def worked_out(left):
    """The last numbers of a text that signs join, worked out exactly."""
    terms = []
    for token in reversed(list(TOKEN.finditer(left))):
        number, percent, sign = token.groups()
        if sign:
            terms.append(SIGNS[sign])
        elif terms and terms[-1] not in SIGNS.values():
            break
        else:
            terms.append(Fraction(number.replace(",", "")) / (100 if percent else 1))
    return _reckon(list(reversed(terms)))


def _reckon(terms):
    total, product, pending = Fraction(0), terms[0], "+"
    for sign, number in zip(terms[1::2], terms[2::2], strict=True):
        if sign == "*":
            product *= number
        elif sign == "/":
            product /= number
        else:
            total += product if pending == "+" else -product
            product, pending = number, sign
    return total + (product if pending == "+" else -product)


def is_right(exact, result, sign):
    """Whether a result is what comes out, to its last decimal: rounded, or cut where "…" follows it."""
    percent = sign == "%"
    if sign == "…":
        return 0 <= exact - Fraction(result) < Fraction(1, 10 ** len(result.partition(".")[2]))
    places = len(result.partition(".")[2]) + (2 if percent else 0)
    half = Fraction(1, 2 * 10**places)
    return abs(exact - Fraction(result) / (100 if percent else 1)) <= half


@pytest.fixture(scope="module")
def proxies():
    reading = load_path(SHIPPED)
    edition = reading.edition or build_edition(reading.texts).edition
    assert edition is not None
    return {measure.code: measure.proxy for measure in edition.measures if measure.proxy}


def test_every_printed_sum_is_right(proxies):
    sums = [(code, *found) for code, proxy in proxies.items() for found in sums_of(proxy.derivation)]
    assert len(sums) >= FEWEST_SUMS
    assert [found for found in sums if not is_right(*found[1:])] == []


def test_every_value_stands_in_its_derivation(proxies):
    missing = {
        code: proxy.values[0].value
        for code, proxy in proxies.items()
        if not proxy.is_dated
        and proxy.values[0].value
        not in {Decimal(number.replace(",", "")) for number in re.findall(NUMBER, proxy.derivation)}
        and not (proxy.values[0].value < 1 and f"{proxy.values[0].value * 100:.0f}p" in proxy.derivation)
    }
    assert missing == {}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("£14,044 of pay plus £566 saved = £14,610 for a year", [True]),
        ("£14,044 of pay plus £566 saved = £14,611 for a year", [False]),
        ("From April 2026: £10.85 × 35 hours = £379.75", [True]),
        ("£14.80 (of October) less £12.71 = £2.09 × 1,950 = £4,075.50", [True, True]),
        ("£14.80 (of October) less £12.71 = £2.09 × 1,950 = £4,075.05", [True, False]),
        ("So (£3,260 ÷ £12,260 = 26.6%) is cut", [True]),
        ("2 + 3 × 4 − 6 ÷ 3 = 12", [True]),
    ],
)
def test_sums_are_read_and_reckoned(text, right):
    assert [is_right(*found) for found in sums_of(text)] == right
