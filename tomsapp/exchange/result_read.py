"""A result read from its file, this format or the one before, with every figure that it states."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from tomsapp.domain.problems import Problem, has_errors
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.exchange.made_with import MadeWith, read_made
from tomsapp.exchange.offer_file import OfferFile, OfferUnreadable, usable
from tomsapp.exchange.offer_json import offer_of
from tomsapp.exchange.problems_json import read_problems
from tomsapp.exchange.result_json import RESULT_FORMAT
from tomsapp.exchange.rules_json import read_rules
from tomsapp.reading.dialect import ATTACHED_FILES
from tomsapp.reading.text_formats import Values, read_json

EARLIER_FORMAT = "tomsapp-result-1"
"""The format before jobs were counted over the true length, people once, and promises per pound over all spend."""

MOST_RESULT_BYTES = 512_000_000
"""The largest result that is read: the one of a large offer has many times the offer's size."""

_NO_FIGURES = frozenset({"format", "made", "offer", "problems", "rules"})


@dataclass(frozen=True, slots=True)
class ResultFile:
    """A result as it was read from a file: its offer, menu edition and policy rules, and every stated figure.

    Attributes:
        format: this program's, or the earlier one.
        problems: the Problems that it states; those of the earlier format are not read.
        made: what its pages were made with; None in the earlier format and where there are no pages.
    """

    offer: OfferFile
    menu: str
    edition: str
    sha256: str
    figures: Mapping[str, str]
    rules: tuple[PolicyRule, ...] = ()
    format: str = RESULT_FORMAT
    problems: tuple[Problem, ...] = ()
    made: MadeWith | None = None

    @property
    def is_earlier(self) -> bool:
        """Whether it was made by the earlier method."""
        return self.format == EARLIER_FORMAT

    @property
    def social_value(self) -> Decimal:
        """The social value that it states, in pounds: what is claimed."""
        return Decimal(self.figures["total"])


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
    return result_in(usable(read_json(data, file, MOST_RESULT_BYTES)), file)


def result_in(values: Values, file: str = "") -> ResultFile:
    """The result in an object that was read from JSON.

    Raises:
        OfferUnreadable: it is not a result of this program.
    """
    menu, offer, named = values.get("menu"), values.get("offer"), values.get("format")
    if named not in {RESULT_FORMAT, EARLIER_FORMAT} or not isinstance(menu, dict) or not isinstance(offer, dict):
        raise _not_a_result(file, "Use the JSON file that is attached to a valuation")
    code, edition, sha256 = (str(menu.get(name, "")) for name in ("code", "edition", "sha256"))
    made: MadeWith | None = None
    problems: tuple[Problem, ...] = ()
    if named == RESULT_FORMAT:
        problems, wrong = read_problems(values, file)
        context = values.get("made")
        if isinstance(context, dict):
            made, wrong_context = read_made(context, file)
            wrong += wrong_context
        if has_errors(wrong):
            raise _not_a_result(file, "; ".join(map(str, wrong)))
    rules = read_rules(values, file)
    figures = figures_of(values)
    read = offer_of(offer, file, ATTACHED_FILES)
    return ResultFile(read, code, edition, sha256, figures, rules, str(named), problems, made)


def _not_a_result(file: str, fix: str) -> OfferUnreadable:
    return OfferUnreadable(f"{file or 'The file'} is not a result of this program ({RESULT_FORMAT})", fix)


def figures_of(result: Mapping[str, object]) -> dict[str, str]:
    """Every figure of a result by its place, "lines[1].years[2].value"; Problems, rules, context and offer are none."""
    figures: dict[str, str] = {}
    for name, value in result.items():
        if name not in _NO_FIGURES:
            figures.update(_flat(name, value))
    return figures


def flat_figures(figures: Mapping[str, object]) -> dict[str, str]:
    """Every figure of an object that holds nothing else, by its place."""
    return {place: text for name, value in figures.items() for place, text in _flat(name, value).items()}


def _flat(place: str, value: object) -> dict[str, str]:
    if isinstance(value, Mapping):
        parts = [_flat(f"{place}.{name}", part) for name, part in value.items()]
    elif isinstance(value, list):
        parts = [_flat(f"{place}[{index}]", part) for index, part in enumerate(value, start=1)]
    else:
        return {place: "" if value is None else str(value)}
    return {name: text for part in parts for name, text in part.items()}


def differences(stated: Mapping[str, str], recomputed: Mapping[str, str]) -> tuple[Difference, ...]:
    """Every figure in which the two differ, in the order in which they are stated."""
    places = list(dict.fromkeys([*stated, *recomputed]))
    return tuple(
        Difference(place, stated.get(place), recomputed.get(place))
        for place in places
        if stated.get(place) != recomputed.get(place)
    )
