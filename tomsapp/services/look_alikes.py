"""What is asked of a name that is drawn like one that is kept, and written with other letters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from tomsapp.domain.facts import Fact
from tomsapp.domain.lookalikes import other_letters
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.wording import small_first

if TYPE_CHECKING:
    from tomsapp.domain.record_type import RecordType
    from tomsapp.services.workspace import Workspace
    from tomsapp.store.unit_of_work import UnitOfWork


def look_alikes(
    uow: UnitOfWork, kind: RecordType[Any], record: Any, number: int | None, *, is_only_one: bool = False
) -> Iterator[Problem]:
    """A question for each name of a record that is drawn like that of another.

    It is not asked again where the name stays, nor of one that several records share already. Of a record that
    `is_only_one` of its kind it is asked whether it has become another than it was.
    """
    for fact in names_of(kind):
        name = str(getattr(record, fact.name)).strip()
        kept = uow.lists.names(kind, fact) if name else []
        others = (text for one, text in kept if is_only_one or one != number)
        is_known = any(text == name for _, text in kept)
        if not is_known and (near := other_letters(name, others)):
            yield question(fact, near, is_own=is_only_one)


def names_of(kind: RecordType[Any]) -> list[Fact]:
    """The facts of a kind of record that name somebody or something."""
    return [fact for fact in kind.facts if fact.is_name]


def question(fact: Fact, near: str, *, is_own: bool = False, there: str = "There is") -> Problem:
    """What is asked where a name is drawn like `near`, which is kept, or stands where `there` says."""
    label = small_first(fact.label)
    was = f"The {label} was {near}" if is_own else f"{there} the {label} {near}"
    message = f"{was}, which looks the same and is written with other letters"
    fix = "Is this the same? Write it as that one, or save it as it is"
    return Problem(f"{fact.name.replace('_', '-')}-look-alike", Severity.WARNING, message, fix, Where(field=fact.name))


def person_like(workspace: Workspace, name: str) -> str:
    """Somebody who has changed something here and whose name is drawn as this one; nothing where there is nobody."""
    with workspace.database.read() as reader:
        names = reader.people()
    return "" if name in names else other_letters(name, names)
