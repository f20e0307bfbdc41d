"""Verifying a document of the earlier method or of another version, whose pages cannot be printed again."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import exact_sum, round_half_away, round_pounds, total
from tomsapp.domain.offer import Offer
from tomsapp.domain.valuation import LineValue, Valuation, value_contract
from tomsapp.domain.wording import format_exact, format_pounds
from tomsapp.exchange.offer_json import write_offer
from tomsapp.exchange.result_read import ResultFile, differences
from tomsapp.services.earlier_method import earlier_figures, earlier_outcomes, earlier_valuation
from tomsapp.services.verification import Verification, failure, made_from_words, told

VALUATION_FILES = frozenset({"valuation.json", "valuation.csv", "offer.json", "files.csv", "logo"})
"""The files that a valuation of any version may carry."""


@dataclass(frozen=True, slots=True)
class EarlierDocument:
    """A document of the earlier method: its bytes, what it carries, and its menu; `policy` holds the policy's words."""

    path: Path
    data: bytes
    files: Mapping[str, bytes]
    stated: ResultFile
    offer: Offer
    edition: MenuEdition
    policy: str = ""


def verify_earlier(document: EarlierDocument) -> Verification:
    """Hold a document of the earlier method to that method, and say what today's method makes of it."""
    from tomsapp.services.printed_pages import numbers_in
    from tomsapp.services.strange_papers import unknown_figures, unknown_part_words

    path, stated, offer = document.path, document.stated, document.offer
    valuation = earlier_valuation(offer, document.edition)
    figures = earlier_figures(valuation)
    named = {place: stated.figures[place] for place in figures if place in stated.figures}
    same_lines = {place: text for place, text in stated.figures.items() if place.endswith("].measure")}
    wrong = [told(found, valuation) for found in differences({**named, **same_lines}, figures)]
    wrong += _earlier_files(document.files, offer, valuation)
    wrong += missing_figures(document.data, valuation)
    known = known_numbers(document.files, b"", valuation) | numbers_in(document.policy)
    wrong += unknown_figures(document.data, known)
    wrong += unknown_part_words(document.data, VALUATION_FILES)
    today = value_contract(offer.contract, document.edition, offer.commitments)
    if wrong:
        return Verification(False, (*failure(path, valuation, wrong), _BY_EARLIER))
    held = (
        f"{path.name} was made by the earlier method and holds by it.",
        f"{len(figures)} figures of totals, lines and years come out again from {made_from_words(valuation)}.",
        f"Social value: {format_pounds(valuation.social_value)}. Real pounds: {format_pounds(valuation.real_pounds)}.",
        _BY_EARLIER,
        *_today(valuation, today),
    )
    return Verification(True, held)


_BY_EARLIER = (
    "The earlier method cut a promise per pound year by year, divided full-time years by the number of contract years "
    "and counted the same people in several measures. The wording of its policy checks is not made again."
)


def _today(valuation: Valuation, today: Valuation) -> Iterator[str]:
    """What today's method makes of the same promises."""
    outcomes = sum((earlier_outcomes(line) for line in valuation.lines), Fraction(0))
    same = valuation.social_value == today.social_value and outcomes == today.employment_outcomes
    if same:
        yield "Today’s method comes to the same social value and employment outcomes."
        return
    yield (
        f"By today’s method the social value is {format_pounds(today.social_value)}, and the employment outcomes are "
        f"{today.jobs_words}, in place of {format_exact(outcomes, 2)}."
    )


def _earlier_files(files: Mapping[str, bytes], offer: Offer, valuation: Valuation) -> Iterator[str]:
    """A sentence for each attached file that is missing or does not come out."""
    if "offer.json" not in files:
        yield "The attached file offer.json is missing."
    elif files["offer.json"] != write_offer(offer):
        yield "The attached file offer.json differs from what comes out."
    if "valuation.csv" not in files:
        yield "The attached file valuation.csv is missing."
    elif _csv_values(files["valuation.csv"]) != [
        (year.social_value, year.real_pounds) for line in valuation.lines for year in line.years
    ]:
        yield "The attached file valuation.csv differs from what comes out."


