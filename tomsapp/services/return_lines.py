"""The lines of a return beside what the database has: what each comes to, and what is wrong with it at its cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.delivery import DELIVERY, Delivery, DeliveryState
from tomsapp.domain.delivery.people import PersonClaim, people_findings, same_number
from tomsapp.domain.problems import Problem, Severity, Where, has_errors, problem_at
from tomsapp.domain.wording import format_quantity, listed, plural
from tomsapp.exchange.return_layout import PEOPLE, RETURN
from tomsapp.services.delivery_claims import check_claim
from tomsapp.services.delivery_problems import known_claims
from tomsapp.services.return_books import references_of
from tomsapp.services.returns import LineChange, PersonChange, ReturnedLine

if TYPE_CHECKING:
    from datetime import date

    from tomsapp.domain.delivery.quarters import ContractQuarter
    from tomsapp.exchange.return_file import ReturnFile, ReturnRow
    from tomsapp.services.delivery import OpenDelivery

_SAID = ("claimed", "evidenced", "note", "new", "retained", "transferred")
"""What a return says of a claim; everything else of it is decided here."""
_NONE = Decimal(0)


def compared_lines(
    opened: OpenDelivery, quarter: ContractQuarter, read: ReturnFile, today: date
) -> tuple[tuple[ReturnedLine, ...], tuple[Problem, ...]]:
    """Every commitment of the contract beside its row of the return, and what is wrong with rows of no line."""
    rows = {row.identity.line_id: row for row in read.rows}
    names = {identity.line_id: called for identity, called in read.stamp.lines}
    known = {line.id for line in opened.commitments}
    by_row: dict[int, list[Problem]] = {}
    for problem in read.problems:
        if problem.where.sheet == RETURN and problem.where.row is not None:
            by_row.setdefault(problem.where.row, []).append(problem)
    lines = []
    for line in opened.commitments:
        place = opened.edition.places.get(line.record.measure)
        if place is None:
            continue
        row = rows.get(line.id)
        found = by_row.pop(row.number, []) if row else []
        called = names.get(line.id, line.record.measure)
        plan = opened.plan.get(line.record.key)
        planned = plan.quantities.get(quarter.quarter, _NONE) if plan else _NONE
        empty = ReturnedLine(line, place.measure, called, LineChange.BLANK, planned, row)
        lines.append(_Line(opened, quarter, read, today, empty, found).compared())
    gone = tuple(_gone(read, row) for row in read.rows if row.identity.line_id not in known and not row.is_blank)
    of_no_line = (problem for found in by_row.values() for problem in found)
    return tuple(lines), (*of_no_line, *gone, *_people_found(opened, quarter, read))


def _people_found(opened: OpenDelivery, quarter: ContractQuarter, read: ReturnFile) -> Iterator[Problem]:
    """What the person numbers of a return show with each other and with those that are here: asked, never refused."""
    contract, lines = opened.contract, {line.id: line.record for line in opened.commitments}
    mine = {
        PersonClaim(each.person, contract.reference, contract.menu, line.key, line.measure, quarter): each.number
        for each in read.people
        if (line := lines.get(each.line_id)) is not None
    }
    places = {(claim.commitment, quarter.quarter) for claim in mine}
    others = known_claims(each for each in opened.person_claims if (each.commitment, each.quarter) not in places)
    for finding in people_findings([*others, *mine], opened.edition):
        for claim in (finding.claim, finding.other):
            problem = finding.at(claim) if claim in mine and claim is not None else None
            if problem is not None and claim is not None:
                where = Where(read.file, PEOPLE, mine[claim], "B", measure=claim.measure)
                yield problem_at(problem.code, problem.message, problem.fix, where, _ASK)


def _gone(read: ReturnFile, row: ReturnRow) -> Problem:
    message = f"{row.called} is no line of the contract any more"
    where = Where(read.file, RETURN, row.number, measure=row.called)
    return problem_at("line-gone", message, "Leave it out: it was ended or taken out since", where)


class _Line:
    """One line while it is compared."""

    def __init__(
        self,
        opened: OpenDelivery,
        quarter: ContractQuarter,
        read: ReturnFile,
        today: date,
        empty: ReturnedLine,
        found: Sequence[Problem],
    ) -> None:
        self.opened, self.quarter, self.read, self.today = opened, quarter, read, today
        self.empty, self.found = empty, list(found)
        self.was = opened.find(empty.line.record.key, quarter.quarter)
        self.people = [each for each in read.people if each.line_id == empty.line.id]

    def compared(self) -> ReturnedLine:
        """The line with what it was, what is returned and what it would be."""
        row, then = self.empty.row, self.was.record if self.was else None
        shown = replace(self.empty, was=self.was, now=then)
        if row is not None and row.claimed is None and has_errors(self.found):
            return replace(shown, change=LineChange.WRONG, problems=tuple(self.found))
        if row is None or row.is_blank:
            return replace(shown, problems=(*self.found, *self._blank(row)))
        if row.claimed is None:
            self.say("count-missing", "Something is filled in, and no count", "Enter how much was done", "claimed")
            return replace(shown, change=LineChange.WRONG, problems=tuple(self.found))
        returned = self._returned(row)
        if then is not None and _is_same(then, returned):
            return self._with_papers(replace(shown, change=LineChange.SAME, returned=then))
        shown = replace(shown, returned=returned)
        if then is not None and then.state is not DeliveryState.CLAIMED:
            word = "withdrawn" if then.is_withdrawn else "decided"
            message = f"It is {word}, so that the return does not change it"
            self.say("line-decided", message, "Take the decision back first where it has to change", "claimed", _ASK)
            return replace(shown, change=LineChange.DECIDED, problems=tuple(self.found))
        now = returned if then is None else replace(then, **{name: getattr(returned, name) for name in _RETURNED})
        self._check(now)
        self._check_seen(row)
        wrong = has_errors(self.found)
        change = LineChange.WRONG if wrong else LineChange.NEW if then is None else LineChange.CHANGED
        return self._with_papers(replace(shown, change=change, now=then if wrong else now))

    def _returned(self, row: ReturnRow) -> Delivery:
        claimed = row.claimed if row.claimed is not None else _NONE
        return Delivery(
            self.empty.line.record.key,
            self.quarter.quarter,
            claimed,
            self.read.sent_on or self.today,
            row.evidenced if row.evidenced is not None else _NONE,
            note=row.note,
            new=row.new,
            retained=row.retained,
            transferred=row.transferred,
        )

    def _blank(self, row: ReturnRow | None) -> Iterator[Problem]:
        """What is said of a line of which nothing is filled in."""
        if self.people:
            message = f"{plural(len(self.people), 'person number')} and no count"
            yield self._made("count-missing", message, "Enter how much was done", "claimed", Severity.ERROR)
        elif self.was is not None:
            message = "Nothing is filled in, so that what was returned before stays"
            yield self._made("line-blank", message, "Nothing, if that is right", "claimed", Severity.NOTE)
        elif self.empty.planned > 0 and row is not None:
            planned = format_quantity(self.empty.planned)
            message = f"{planned} {'is' if self.empty.planned == 1 else 'are'} planned, and nothing is filled in"
            fix = "It stays without a return. Ask for 0 with a sentence if nothing was done"
            yield self._made("line-blank", message, fix, "claimed", _ASK)

    def _check(self, now: Delivery) -> None:
        for problem in check_claim(self.opened, now):
            self.say(problem.code, problem.message, problem.fix, problem.where.field, problem.severity)

    def _check_seen(self, row: ReturnRow) -> None:
        """Whether the quarter was entered or changed here after the workbook was made."""
        held = "" if self.was is None else f"{self.was.id}.{self.was.version}"
        if held == row.seen:
            return
        if self.was is None:
            message, fix = "What was returned before was taken out since", "Nothing, if it is to be there again"
        else:
            who = self.was.saved_by or "Somebody"
            message = f"{who} entered or changed it after the workbook was made"
            fix = "Look at what it was: the return would replace it"
        self.say("line-changed", message, fix, "claimed", _ASK)

    def _with_papers(self, shown: ReturnedLine) -> ReturnedLine:
        """The line with its person numbers and what its evidence is, as far as they are new."""
        held = self.opened.people.get(self.was.id, ()) if self.was else ()
        known = {same_number(each.record.number): each for each in held}
        changes: dict[str, PersonChange] = {}
        for each in self.people:
            number = same_number(each.person.number)
            if number in changes:
                message = f"{each.person.number} stands twice"
                where = Where(self.read.file, PEOPLE, each.number, "B", measure=self.empty.called)
                self.found.append(problem_at("person-twice", message, "Delete one of the two rows", where))
            changes[number] = (known.get(number), each.person)
        left = [each.record.number for key, each in known.items() if key not in changes]
        if left and self.read.has_people:
            message = f"{listed(left)} {'was' if len(left) == 1 else 'were'} returned before, and stays"
            self.say("person-left-out", message, "Take the number out by hand if it is wrong", "new", Severity.NOTE)
        wanted = [(before, person) for before, person in changes.values() if before is None or before.record != person]
        row = shown.row
        have = references_of(self.opened, self.was.id) if self.was else ()
        references = tuple(each for each in (row.references if row else ()) if each not in have)
        return replace(shown, people=tuple(wanted), references=references, problems=tuple(self.found))

    def say(self, code: str, message: str, fix: str, field: str, severity: Severity = Severity.ERROR) -> None:
        """Gather a Problem at the cell of a field."""
        self.found.append(self._made(code, message, fix, field, severity))

    def _made(self, code: str, message: str, fix: str, field: str, severity: Severity) -> Problem:
        row, columns = self.empty.row, self.read.columns
        where = Where(
            self.read.file,
            RETURN,
            row.number if row else None,
            columns.get(field, ""),
            commitment=self.empty.line.record.key,
            measure=self.empty.called,
            field=DELIVERY.fact(field).label.lower() if field in _SAID else "",
        )
        return problem_at(code, message, fix, where, severity)


_ASK = Severity.WARNING
_RETURNED = (*_SAID, "returned_on")


def _is_same(then: Delivery, returned: Delivery) -> bool:
    return all(getattr(then, name) == getattr(returned, name) for name in _SAID)
