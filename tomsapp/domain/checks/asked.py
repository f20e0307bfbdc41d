"""The figures that a warning asks about, in words that are kept with its answer.

An answer holds while these words come out the same, so they are never worded anew: every answer that is kept in a
database would lapse. Source: docs/decisions/023-an-answer-is-a-choice.md.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_date, format_percent, format_pounds, format_quantity

_UNTIL = " to "


@dataclass(frozen=True, slots=True)
class PromisedLine:
    """What one line promises of a measure, as far as a question can turn on it.

    Attributes:
        quantities: of each contract year; a promise per pound is told by its `rate`, which spending does not change.
    """

    measure: str
    quantities: tuple[Decimal, ...]
    contract_share: Decimal = Decimal(1)
    rate: Rate | None = None

    @property
    def words(self) -> str:
        """The line in words: "J07 1, 0, 1", "S08 2 for each £1,000,000.00 of spend, of which 50%"."""
        return _words(self)


@lru_cache(maxsize=4096)
def _words(line: PromisedLine) -> str:
    if line.rate is None:
        promised = ", ".join(map(format_quantity, _without_end(line.quantities)))
    else:
        promised = f"{format_quantity(line.rate.quantity)} for each {format_pounds(line.rate.per_pounds)} of spend"
    share = "" if line.contract_share == 1 else f", of which {format_percent(line.contract_share)}"
    return f"{line.measure} {promised}{share}"


def _without_end(quantities: tuple[Decimal, ...]) -> list[Decimal]:
    """The quantities up to the last year in which something is promised."""
    last = max((year for year, quantity in enumerate(quantities, start=1) if quantity), default=0)
    return list(quantities[:last])


@dataclass(frozen=True, slots=True)
class Claims:
    """The lines of a contract in which anything is claimed, with its dates.

    Attributes:
        is_fixed: whether signing fixed the lines, and with them the answers.
    """

    start_on: date
    end_on: date
    is_fixed: bool
    lines: tuple[PromisedLine, ...]

    def asked(self, codes: Collection[str]) -> str:
        """What a question about some of the measures asks about."""
        return _asked_about((line for line in self.lines if line.measure in codes), self.start_on, self.end_on)

    def holds(self, answer: Answer, asked: str) -> bool:
        """Whether an answer was given to just these figures.

        One of the time before answers were choices does not say what it was given for. It stands where it was signed;
        a draft asks again and shows it. What was declared of people and things when it was signed stands also where a
        variation moved the last day alone: of these lines it promises what it promised.
        """
        if not answer.text.strip():
            return False
        if answer.choice is None:
            return self.is_fixed
        is_declared = self.is_fixed and answer.choice is not AnswerChoice.RIGHT
        return answer.asked == asked or (is_declared and _without_last_day(answer.asked) == _without_last_day(asked))


def _without_last_day(asked: str) -> str:
    """What was asked about, but for the contract's last day: "J07 1, 0, 1; 1 April 2026"."""
    return asked.rsplit(_UNTIL, 1)[0]


def claims_of(valuation: Valuation) -> Claims:
    """What a valuation claims."""
    contract = valuation.contract
    return Claims(
        contract.start_on,
        contract.end_on,
        contract.status is not ContractStatus.DRAFT,
        tuple(promised(line) for line in valuation.lines if line.quantity > 0),
    )


def asked_of(valuation: Valuation, lines: Iterable[LineValue]) -> str:
    """What a question about some of the lines asks about."""
    contract = valuation.contract
    return _asked_about(map(promised, lines), contract.start_on, contract.end_on)


def _asked_about(lines: Iterable[PromisedLine], start_on: date, end_on: date) -> str:
    """Lines and dates in words, whichever order the lines stand in."""
    told = sorted(line.words for line in lines)
    return "; ".join((*told, f"{format_date(start_on)}{_UNTIL}{format_date(end_on)}"))


def promised(line: LineValue) -> PromisedLine:
    """What a valued line promises."""
    commitment = line.commitment
    return PromisedLine(
        commitment.measure,
        line.units,
        commitment.contract_share,
        commitment.rate,
    )
