"""The guide for bidders that goes out with a pack: what is asked, how it is scored, and a small example worked out."""

from collections.abc import Collection, Iterator
from decimal import Decimal
from typing import assert_never

from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import Clash, Counts, Measure, MenuEdition
from tomsapp.domain.papers.bidder_guide import TITLE as HOW_TO
from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperColumn,
    PaperHeading,
    PaperList,
    PaperTable,
    PaperText,
    TextKind,
)
from tomsapp.domain.papers.tender_minimums import minimums
from tomsapp.domain.tender.bands import read_bands
from tomsapp.domain.tender.choices import QuantityMethod, ShareBase
from tomsapp.domain.tender.lot_contract import lot_contract
from tomsapp.domain.tender.pack import Pack, PackIdentity
from tomsapp.domain.tender.question import Question
from tomsapp.domain.units import UnitForm
from tomsapp.domain.valuation import value_contract
from tomsapp.domain.wording import format_date, format_exact, format_percent, format_pounds, format_quantity, listed

_EXAMPLE_LINES = 3
"""How many measures the worked example has: what a small organisation may offer."""
_MANY_HOURS = Decimal(10)
_ENDS = ".?!:;…"
_HOW_OFTEN = {
    Counts.EACH_YEAR: "It counts in each contract year.",
    Counts.ONCE: "It counts once in the contract.",
    Counts.FIRST_12_MONTHS: "It counts each person once, in the year they start.",
}


def tender_guide(pack: Pack, identity: PackIdentity, edition: MenuEdition, *, is_example: bool = False) -> CouncilPaper:
    """The guide of a pack, which names the pack's own identity to be put into the notice.

    Raises:
        LotError: a lot cannot be valued, which no pack that was issued has.
    """
    blocks = (
        *_bought(pack),
        *_answering(pack),
        *_scoring(pack),
        *minimums(pack, edition),
        *_measures(pack, edition),
        *_conditions(pack, edition),
        *_questions(pack),
        *_example(pack, edition),
        *_not_counted(pack, edition),
        *_changes(pack),
        *_identity(pack, identity, edition),
    )
    tender = pack.tender
    title = f"Guide for bidders: {tender.title or tender.reference}"
    day = pack.issued_at.date()
    return CouncilPaper("Guide for bidders", title, blocks, (), (), pack.council, day, pack.issued_by, is_example)


def _facts(caption: str, facts: Iterator[tuple[str, str]]) -> PaperTable:
    columns = (PaperColumn("Fact", 30), PaperColumn("What it is", 70))
    return PaperTable(caption, columns, tuple(facts), is_named=True)


def _bought(pack: Pack) -> Iterator[PaperBlock]:
    yield PaperHeading("What is bought")
    yield _facts("What is bought", _bought_facts(pack))


def _bought_facts(pack: Pack) -> Iterator[tuple[str, str]]:
    tender = pack.tender
    yield "Council", pack.council
    yield "Tender", f"{tender.title} ({tender.reference})"
    yield "Version of this pack", f"{pack.version}, issued on {format_date(pack.issued_at.date())}"
    for lot in pack.lots:
        name = f"Lot {lot.number}" if len(pack.lots) > 1 else "Contract"
        parts = (lot.title, lot.length_words, _value_words(lot.value))
        yield name, ", ".join(filter(None, parts))
    yield "Upload your offer by", tender.deadline_words
    if tender.contract_manager:
        yield "Officer in charge", tender.contract_manager
    base = f": {format_pounds(tender.fixed_base)}" if tender.fixed_base and tender.base is ShareBase.FIXED else ""
    yield "Social value is a share of", f"{tender.base.words}{base}"


def _value_words(value: Decimal | None) -> str:
    return "" if value is None else f"estimated at {format_pounds(value)} without VAT"


def _answering(pack: Pack) -> Iterator[PaperBlock]:
    yield PaperHeading("How to answer")
    points = [
        f"“{HOW_TO}”, the PDF in the same folder, shows it step by step on two pages.",
        "Fill in the workbook of your lot, in Excel, LibreOffice or Google Sheets. Nothing has to be installed.",
        "Upload the file where you found the tender. The workbook sends nothing by itself.",
        "The last complete file that is in time counts, for each lot by itself.",
        "Offer only what you will do because of this contract. You will be asked to prove it.",
    ]
    most = pack.tender.most_measures
    if most is not None:
        points.append(f"You may offer up to {format_quantity(Decimal(most))} measures.")
    yield PaperList(tuple(points))


