"""Whose rules bind a contract, and who adopted them: told the same way on paper and on the screen."""

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.valuations import POLICY
from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.rules_origin import NOT_KNOWN, RulesOrigin

MINIMUM = next(rule for rule in POLICY.rules if rule.code == "minimum")
BARNET = "those of Barnet Council (Social value, 2023), in force from 18 October 2023."


@pytest.mark.parametrize(
    ("origin", "who", "short"),
    [
        (
            RulesOrigin(RulesFrom.MENU, "Larkmere Council"),
            "Larkmere Council",
            "Larkmere Council took its rules over from Barnet Council.",
        ),
        (RulesOrigin(RulesFrom.MENU, "Barnet council"), "Barnet council", ""),
        (RulesOrigin(RulesFrom.MENU), "the council", "The council took its rules over from Barnet Council."),
        (
            RulesOrigin(RulesFrom.COUNCIL, "Larkmere Council"),
            "Larkmere Council",
            "Larkmere Council names Barnet Council as the source of its rules.",
        ),
        (RulesOrigin(RulesFrom.OFFER, "Larkmere Council"), "Barnet Council", ""),
        (NOT_KNOWN, "Barnet Council", ""),
    ],
)
def test_who_asks_is_the_council_that_adopted_a_rule_and_whose_it_is_stands_beside(origin, who, short):
    assert (origin.who_asks(MINIMUM), origin.in_short([MINIMUM, MINIMUM])) == (who, short)


@pytest.mark.parametrize("rules_from", RulesFrom)
def test_a_rule_that_nobody_published_is_the_council_s(rules_from):
    own = replace(MINIMUM, source=None)
    origin = RulesOrigin(rules_from, "Larkmere Council")
    adopted = rules_from in {RulesFrom.MENU, RulesFrom.COUNCIL}
    assert origin.who_asks(own) == ("Larkmere Council" if adopted else "the council")
    assert origin.in_short([own]) == ""


@pytest.mark.parametrize(
    ("origin", "why"),
    [
        (
            RulesOrigin(RulesFrom.MENU, "Larkmere Council"),
            "Larkmere Council took them over with its menu, so they bind",
        ),
        (RulesOrigin(RulesFrom.MENU, "Barnet Council"), "They bind the contracts of Barnet Council"),
        (RulesOrigin(RulesFrom.COUNCIL), "The council has set them in its policy rules, so they bind"),
        (RulesOrigin(RulesFrom.OFFER), "They come with the menu barnet-open 2026.2; this offer is in no"),
    ],
)
def test_why_they_bind_is_told_after_their_document_and_day(origin, why):
    own = "the council’s own: " if origin.council == "Barnet Council" else ""
    told = origin.words([MINIMUM, replace(MINIMUM, code="other")], "barnet-open 2026.2")
    assert told.startswith(f"The rules are {own}{BARNET} {why}")


def test_nothing_is_told_of_no_rule_and_a_rule_without_a_source_is_told_by_its_title():
    origin = RulesOrigin(RulesFrom.MENU, "Larkmere Council")
    assert origin.words([]) == NOT_KNOWN.words([MINIMUM]) == ""
    later = date(2026, 4, 1)
    said = origin.words([replace(MINIMUM, source=None, in_force_from=later)])
    assert said.startswith(
        "The rules are “5% minimum” without a published source, in force from 1 April 2026. Larkmere"
    )
