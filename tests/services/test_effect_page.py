"""The page that tells what the new edition changes counts jobs as the papers of the same contracts do."""

from dataclasses import replace

import pytest

from docs.make_effect import AFTER, BEFORE, MENU, PAGE, declared_of
from tomsapp.config.paths import menus_dir
from tomsapp.domain.checks.declared import TOLD_KEYS
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.money import total
from tomsapp.domain.offer import Surroundings, value_offer
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.wording import format_exact, format_pounds
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.services.example import example_offers

EDITIONS = {edition: read_folder(menus_dir() / MENU / edition).get_edition() for edition in (BEFORE, AFTER)}
TEXT = PAGE.read_text(encoding="utf-8")
OFFERS = [offer for offer in example_offers() if offer.contract.menu == MENU]


def row_of(offer):
    (row,) = [line for line in TEXT.splitlines() if f"| {offer.contract.reference} " in line]
    return row.rstrip(" |").split(" | ")


def test_values_are_those_of_the_example_as_it_is():
    for offer in OFFERS:
        values = [value_offer(offer, EDITIONS[edition], Surroundings()).valuation for edition in (BEFORE, AFTER)]
        assert row_of(offer)[1:3] == [format_pounds(valued.social_value) for valued in values]


def test_page_says_what_it_holds_that_no_paper_counts_and_what_it_leaves_out():
    checked = [value_offer(offer, EDITIONS[AFTER], Surroundings()) for offer in OFFERS]
    wrong = [each for each in checked if each.inadmissible]
    held = total(each.valuation.social_value - each.admissible.social_value for each in wrong)
    references = " and ".join(each.offer.contract.reference for each in wrong)
    said = TEXT.replace("\n", " ")
    assert f"error are in these tables: {format_pounds(held)} under {AFTER}, in {references}, which" in said
    others = [offer.contract.reference for offer in example_offers() if offer.contract.menu != MENU]
    assert f"another menu values it: {', '.join(others)}." in said


@pytest.mark.parametrize("offer", [pytest.param(offer, id=offer.contract.reference) for offer in OFFERS])
def test_jobs_are_those_of_the_offer_with_its_answers(offer):
    pinned = EDITIONS[offer.contract.edition]
    plain = value_offer(offer, pinned, Surroundings())
    is_draft = offer.contract.status is ContractStatus.DRAFT
    answers = {
        problem.key: Answer("Declared.", choice=AnswerChoice.DIFFERENT, asked=problem.asked)
        for problem in plain.problems
        if problem.key.startswith(TOLD_KEYS) and not is_draft
    }
    answered = value_offer(replace(offer, answers=answers), pinned, Surroundings())
    told = format_exact(answered.valuation.employment_outcomes, 2)
    cells = row_of(offer)
    jobs = dict(zip((BEFORE, AFTER), cells[-2:], strict=True))
    assert jobs[offer.contract.edition] == told
    assert bool(declared_of(offer, pinned)) == bool(answers)