def _scoring(pack: Pack) -> Iterator[PaperBlock]:
    tender = pack.tender
    yield PaperHeading("How offers are scored")
    points = (
        ("Price", tender.price_points),
        ("Quality", tender.quality_points),
        ("Social value: the quantity that you offer", tender.quantity_points),
        ("Social value: your answers to the questions", tender.statement_points),
    )
    columns = (PaperColumn("What is scored", 70), PaperColumn("Most points", 30, right=True))
    rows = tuple((name, format_exact(most)) for name, most in points if most)
    total = ("All points", format_exact(tender.all_points))
    yield PaperTable("Points", columns, rows, total, is_named=True)
    sentences = [_method_words(pack)]
    if tender.price_points:
        sentences.insert(0, "The lowest price gets all points for price; another gets lowest price ÷ price of them.")
    sentences.append(
        "Scores are worked out exactly and shown with two decimals. The ranking uses the exact scores; a tie is told."
    )
    yield PaperList(tuple(sentences))


def _method_words(pack: Pack) -> str:
    tender = pack.tender
    most = format_exact(tender.quantity_points)
    match tender.method:
        case QuantityMethod.PROPORTIONAL:
            told = f"The highest social value gets {most} points; another gets its value ÷ the highest of them."
        case QuantityMethod.TARGET:
            target = format_pounds(tender.method_target or Decimal(0))
            told = f"A social value of {target} or more gets {most} points; less gets its value ÷ {target} of them."
        case QuantityMethod.BANDS:
            bands = "; ".join(band.words for band in read_bands(tender.bands))
            told = f"The share of social value gives part of {most} points: {bands}."
        case _:
            assert_never(tender.method)
    return told


def _measures(pack: Pack, edition: MenuEdition) -> Iterator[PaperBlock]:
    yield PaperHeading("What you can offer")
    columns = (
        PaperColumn("Measure", 40),
        PaperColumn("For each", 20),
        PaperColumn("Unit value", 22, right=True),
        PaperColumn("Council’s target", 18, right=True),
    )
    asked = [(one, edition.places[one.measure].measure) for one in pack.scored]
    years = {year.starts_on.year for lot in pack.lots for year in lot.years}
    rows = tuple(
        (
            measure.full_name,
            measure.each_name,
            unit_value_words(measure, years),
            "None" if one.target is None else format_quantity(one.target),
        )
        for one, measure in asked
    )
    yield PaperText(f"Unit values are of the menu {edition.title}, {edition.name_and_prices}.", TextKind.NOTE)
    yield PaperTable("What you can offer", columns, rows, is_named=True)
    for one, measure in asked:
        yield PaperHeading(measure.full_name, 3)
        said = (_ended(one.relevance), measure.description, _HOW_OFTEN[measure.counts], measure.small_example)
        yield PaperText(" ".join(filter(None, said)))
        if one.exception_words:
            yield PaperText(f"An exception from the council’s rules: {one.exception_words}.")
        for label, points in (
            ("What counts", measure.count),
            ("What does not count", measure.do_not_count),
            ("Evidence to keep", measure.evidence),
        ):
            if points:
                yield PaperText(f"{label}:")
                yield PaperList(points)


def _ended(text: str) -> str:
    """What somebody typed, as a sentence that another can follow."""
    typed = text.rstrip()
    return typed if not typed or typed[-1] in _ENDS else f"{typed}."


def unit_value_words(measure: Measure, years: Collection[int]) -> str:
    """The unit value of a measure, of each of the calendar years where it is dated; or that it is only counted."""
    if not measure.is_valued:
        return "Counted, not valued"
    values = [value for value in measure.unit_values if value.year is None or value.year in years]
    is_one = len(values) == 1
    return ", ".join(f"{'' if is_one else f'{value.year}: '}{format_pounds(value.value)}" for value in values)


def _conditions(pack: Pack, edition: MenuEdition) -> Iterator[PaperBlock]:
    if not pack.conditions:
        return
    yield PaperHeading("Conditions that every bidder accepts")
    points = []
    for one in pack.conditions:
        measure = edition.places[one.measure].measure
        target = "" if one.target is None else f": {format_quantity(one.target)} {measure.many_name}"
        points.append(f"{measure.full_name}{target}. {one.relevance}".strip())
    yield PaperList(tuple(points))
    yield PaperText("They are not scored. An offer that does not accept one of them is not complete.")


def _questions(pack: Pack) -> Iterator[PaperBlock]:
    if not pack.questions:
        return
    yield PaperHeading("Questions")
    yield PaperText("Each answer gets a mark from 0 to 5, by what is said here of each mark.")
    for question in pack.questions:
        yield from _question(question)


def _question(question: Question) -> Iterator[PaperBlock]:
    name = f"Question {question.number}"
    yield PaperHeading(f"{name}: {question.title}" if question.title else name, 3)
    most = "" if question.most_words is None else f" At most {question.most_words:,} words."
    yield PaperText(f"{_ended(question.text)} Weight {format_quantity(question.weight)} of 100.{most}")
    columns = (PaperColumn("Mark", 12), PaperColumn("An answer like this", 88))
    rows = tuple((str(mark), text) for mark, text in question.guide.items() if text.strip())
    if rows:
        yield PaperTable(f"Marks of question {question.number}", columns, rows)


