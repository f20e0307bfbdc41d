"""What must be decided before an import, and what the history keeps of the choices that were made in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import plural
from tomsapp.exchange.labelled.left_out import CHOOSE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tomsapp.exchange.labelled.labels import LeftOut
    from tomsapp.services.table_types import TableView

ANSWER_OF = "answer:"
"""What the key of a choice begins with that answers a question; the key of its Problem follows.

The text of the answer may begin with what was chosen: "different: each has a contract of their own".
"""

MOST_KEPT = 50
"""How many choices the history keeps one by one."""


def decided(view: TableView) -> TableView:
    """A table of which everything is decided.

    Raises:
        TomsError: something is still to decide.
    """
    if view.to_decide:
        left = f"{plural(len(view.to_decide), 'thing')} to decide before the import"
        raise TomsError(view.to_decide[0].words, left)
    return view


def kept_words(label: str, view: TableView) -> str:
    """What the history says of an import: what was done, each choice, and the file."""
    state = view.state
    return " ".join((label, *_kept_choices(view.left_out, state.choices), f"[{state.table.receipt.words}]"))


def _kept_choices(left_out: Sequence[LeftOut], choices: Mapping[str, str]) -> list[str]:
    """Each choice and each answer as a sentence."""
    told = [f"{one.title}: {_chosen_words(one, choices)}." for one in left_out]
    answers = [text for key, text in choices.items() if key.startswith(ANSWER_OF)]
    told += [f"Answered: {text.strip()}." for text in answers]
    more = [f"And {len(told) - MOST_KEPT} more."] if len(told) > MOST_KEPT else []
    return [*told[:MOST_KEPT], *more]


def _chosen_words(one: LeftOut, choices: Mapping[str, str]) -> str:
    chosen = one.chosen(choices)
    code = chosen.removeprefix(CHOOSE.key)
    return next((option.label for option in one.options if chosen == option.key), f"Read as {code}")
