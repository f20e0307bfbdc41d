"""The page that tells what the new edition changes counts jobs as the papers of the same contracts do."""

from dataclasses import replace

import pytest

from docs.make_effect import AFTER, BEFORE, MENU, PAGE, declared_of
from tomsapp.config.paths import menus_dir
from tomsapp.domain.checks.clashes import CLASH_KEYS
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.offer import Surroundings, value_offer
from tomsapp.domain.problems import Answer, AnswerChoice
from tomsapp.domain.wording import format_exact
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.services.example import example_offers

EDITIONS = {edition: read_folder(menus_dir() / MENU / edition).get_edition() for edition in (BEFORE, AFTER)}
OFFERS = [offer for offer in example_offers() if offer.contract.menu == MENU]


@pytest.mark.parametrize("offer", [pytest.param(offer, id=offer.contract.reference) for offer in OFFERS])
def test_jobs_are_those_of_the_offer_with_its_answers(offer):
    pinned = EDITIONS[offer.contract.edition]
    plain = value_offer(offer, pinned, Surroundings())
    is_draft = offer.contract.status is ContractStatus.DRAFT
    answers = {
        problem.key: Answer("Declared.", choice=AnswerChoice.DIFFERENT, asked=problem.asked)
        for problem in plain.problems
        if problem.key.startswith(CLASH_KEYS) and not is_draft
    }
    answered = value_offer(replace(offer, answers=answers), pinned, Surroundings())
    told = format_exact(answered.valuation.employment_outcomes, 2)
    (row,) = [
        line for line in PAGE.read_text(encoding="utf-8").splitlines() if f"| {offer.contract.reference} " in line
    ]
    jobs = dict(zip((BEFORE, AFTER), row.rstrip(" |").split(" | ")[-2:], strict=True))
    assert jobs[offer.contract.edition] == told
    assert bool(declared_of(offer, pinned)) == bool(answers)
