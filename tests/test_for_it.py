"""The page for IT departments answers ten questions, and what it names is what the program has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from docs.make_policies import TEMPLATE, WORDS
from tomsapp.config.policies import KEY
from tomsapp.gui.policy_words import SET_BY_ORGANISATION
from tomsapp.services.program_log import FAULTS, log_files

PAGE = (Path(__file__).parent.parent / "docs" / "for-it.md").read_text(encoding="utf-8")
FILES = [path.name for path in log_files(Path())]


def test_ten_questions_are_answered():
    heads = re.findall(r"^## (\d+)\. .+\?$", PAGE, re.MULTILINE)
    assert heads == [str(number) for number in range(1, 11)]


@pytest.mark.parametrize(
    "named",
    [
        KEY,
        TEMPLATE.name,
        f"{WORDS.parent.name}\\{WORDS.name}",
        SET_BY_ORGANISATION.rstrip("."),
        FAULTS,
        FILES[0],
        FILES[1],
        FILES[-1],
        "Help > Copy a report for IT",
        "TOMSAPP_HOME",
    ],
)
def test_what_the_page_names_is_what_the_program_has(named):
    assert named in PAGE
