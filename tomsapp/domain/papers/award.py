"""The paragraph for an award report, under the headings that councils' reports have, made to be pasted."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.papers.council_paper import CouncilPaper, PaperBlock, PaperHeading, PaperList, PaperText, TextKind
from tomsapp.domain.papers.told import COUNTED_HERE, PROXY_NOTE, ContractTold, PaperMaker, count_of, real_pounds_words
from tomsapp.domain.plain_counts import PlainCount, plain_counts
from tomsapp.domain.policy import PolicyCheck, PolicyResult
from tomsapp.domain.valuation import LineValue, Valuation
from tomsapp.domain.wording import format_percent, format_pounds, listed, plural, small_first

NAME = "Award paragraph"
CARE_LEAVERS = "care leavers"
"""The group of people that a council is the corporate parent of, as menus call it."""
_SHARE_PLACES = 2
_SHARE_NOTE = "The share of the contract value is cut to two decimals, never rounded up."
_ASKED = frozenset({PolicyResult.MET, PolicyResult.SHORT, PolicyResult.ERRORS})
_ENVIRONMENT = frozenset({"planet", "environment", "climate", "carbon", "green"})


@dataclass(frozen=True, slots=True)
class PlanPriority:
    """A priority of a council's plan, and the measures of this menu that serve it today."""

    name: str
    plan: str
    measures: frozenset[str]


def award_paragraph(
    told: ContractTold, priorities: Iterable[PlanPriority], maker: PaperMaker, checks: Iterable[PolicyCheck] = ()
) -> CouncilPaper:
    """What a contract or an offer promises, under the headings social value, priorities, equalities and so on.

    Args:
        told: the contract or offer.
        priorities: those of the council's plans.
        maker: who makes the paper.
        checks: the council's rules held against it: that less is offered than they ask for is never left unsaid.
    """
    valuation, unknown = told.valuation, _groups_unknown(told.valuation.edition)
    gives = _gives(told)
    blocks = [
        *_social_value(told),
        *_against_rules(checks),
        *_headed("Council priorities", _priorities(valuation, list(priorities))),
        *_headed("Equalities", unknown or _equalities(valuation)),
        *_headed("Corporate parenting", unknown or _for_care_leavers(valuation, gives)),
        *_headed("Environment", _environment(valuation, gives)),
    ]
    title = f"Social value: paragraph for the award report on {told.contract.reference}"
    is_shared = any("counted here" in count.note for count in plain_counts(valuation))
    notes = (PROXY_NOTE, _SHARE_NOTE, *((COUNTED_HERE,) if is_shared else ()))
    return maker.paper(NAME, title, blocks, notes, told.promise_sources)


def _headed(heading: str, text: str) -> tuple[PaperBlock, ...]:
    return PaperHeading(heading), PaperText(text)


def _gives(told: ContractTold) -> str:
    """What a supplier does with its commitments: a draft only offers them."""
    return "offers" if told.is_draft else "commits to"


def _social_value(told: ContractTold) -> Iterator[PaperBlock]:
    contract, valuation = told.contract, told.valuation
    supplier, gives = contract.supplier or "The supplier", _gives(told)
    yield PaperText(f"{told.name}. {told.days}. Value {told.value}.", TextKind.LEAD)
    if told.is_draft:
        yield PaperText(told.draft_words, TextKind.MARKED)
    yield PaperHeading("Social value")
    if not valuation.lines:
        yield PaperText(f"{supplier} {gives} no social value.")
        return
    share = format_percent(Fraction(valuation.social_value) / Fraction(contract.value), _SHARE_PLACES)
    yield PaperText(
        f"{supplier} {gives} social value of {format_pounds(valuation.social_value)} in proxy pounds, which is "
        f"{share} of the contract value without VAT, in {plural(len(valuation.lines), 'commitment')}: "
        f"{_counted(valuation, valuation.lines)}."
    )
    if valuation.real_pounds:
        yield PaperText(f"{real_pounds_words(valuation.real_pounds)}.")


def _against_rules(checks: Iterable[PolicyCheck]) -> Iterator[PaperBlock]:
    asked = [check for check in checks if check.result in _ASKED]
    if asked:
        yield PaperText("Held against the council’s rules:")
        yield PaperList(tuple(f"{check.rule.title}: {_word(check)}. {check.brief}." for check in asked))


def _word(check: PolicyCheck) -> str:
    """How it came out, inside a sentence: "not enough, short by £9,550.61"."""
    return small_first(check.word).replace(": ", ", ")


def _counted(valuation: Valuation, lines: Iterable[LineValue]) -> str:
    """What some commitments come to in plain words, by measure: "120 hours of volunteering"."""
    own = replace(valuation, lines=tuple(lines))
    return listed([_with_years(count, own) for count in plain_counts(own)] or ["nothing"])


def _with_years(count: PlainCount, valuation: Valuation) -> str:
    """What is either there or not is told with its years: "London Living Wage accreditation (yes in 1 of 5 years)"."""
    if count.figure:
        return count.text
    lines = [line for line in valuation.lines if line.measure.code == count.measure]
    by_year = [max(units) for units in zip(*(line.units for line in lines), strict=True)]
    return f"{count.text} ({count_of(lines[0].measure, by_year)})"


def _priorities(valuation: Valuation, priorities: Collection[PlanPriority]) -> str:
    served = []
    for each in priorities:
        own = [line for line in valuation.lines if line.measure.code in each.measures]
        if own:
            served.append(f"“{each.name}” ({each.plan}): {_counted(valuation, own)}")
    if not served:
        return "No commitment serves a priority that the council has set."
    overlap = " One commitment may serve several, so they are not added up." if len(served) > 1 else ""
    return f"The commitments serve {'; '.join(served)}.{overlap}"


def _equalities(valuation: Valuation) -> str:
    lines = valuation.lines
    groups = sorted({line.measure.equality_group for line in lines} - {""})
    if not groups:
        return "No commitment is for a group of people that the menu names."
    told = [
        f"for {group}, {_counted(valuation, (line for line in lines if line.measure.equality_group == group))}"
        for group in groups
    ]
    return f"The commitments are in part for groups of people: {'; '.join(told)}."


def _for_care_leavers(valuation: Valuation, gives: str) -> str:
    own = [line for line in valuation.lines if line.measure.equality_group == CARE_LEAVERS]
    if not own:
        return f"No commitment is for {CARE_LEAVERS} alone."
    return f"For {CARE_LEAVERS} the supplier {gives} {_counted(valuation, own)}."


def _groups_unknown(edition: MenuEdition) -> str:
    """What is said where an edition does not tell for whom its measures are: nothing would be wrong to say of it."""
    if any(measure.equality_group for measure in edition.measures):
        return ""
    return f"The menu edition {edition.name} does not say for which groups of people its measures are."


def _environment(valuation: Valuation, gives: str) -> str:
    """The commitments of the themes whose titles are about the environment, which are named."""
    own = [line for line in valuation.lines if _ENVIRONMENT & set(line.place.theme.title.casefold().split())]
    if not own:
        return "No commitment stands under a theme about the environment."
    themes = listed(list(dict.fromkeys(f"“{line.place.theme.title}”" for line in own)))
    return f"Under {themes} the supplier {gives} {_counted(valuation, own)}."
