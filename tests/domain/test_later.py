"""Facts that are worked out when they are first asked for."""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from types import MemberDescriptorType

import pytest

from tomsapp.domain.later import Later, is_later, later, may_come_later


@may_come_later("words", "figures")
@dataclass(frozen=True, slots=True)
class Told(Later):
    code: str
    words: str = ""
    figures: str = ""


class Teller:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def tell(self) -> Mapping[str, object]:
        self.times += 1
        return {"words": "It is late", "figures": "J01 2"}


def test_what_is_worked_out_later_is_worked_out_once() -> None:
    teller = Teller()
    told = later(Told, teller.tell, code="late")
    assert (told.code, teller.times) == ("late", 0)
    assert (told.words, told.figures, told.words, teller.times) == ("It is late", "J01 2", "It is late", 1)


def test_a_record_is_the_same_whenever_its_facts_were_worked_out() -> None:
    whole = Told("late", "It is late", "J01 2")

    def fresh() -> Told:
        return later(Told, Teller().tell, code="late")

    assert fresh() == whole
    assert hash(fresh()) == hash(whole)
    assert repr(fresh()) == repr(whole)
    assert copy(fresh()) == whole
    assert replace(fresh(), code="other") == replace(whole, code="other")
    assert fresh() != Told("late", "It is early", "J01 2")


def test_it_is_known_whether_facts_were_left() -> None:
    assert is_later(later(Told, Teller().tell, code="late"))
    assert not is_later(Told("late"))


@pytest.mark.parametrize("record", [Told("late"), later(Told, Teller().tell, code="late")])
def test_a_fact_that_no_record_has_is_none(record: Told) -> None:
    with pytest.raises(AttributeError, match="'Told' object has no attribute 'colour'"):
        getattr(record, "col" + "our")


def test_what_nothing_gives_is_missing() -> None:
    told = later(Told, dict, code="late")
    with pytest.raises(AttributeError, match="'Told' object has no attribute 'words'"):
        _ = told.words


def test_only_what_may_come_later_is_more_than_a_slot() -> None:
    slots = {name for name, fact in vars(Told).items() if isinstance(fact, MemberDescriptorType)}
    assert slots == {"code"}
    assert not hasattr(Later, "__getattr__")
