"""Worked cases beside a menu: an offer and the figures that it must come to."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import Contract, ContractKind, YearSpend
from tomsapp.domain.contract_dates import ContractError, end_after
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import SHARE_PLACES
from tomsapp.domain.problems import Problem, Where
from tomsapp.domain.valuation import Valuation, value_contract
from tomsapp.domain.wording import format_exact, format_pounds
from tomsapp.menufiles.errors import MenuFileError, problem_at
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.suggestion import choice_fix

MOST_YEARS = 50


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """An offer, how it is worked out by hand, and what it comes to. None: the case does not say."""

    name: str
    working: str
    contract: Contract
    commitments: tuple[Commitment, ...]
    social_value: Decimal
    real_pounds: Decimal | None = None
    employment_outcomes: Decimal | None = None


def read_cases(values: dict[str, object], file: str) -> tuple[WorkedCase, ...]:
    """The worked cases of an `examples.toml`.

    Raises:
        MenuFileError: the file has errors; it holds every one.
    """
    problems: list[Problem] = []
    reader = FieldReader(values, Where(file=file), problems)
    cases = tuple(_read_case(table) for table in reader.tables("example"))
    reader.finish()
    if problems:
        raise MenuFileError(problems)
    return cases


def _read_case(table: FieldReader) -> WorkedCase:
    name = table.text("name", required=True)
    if name:
        table.name_it(f"example “{name}”, ")
    case = WorkedCase(
        name=name,
        working=table.text("working", required=True),
        contract=_read_contract(table),
        commitments=tuple(_read_commitment(one, key) for key, one in enumerate(table.tables("commitments"), start=1)),
        social_value=table.amount("social_value", required=True) or Decimal(0),
        real_pounds=table.amount("real_pounds"),
        employment_outcomes=table.amount("employment_outcomes", places=SHARE_PLACES),
    )
    table.finish()
    return case


def _read_contract(case: FieldReader) -> Contract:
    table = case.table("contract")
    stand_in = Contract("", Decimal(0), date(2000, 1, 1), date(2000, 12, 31))
    if table is None:
        case.report("missing-key", "“contract” is missing", "Add contract = { value = …, start = …, years = … }")
        return stand_in
    value = table.amount("value", required=True) or Decimal(0)
    start = table.day("start", required=True) or stand_in.start_on
    end = table.day("end") or end_after(start, table.whole("years", 1, 1, MOST_YEARS))
    spend = tuple(
        YearSpend(year, amount)
        for year, amount in enumerate(table.amounts("spend", places=2))
        if amount is not None
    )  # fmt: skip
    table.finish()
    kind = ContractKind.FRAMEWORK if spend else ContractKind.STANDARD
    contract = Contract("EXAMPLE", value, start, end, kind=kind, spend=spend)
    try:
        _ = contract.years
    except ContractError as error:
        table.report("wrong-contract", error.message, error.fix)
        return stand_in
    return contract


def _read_commitment(table: FieldReader, number: int) -> Commitment:
    share = table.amount("contract_share", places=SHARE_PLACES)
    rate = table.table("rate")
    commitment = Commitment(
        key=str(number),
        measure=table.text("measure", required=True),
        quantities=table.amounts("quantities"),
        contract_share=Decimal(1) if share is None else share,
        place=table.text("ward"),
        statement=table.text("statement"),
        rate=_read_rate(rate) if rate else None,
    )
    table.finish()
    return commitment


def _read_rate(table: FieldReader) -> Rate:
    quantity = table.amount("quantity", required=True, places=4)
    per_pounds = table.amount("per_pounds", required=True)
    table.finish()
    return Rate(quantity or Decimal(0), per_pounds or Decimal(0))


def value_case(case: WorkedCase, edition: MenuEdition) -> Valuation:
    """A worked case valued: its people are read as different, but where the menu marks that they are one job."""
    codes = [measure.code for measure in edition.measures]
    marked = {pair for group in edition.exclusion_groups if group.outcomes_once for pair in group.pairs(codes)}
    others = {pair for group in edition.exclusion_groups for pair in group.pairs(codes)} - marked
    others |= {frozenset((code,)) for code in codes}
    return value_contract(case.contract, edition, case.commitments, others)


def check_case(case: WorkedCase, edition: MenuEdition, file: str) -> list[Problem]:
    """Where the figures of a worked case differ from what the edition gives."""
    where = Where(file=file, field=f"example “{case.name}”")
    problems = [
        problem_at(
            "unknown-measure",
            f"There is no measure “{commitment.measure}” in this edition",
            choice_fix(commitment.measure, edition.places),
            where,
        )
        for commitment in case.commitments
        if edition.find_measure(commitment.measure) is None
    ]
    valuation = value_case(case, edition)
    figures = [("social value", case.social_value, valuation.social_value)]
    if case.real_pounds is not None:
        figures.append(("real pounds", case.real_pounds, valuation.real_pounds))
    problems += [
        _differs(what, format_pounds(stated), format_pounds(found), where)
        for what, stated, found in figures
        if stated != found
    ]
    outcomes = case.employment_outcomes
    if outcomes is not None and Fraction(outcomes) != valuation.employment_outcomes:
        found = format_exact(valuation.employment_outcomes)
        problems.append(_differs("number of employment outcomes", format_exact(Fraction(outcomes)), found, where))
    return problems


def _differs(what: str, stated: str, found: str, where: Where) -> Problem:
    fix = "Work the case out by hand, then correct the case or the measure"
    return problem_at("example-differs", f"The {what} is stated as {stated}, but comes to {found}", fix, where)