def _example(pack: Pack, edition: MenuEdition) -> Iterator[PaperBlock]:
    """A few small promises, valued as every offer is."""
    contract = lot_contract(pack.tender, pack.lots[0])
    measures = [edition.places[one.measure].measure for one in pack.scored]
    valued = [measure for measure in measures if measure.unit_value_in(contract.start_on.year) and _is_plain(measure)]
    chosen = valued[:_EXAMPLE_LINES]
    if not chosen:
        return
    lines = value_contract(contract, edition, [_small(measure, contract) for measure in chosen])
    yield PaperHeading("A small organisation, worked out")
    yield PaperText(
        "An organisation of a few people might offer this in the first year. The quantities are an example."
    )
    columns = (
        PaperColumn("Measure", 40),
        PaperColumn("Quantity", 16, right=True),
        PaperColumn("Sum", 26),
        PaperColumn("Social value", 18, right=True),
    )
    rows = []
    for line in lines.lines:
        quantity, unit = line.quantity, unit_value_words(line.measure, {contract.start_on.year})
        told = f"{format_quantity(quantity)} × {unit}"
        rows.append((line.measure.full_name, format_quantity(quantity), told, format_pounds(line.social_value)))
    total = ("Together", "", "", format_pounds(lines.social_value))
    yield PaperTable("The example", columns, tuple(rows), total, is_named=True)
    share = format_percent(lines.share_of_contract_value, 2)
    yield PaperText(f"That is {share} of {format_pounds(contract.value)}, cut and never rounded up.")


def _is_plain(measure: Measure) -> bool:
    """Whether its value is quantity × unit value and nothing else, so that anybody can redo the example."""
    return not measure.deadweight_share and not measure.displacement_share and measure.benefit_years == 1


def _small(measure: Measure, contract: Contract) -> Commitment:
    """One of what is counted in people or jobs, ten of hours, weeks and others, a hundred pounds."""
    is_one = bool(measure.employment_outcome) or measure.unit.form is UnitForm.YES_NO
    quantity = Decimal(1) if is_one else _MANY_HOURS
    if measure.unit.form is UnitForm.POUNDS:
        quantity *= 10
    years = (quantity, *(Decimal(0),) * (len(contract.years) - 1))
    return Commitment(measure.code, measure.code, years)


def _not_counted(pack: Pack, edition: MenuEdition) -> Iterator[PaperBlock]:
    yield PaperHeading("What does not count")
    points = [
        "What you would do without this contract, and what another contract already pays for or claims.",
        "The part of others: where a promise is shared, say which share is this contract’s.",
        "The same person, hour, pound or tonne under two measures.",
    ]
    codes = {one.measure for one in pack.scored}
    for group in edition.exclusion_groups:
        mine = [code for code in dict.fromkeys((*group.measures, *group.against)) if code in codes]
        pairs = group.pairs(mine)
        if pairs:
            clashing = [code for code in mine if any(code in pair for pair in pairs)]
            how = (
                "never together" if group.severity is Clash.BLOCK else "only where you declare that they are different"
            )
            points.append(f"{listed(clashing)} for the same {group.same}: {how}.")
    local = [code for code in codes if edition.places[code].measure.local_only]
    if local:
        points.append(f"What happens outside the council’s area, for {listed(sorted(local))}.")
    yield PaperList(tuple(points))


def _changes(pack: Pack) -> Iterator[PaperBlock]:
    if pack.changes:
        yield PaperHeading(f"What was changed in version {pack.version}")
        yield PaperList(pack.changes)
    if pack.answered:
        yield PaperHeading("Questions of bidders, answered")
        for asked in pack.answered:
            yield PaperText(f"Asked: {asked.question}")
            day = f"{format_date(asked.answered_on)}: " if asked.answered_on is not None else ""
            yield PaperText(f"Answered: {day}{asked.answer}")


def _identity(pack: Pack, identity: PackIdentity, edition: MenuEdition) -> Iterator[PaperBlock]:
    yield PaperHeading("By what this pack is known")
    facts = (
        ("Tender", identity.reference),
        ("Pack version", str(identity.version)),
        ("SHA-256 of the pack file", identity.sha256),
        ("Menu edition", edition.name),
        ("SHA-256 of the menu edition", pack.edition.sha256),
    )
    yield _facts("By what this pack is known", iter(facts))
    yield PaperText(
        "The workbook, the pack file and every offer name this SHA-256. The notice of the tender has it too, so that "
        "anybody can check that a pack is the council’s: a file that was changed has another."
    )
