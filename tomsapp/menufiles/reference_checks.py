"""What a reviewer should read side by side: a measure that sends something to another one, and what that one counts."""

import re
from collections.abc import Iterable

from tomsapp.domain.problems import Problem, Severity
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.review import Checked

_CODE = r"[A-Z]\d\d"
_SENDS = re.compile(rf"\b(?:use|under|as) ({_CODE}(?:(?:, | or | and | to ){_CODE})*)", re.IGNORECASE)


def references(checked: Checked) -> Iterable[Problem]:
    """One note for each measure whose guidance sends something to others: whether those count it is for a reader."""
    for measure in checked.edition.measures:
        named = dict.fromkeys(_SENDS.findall(measure.guidance))
        if named:
            message = f"Its guidance sends something to {'; '.join(named)}"
            fix = "Read it beside what they count and do not count"
            where = checked.where(measure.code, "guidance")
            yield problem_at("guidance-sends", message, fix, where, Severity.NOTE)


REFERENCE_RULES = (references,)
"""Every rule of this module."""
