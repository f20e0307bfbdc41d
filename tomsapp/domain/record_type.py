"""A kind of record that people keep: its facts together, its parts in other rows, and what is wrong with one of it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from tomsapp.domain.facts import Fact, FactKind, Fault
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import small_first

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Part:
    """Rows that are parts of a record, one for each contract year: `owner` is the column with the record's number.

    `caption` is what the fact of one row is called, from its row and the label of its year: "Quantity 2027/28".
    `heading` names the part in a history where it is not told with its record.
    """

    table: str
    owner: str
    fact: Fact
    caption: Callable[[Mapping[str, object], str], str]
    heading: str = ""


@dataclass(frozen=True, eq=False)
class RecordType(Generic[R]):
    """A kind of record that people keep: what it is called, and its facts.

    Attributes:
        key: its name in the history and in what changed; the name of its table.
        noun, plural: what people call one, and several.
        make: the record's class.
        facts: in the order of its form.
        name_of: what one of them is called in a sentence.
        checks: what is wrong with facts taken together.
        heading: above its facts and in its history; the plural with a capital unless it is given.
        beside: facts of its row that are parts of one fact of the record: a source's title and address.
        parts: rows of other tables that are parts of this record; their history is this record's.
    """

    key: str
    noun: str
    plural: str
    make: type[R]
    facts: tuple[Fact, ...]
    name_of: Callable[[R], str]
    checks: tuple[Callable[[R], Iterable[Problem]], ...] = ()
    heading: str = ""
    beside: tuple[Fact, ...] = ()
    parts: tuple["Part", ...] = ()

    @property
    def title(self) -> str:
        """What stands above its facts and names it in a history."""
        return self.heading or f"{self.plural[:1].upper()}{self.plural[1:]}"

    def fact(self, name: str) -> Fact:
        """The fact of this name.

        Raises:
            KeyError: there is none.
        """
        found = next((fact for fact in self.facts if fact.name == name), None)
        if found is None:
            raise KeyError(name)
        return found

    def values(self, record: R) -> dict[str, Any]:
        """The facts of a record by name."""
        return {fact.name: getattr(record, fact.name) for fact in self.facts}

    def with_values(self, record: R, values: Mapping[str, Any]) -> R:
        """The record with other values of some facts."""
        changed: R = replace(record, **values)  # type: ignore[type-var]
        return changed

    def put_over(self, before: R, mine: R, theirs: R) -> R:
        """`theirs` with the facts in which `mine` differs from `before`, which both started from."""
        changed = differences(self.facts, before, mine)
        return self.with_values(theirs, {fact.name: getattr(mine, fact.name) for fact in changed})

    def problems(self, record: R) -> list[Problem]:
        """What must be put right before the record can be saved, as far as the record alone can tell.

        A record that it is linked to is asked for by the form, which knows what there is.
        """
        found = [
            fact_problem(self, fact, fault)
            for fact in self.facts
            if fact.kind is not FactKind.LINK and (fault := fact.fault(getattr(record, fact.name))) is not None
        ]
        faulty = {problem.where.field for problem in found}
        for check in self.checks:
            found.extend(problem for problem in check(record) if problem.where.field not in faulty)
        return found


def fact_problem(kind: RecordType[Any], fact: Fact, fault: Fault) -> Problem:
    """The Problem that a fault of a fact is, which names the fact."""
    label = fact.said or (f"day in “{fact.label}”" if _is_when(fact) else small_first(fact.label))
    message = fault.message or f"The {kind.noun} has no {label}"
    if message.startswith("It "):
        message = f"The {label} {message.removeprefix('It ')}"
    code = f"{fact.name.replace('_', '-')}-{fault.code}"
    return Problem(code, Severity.ERROR, message, fault.fix, Where(field=fact.name))


def _is_when(fact: Fact) -> bool:
    """Whether the label says when something was done, and so is no name of a thing: "Asked on"."""
    return fact.kind is FactKind.DAY and fact.label.endswith((" on", " by"))


def differences(facts: Sequence[Fact], before: object, after: object) -> list[Fact]:
    """The facts in which two versions of a record differ."""
    return [fact for fact in facts if getattr(before, fact.name) != getattr(after, fact.name)]