def _csv_values(data: bytes) -> list[tuple[Decimal, Decimal]] | None:
    """The social value and the real pounds of each row of an attached table; None where they cannot be read."""
    try:
        rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
        return [(Decimal(row["Social value"]), Decimal(row["Real pounds"])) for row in rows]
    except (ArithmeticError, KeyError, TypeError, ValueError, csv.Error):
        return None


def missing_figures(data: bytes, valuation: Valuation) -> Iterator[str]:
    """A sentence for each total and value of a line that stands on the pages less often than it should."""
    from tomsapp.reports.render import printed_figures
    from tomsapp.services.strange_papers import printed_text

    text = printed_text(data)
    if valuation.edition.sha256 not in text.replace(" ", ""):
        yield "The menu’s SHA-256 is not printed in full on the pages."
    figures = Counter(format_pounds(line.social_value) for line in valuation.lines if line.measure.is_valued)
    figures.update((format_pounds(valuation.social_value), format_pounds(valuation.real_pounds)))
    for figure, times in (figures - printed_figures(text)).items():
        places = "" if times == 1 else f" in {times} places"
        yield f"{figure} comes out and is not printed on the pages{places}."


def known_numbers(files: Mapping[str, bytes], again: bytes, valuation: Valuation) -> set[Decimal]:
    """Every number that the pages of a valuation may print: those attached, those of the menu, and sums of them."""
    from tomsapp.reports.render import printed_text
    from tomsapp.services.printed_pages import numbers_in

    texts = [data.decode("utf-8", errors="replace") for name, data in files.items() if name.endswith((".json", ".csv"))]
    texts.append(repr(valuation.edition))
    if again:
        texts.append(printed_text(again))
    known = {number for text in texts for number in numbers_in(text)}
    known |= set(_sums(valuation))
    shares = [number for number in known if number <= 1]
    return known | {round_half_away(Fraction(share) * 100, places) for share in shares for places in (0, 1, 2)}


def _sums(valuation: Valuation) -> Iterator[Decimal]:
    """The sums over years, themes and units that the pages of every version print."""
    lines = valuation.lines
    yield from (Decimal(0), valuation.social_value, valuation.real_pounds, valuation.contract.value)
    themes: dict[int, list[LineValue]] = {}
    for line in lines:
        themes.setdefault(line.place.theme.number, []).append(line)
        yield line.quantity
        yield exact_sum((line.social_value, line.real_pounds))
        yield from _parts(line)
    for members in themes.values():
        yield total(line.social_value for line in members)
        yield total(line.real_pounds for line in members)
        yield from _shares(members, valuation)
    for year in range(len(valuation.contract.years)):
        yield total(line.years[year].social_value for line in lines)
        yield total(line.years[year].real_pounds for line in lines)
    outcomes = sum((earlier_outcomes(line) for line in lines), Fraction(0))
    yield from (round_half_away(outcomes, places) for places in range(5))
    if valuation.contract.value:
        share = valuation.share_of_contract_value
        yield from (round_half_away(share * 100, places) for places in range(5))
        yield from (round_half_away(share, places) for places in range(5))


def _shares(members: Sequence[LineValue], valuation: Valuation) -> Iterator[Decimal]:
    if valuation.social_value:
        part = Fraction(total(line.social_value for line in members)) / Fraction(valuation.social_value)
        yield from (round_half_away(part * 100, places) for places in range(3))


def _parts(line: LineValue) -> Iterator[Decimal]:
    """What a line's quantities, shares and steps come to on their own."""
    share = Fraction(line.commitment.contract_share)
    outcomes = earlier_outcomes(line)
    yield from (round_half_away(Fraction(line.quantity) * share, places) for places in range(5))
    yield from (round_half_away(outcomes, places) for places in range(5))
    for year in line.years:
        yield round_pounds(Fraction(year.quantity) * share)
        yield from (round_half_away(step.result, places) for step in year.steps for places in (0, 2, 4, 6))
