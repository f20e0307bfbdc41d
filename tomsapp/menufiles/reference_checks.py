"""What a reviewer should read side by side: a measure that sends something to another one, and what that one counts."""

import re
from collections.abc import Iterable

from tomsapp.domain.problems import Problem, Severity
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.review import Checked

_CODE = r"[A-Z]\d\d"
_CODES = rf"({_CODE}(?:(?:, | or | and | to ){_CODE})*)"
_SENDS = re.compile(rf"\b(?:use|under|as) {_CODES}", re.IGNORECASE)
_USES = re.compile(rf"\buse {_CODES}", re.IGNORECASE)
"""What does not count may be sent elsewhere, as guidance does; "under" names there what is counted already."""


def references(checked: Checked) -> Iterable[Problem]:
    """One note for each text of a measure that sends something to others: whether those count it is for a reader."""
    for measure in checked.edition.measures:
        sent = {
            "guidance": _SENDS.findall(measure.guidance),
            "do_not_count": [codes for text in measure.do_not_count for codes in _USES.findall(text)],
        }
        for key, named in sent.items():
            if named:
                message = f"It sends something to {'; '.join(dict.fromkeys(named))}"
                fix = "Read it beside what they count and do not count"
                yield problem_at("sends-elsewhere", message, fix, checked.where(measure.code, key), Severity.NOTE)


REFERENCE_RULES = (references,)
"""Every rule of this module."""
