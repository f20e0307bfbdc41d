"""What each service does to what was delivered under a signed contract, with a colleague between its statements."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import cast

from tests.services.council import Begun, open_as
from tests.services.deliveries import (
    DECIDED_ON,
    Q1,
    Q2,
    UNTIL,
    accept,
    accepting,
    begin_signed,
    claim,
    delivered,
    enter,
    said,
)
from tests.services.returns import MADE_AT, sent
from tomsapp.domain.delivery.acts import DeliveryActFacts, DeliveryActKind
from tomsapp.domain.delivery.decisions import decided
from tomsapp.domain.delivery.evidence import Evidence
from tomsapp.domain.delivery.ledger import HandedOver
from tomsapp.domain.delivery.people import DeliveryPerson
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.published import DeliveredPaperKept
from tomsapp.domain.delivery.publishing import next_paper
from tomsapp.domain.delivery.told import Frozen
from tomsapp.domain.history import Stored
from tomsapp.domain.keys import KeyKind
from tomsapp.domain.open_data import Publication
from tomsapp.domain.saved_view import SavedView
from tomsapp.exchange.delivered_read import DeliveredFile
from tomsapp.services import (
    attachments,
    audit,
    council_papers,
    delivery,
    delivery_acts,
    delivery_agreements,
    delivery_claims,
    delivery_decisions,
    delivery_people,
    delivery_plan_acts,
    delivery_plans,
    delivery_totals,
    edits,
    evidence,
    history,
    kept_files,
    money,
    published_now,
    publishing,
    return_books,
    returns_read,
    returns_taken,
    verifying_published,
)
from tomsapp.services.attachments import OpenAttachments, open_attachments
from tomsapp.services.audit_frame import open_council_audit
from tomsapp.services.audit_read import SampleView
from tomsapp.services.changes import Done
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_changes import after_decision
from tomsapp.services.delivery_plan_versions import plan_versions
from tomsapp.services.delivery_rules import RULES_OF_DELIVERY, rules_now
from tomsapp.services.evidence import OfferedFile
from tomsapp.services.keys import key_names
from tomsapp.services.open_data import make_open_data
from tomsapp.services.papers_of_many import PortfolioPaper, paper_of_view, paper_to, view_choices
from tomsapp.services.returns import FoundReturn
from tomsapp.services.verification import Verification
from tomsapp.services.workspace import Workspace

LATER = date(2040, 1, 1)
"""A day on which every file is due for deletion."""
Q1_ENDS = date(2026, 6, 30)
_numbers = count(1)
Act = Callable[[], object]


def new_delivery_world(workspace: Workspace, who: str = "Cy") -> Begun:
    """A signed contract with two claims that Cy entered, a plan that is worked on and proposed, and an agreement."""
    rules = RULES_OF_DELIVERY.get(workspace, 1)
    RULES_OF_DELIVERY.save(workspace, rules, replace(rules.record, remind_days=Decimal(next(_numbers) % 300)))
    made = begin_signed(workspace, reference=f"D{next(_numbers)}")
    other = open_as(workspace.database.target, who)
    first, second = made.lines
    enter(other, made, claim(first, Q1, "20"), claim(second, Q2, "10"))
    other.close()
    entry = PlanEntry(second.record.key, Q1, Decimal(10), "Ask three schools")
    delivery_plans.save_plan(workspace, delivered(workspace, made), [(None, entry)])
    delivery_plan_acts.seal_plan(workspace, delivered(workspace, made), said(DeliveryActKind.PROPOSE_PLAN), DECIDED_ON)
    delivery_agreements.agree(workspace, delivered(workspace, made), _left_open(made), DECIDED_ON)
    page = delivered(workspace, made)
    evidence.attach(workspace, page, _letter(page), _file(page))
    return made


def _letter(page: OpenDelivery) -> Evidence:
    return Evidence("letter.txt", keep_until=date(2034, 3, 31), deliveries=frozenset({str(page.deliveries[0].id)}))


def _file(page: OpenDelivery, text: str = "") -> OfferedFile:
    file = evidence.offered_file("letter.txt", f"Of {page.contract.reference} {text}".encode(), page.rules.record)
    assert isinstance(file, OfferedFile)
    return file


def _left_open(made: Begun) -> DeliveryActFacts:
    sides = {"supplier_by": "J. Smith", "supplier_on": DECIDED_ON, "cause": "Left after five weeks"}
    of = {"commitment": made.lines[1].record.key, "quarter": Q1}
    return said(DeliveryActKind.LEAVE_OPEN, **of, **sides)


def deliver_everywhere(workspace: Workspace, contract_id: int, number: int) -> None:
    """Change each claim, the plan and the rules, and decide a part of a claim, in one transaction."""
    page = delivered(workspace, contract_id)
    with workspace.work(f"Deliver {number} everywhere") as uow:
        uow.contracts.hold(contract_id)
        for stored in uow.deliveries.of(contract_id):
            more = replace(stored.record, claimed=stored.record.claimed + 1, note=f"The letters say {number} so far")
            now = uow.deliveries.save(stored.id, stored.version, more)
            facts = said(DeliveryActKind.REJECT, delivery=now.id, quantity=Decimal(1))
            facts = replace(facts, commitment=more.commitment, quarter=more.quarter)
            after = decided(
                more, [facts, *(act for act in uow.delivery_acts.of(contract_id) if act.delivery == now.id)]
            )
            delivery_acts.keep(uow, page, facts, delivery_acts.Seen(before=more, after=after))
            uow.deliveries.save(now.id, now.version, after)
        for entry in uow.plans.of(contract_id):
            uow.plans.save(entry.id, entry.version, replace(entry.record, action=f"Ask {number} schools"))
        for proof in uow.evidence.of(contract_id):
            uow.evidence.save(proof.id, proof.version, replace(proof.record, notes=f"Read {number} times"))
        rules = uow.delivery_rules.now()
        uow.delivery_rules.save(rules.id, rules.version, replace(rules.record, late_days=Decimal(number % 300)))
        uow.commit()


def _digest(workspace: Workspace, made: Begun) -> str:
    """The file that the first evidence of a contract stands in."""
    return delivered(workspace, made).evidence[0].evidence.record.sha256


def _documents(workspace: Workspace, made: Begun) -> object:
    first = delivered(workspace, made).acts[0]
    return delivery_acts.document_bytes(workspace, first), delivery_acts.read_document(workspace, first)


def _due_names(workspace: Workspace, _made: Begun) -> object:
    with TemporaryDirectory() as folder:
        return sorted(path.name for path in return_books.write_due_returns(workspace, Path(folder), MADE_AT).paths)


_RETURNED: dict[tuple[str, int], tuple[FoundReturn, ...]] = {}


def _returned(workspace: Workspace, contract_id: int) -> tuple[FoundReturn, ...]:
    """A return of a contract as it came in, read once, before a colleague changes anything."""
    place = (str(workspace.database.target), contract_id)
    if place not in _RETURNED:
        other = open_as(workspace.database.target, "Dee")
        quarter = {"quarter": Q1, "V04": {"claimed": 3, "evidenced": 3, "evidence": "Log of the schools"}}
        with TemporaryDirectory() as folder:
            _RETURNED[place] = returns_read.find_returns([sent(other, contract_id, Path(folder), **quarter)])
        other.close()
    return _RETURNED[place]


def _compared(workspace: Workspace, made: Begun) -> object:
    found = _returned(workspace, made.id)
    return [
        (each.state, each.lines, each.problems) for each in returns_read.compare_returns(workspace, found, DECIDED_ON)
    ]


def _check_person(workspace: Workspace, made: Begun) -> object:
    page = delivered(workspace, made)
    return delivery_people.check_person(workspace, page, page.deliveries[0], DeliveryPerson("P-1"))


def _publish(workspace: Workspace, made: Begun) -> Callable[[], Done[DeliveredPaperKept]]:
    """Keep a paper. What it says is tried elsewhere: here only what it is made of, and that it is kept whole."""
    ready = publishing.to_publish(workspace, made.id)
    why = "As the council looked at it again"
    facts = DeliveryActFacts(DeliveryActKind.PUBLISH, DECIDED_ON, "Contract manager", why, quarter=Q1)
    paper = next_paper(ready.papers, Q1_ENDS, why)
    return lambda: publishing.keep_paper(workspace, ready, publishing.MadePaper(facts, paper, b"%PDF-1.7"), DECIDED_ON)


def _papers(workspace: Workspace, made: Begun) -> object:
    held = publishing.list_papers(workspace, made.id) or [_publish(workspace, made)().result]
    content = publishing.paper_bytes(workspace, held[0].id)
    frozen, made_with = Frozen(1, Q1_ENDS, "Ann"), SimpleNamespace(history=None)
    stated = cast("DeliveredFile", SimpleNamespace(frozen=frozen, until=Q1_ENDS, made=made_with))
    against = verifying_published.held_against(workspace, stated, content, Verification(True, ()))
    return held[:1], content, against, published_now.read_published(workspace, held[0])


DELIVERED_READS: dict[str, Callable[[Workspace, Begun], object]] = {
    "delivery": delivered,
    "delivery by reference": lambda workspace, made: delivery.open_delivery_of(
        workspace, made.contract.record.reference, UNTIL
    ),
    "audit of all contracts": lambda workspace, _made: open_council_audit(workspace, UNTIL).claims(UNTIL),
    "files of a contract": lambda workspace, made: attachments.contract_files(workspace, made.id),
    "delivery of all contracts": lambda workspace, _made: delivery_totals.delivered_totals(workspace, UNTIL),
    "rules of delivery as they hold": lambda workspace, _made: rules_now(workspace),
    "rules of delivery": lambda workspace, _made: RULES_OF_DELIVERY.get(workspace, 1),
    "proposed act of delivery": lambda workspace, _made: delivery_acts.proposed(workspace, DeliveryActKind.ACCEPT),
    "documents of delivery": _documents,
    "contract after a decision": lambda workspace, made: after_decision(workspace, delivered(workspace, made), ()),
    "versions of a plan": lambda workspace, made: plan_versions(workspace, delivered(workspace, made)),
    "evidence": lambda workspace, made: evidence.evidence_of(workspace, made.id),
    "return workbook": lambda workspace, made: return_books.make_return(workspace, made.id, Q1, MADE_AT).data,
    "returns that are due": _due_names,
    "returns beside what is there": _compared,
    "files that are due": lambda workspace, _made: kept_files.due_files(workspace, LATER),
    "files that are due today": lambda workspace, _made: kept_files.due_files_today(workspace),
    "content of a file": lambda workspace, made: kept_files.file_content(workspace, _digest(workspace, made)),
    "papers of a contract": lambda workspace, made: open_attachments(workspace, made.id),
    "check of a person number": _check_person,
    "to be published": lambda workspace, made: publishing.to_publish(workspace, made.id).read,
    "what was published": _papers,
    "open data": lambda workspace, _made: make_open_data(workspace, Publication(UNTIL, "Council"), MADE_AT).data,
    "FOI answer": lambda workspace, made: council_papers.foi_paper(workspace, made.id, UNTIL, UNTIL, {}),
    "KPI facts": lambda workspace, made: council_papers.kpi_paper(
        workspace, made.id, UNTIL, UNTIL, {made.lines[0].record.key}
    ),
    "indicators": lambda workspace, made: council_papers.indicators(workspace, made.id, UNTIL, ()),
    "award paragraph": lambda workspace, made: council_papers.award_paper(workspace, made.id, UNTIL),
    "committee report": lambda workspace, _made: paper_to(workspace, PortfolioPaper.COMMITTEE, UNTIL, UNTIL),
    "performance table": lambda workspace, _made: paper_to(workspace, PortfolioPaper.PERFORMANCE, UNTIL, UNTIL),
    "paper of a view": lambda workspace, _made: paper_of_view(
        workspace, PortfolioPaper.COMMITTEE, SavedView("All"), UNTIL, UNTIL
    ),
    "views of papers": lambda workspace, _made: view_choices(workspace),
    "ward sheet": lambda workspace, _made: _ward_sheet(workspace),
    "names of deliveries": lambda workspace, _made: key_names(workspace, {KeyKind.DELIVERY}),
    "history of deliveries": lambda workspace, made: history.contract_history(workspace, made.id),
}
"""What is read of deliveries that a colleague changes and decides."""


def _ward_sheet(workspace: Workspace) -> object:
    area = workspace.area()
    return None if area is None else council_papers.ward_paper(workspace, area.wards[0].code, UNTIL, UNTIL)


def _save_claims(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    pairs = [(held, replace(held.record, note="As Ann read it in the letters")) for held in page.deliveries]
    return lambda: delivery_claims.save_claims(workspace, page, pairs)


def _add_claim(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: delivery_claims.save_claim(workspace, page, None, claim(made.lines[0], Q2, "3"))


def _remove_claim(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: delivery_claims.remove_claims(workspace, page, page.deliveries[:1])


def _undo_claim(workspace: Workspace, made: Begun) -> Act:
    done = delivery_claims.save_claim(workspace, delivered(workspace, made), None, claim(made.lines[0], Q2, "3"))
    return lambda: edits.undo(workspace, done.edit)


def _accept(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    wanted = [accepting(held) for held in page.deliveries]
    return lambda: delivery_decisions.decide(workspace, page, wanted, DECIDED_ON)


def _take_back_decision(workspace: Workspace, made: Begun) -> Act:
    accept(workspace, made, delivered(workspace, made).deliveries[0])
    page = delivered(workspace, made)
    back = said(DeliveryActKind.TAKE_BACK)
    return lambda: delivery_decisions.take_back_decision(workspace, page, page.acts[-1], back, DECIDED_ON)


def _agree(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: delivery_agreements.agree(workspace, page, _left_open(made), DECIDED_ON)


def _tell_to_improve(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    wanted = said(DeliveryActKind.TELL_TO_IMPROVE, improve_by=LATER)
    return lambda: delivery_agreements.tell_to_improve(workspace, page, wanted, DECIDED_ON)


def _take_back_agreement(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    back = said(DeliveryActKind.TAKE_BACK)
    return lambda: delivery_agreements.take_back_agreement(workspace, page, page.agreements[0], back, DECIDED_ON)


def _take_over(workspace: Workspace, made: Begun) -> Act:
    found = _returned(workspace, made.id)
    read = returns_read.compare_returns(workspace, found, DECIDED_ON)
    return lambda: returns_taken.take_over(workspace, read)


def _save_plan(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    (held,) = page.planned
    return lambda: delivery_plans.save_plan(workspace, page, [(held, replace(held.record, person="Ann"))])


def _plan_act(kind: DeliveryActKind) -> Callable[[Workspace, Begun], Act]:
    def prepared(workspace: Workspace, made: Begun) -> Act:
        page = delivered(workspace, made)
        return lambda: delivery_plan_acts.seal_plan(workspace, page, said(kind), DECIDED_ON)

    return prepared


def _take_back_plan(workspace: Workspace, made: Begun) -> Act:
    accepting_it = said(DeliveryActKind.ACCEPT_PLAN)
    delivery_plan_acts.seal_plan(workspace, delivered(workspace, made), accepting_it, DECIDED_ON)
    page = delivered(workspace, made)
    back = said(DeliveryActKind.TAKE_BACK)
    return lambda: delivery_plan_acts.take_back_plan_act(workspace, page, page.plan_acts[-1], back, DECIDED_ON)


def _save_delivery_rules(workspace: Workspace, _made: Begun) -> Act:
    before = RULES_OF_DELIVERY.get(workspace, 1)
    after = replace(before.record, return_days=Decimal(next(_numbers) % 300))
    return lambda: RULES_OF_DELIVERY.save(workspace, before, after)


def _attach(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: evidence.attach(workspace, page, _letter(page), _file(page, "another"))


def _first_person(workspace: Workspace, made: Begun) -> Stored[DeliveryPerson]:
    """A person number behind the first claim, which is added where there is none."""
    page = delivered(workspace, made)
    first = page.deliveries[0]
    held = page.people.get(first.id, ())
    return held[0] if held else _add_people(workspace, made)().result[0]


def _add_people(workspace: Workspace, made: Begun) -> Callable[[], Done[tuple[Stored[DeliveryPerson], ...]]]:
    page = delivered(workspace, made)
    number = DeliveryPerson(f"P-{next(_numbers)}", DECIDED_ON)
    return lambda: delivery_people.save_people(workspace, page, page.deliveries[0], [(None, number)])


def _change_people(workspace: Workspace, made: Begun) -> Act:
    held = _first_person(workspace, made)
    page = delivered(workspace, made)
    after = replace(held.record, ended_on=LATER)
    return lambda: delivery_people.save_people(workspace, page, page.deliveries[0], [(held, after)])


def _papers(workspace: Workspace, made: Begun) -> OpenAttachments:
    """The papers of a contract, of which one is added where there is none."""
    opened = open_attachments(workspace, made.id)
    if not opened.papers:
        attachments.add_files(workspace, opened, [_file(delivered(workspace, made), "as signed")])
        opened = open_attachments(workspace, made.id)
    return opened


def _add_paper(workspace: Workspace, made: Begun) -> Act:
    opened, file = open_attachments(workspace, made.id), _file(delivered(workspace, made), "a plan")
    return lambda: attachments.add_files(workspace, opened, [file])


def _change_paper(workspace: Workspace, made: Begun) -> Act:
    opened = _papers(workspace, made)
    held = opened.papers[0].attachment
    return lambda: attachments.change_attachment(workspace, opened, held, replace(held.record, notes="Both sides"))


def _take_paper_out(workspace: Workspace, made: Begun) -> Act:
    opened = _papers(workspace, made)
    return lambda: attachments.take_out(workspace, opened, opened.papers[0].attachment)


def _change_evidence(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    held = page.evidence[0].evidence
    after = replace(held.record, name="Ann's letter.txt")
    return lambda: evidence.change_evidence(workspace, page, held, after)


def _take_away(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: evidence.take_away(workspace, page, page.evidence[0].evidence)


def _delete_file(workspace: Workspace, made: Begun) -> Act:
    digest = _digest(workspace, made)
    return lambda: kept_files.delete_files(workspace, [digest], "By the retention schedule", LATER)


def _money(made: Begun) -> HandedOver:
    return HandedOver(date(2026, 7, 10), "Bridge Works", Decimal("30.50"), commitment=made.lines[0].record.key)


def _add_money(workspace: Workspace, made: Begun) -> Act:
    page = delivered(workspace, made)
    return lambda: money.add_money(workspace, page, _money(made), DECIDED_ON)


def _change_money(workspace: Workspace, made: Begun) -> Act:
    money.add_money(workspace, delivered(workspace, made), _money(made), DECIDED_ON)
    page = delivered(workspace, made)
    after = replace(page.ledger[0].record, receipt="R-118")
    return lambda: money.change_money(workspace, page, page.ledger[0], after, DECIDED_ON)


def _take_out_money(workspace: Workspace, made: Begun) -> Act:
    money.add_money(workspace, delivered(workspace, made), _money(made), DECIDED_ON)
    page = delivered(workspace, made)
    return lambda: money.take_out_money(workspace, page, page.ledger[0])


def _draw(workspace: Workspace, made: Begun) -> Done[SampleView]:
    accept(workspace, made, delivered(workspace, made).deliveries[0])
    return audit.draw_sample(workspace, delivered(workspace, made), "plan 7", 5, DECIDED_ON)


def _draw_sample(workspace: Workspace, made: Begun) -> Act:
    accept(workspace, made, delivered(workspace, made).deliveries[0])
    page = delivered(workspace, made)
    return lambda: audit.draw_sample(workspace, page, "plan 7", 5, DECIDED_ON)


def _draw_of_all(workspace: Workspace, made: Begun) -> Act:
    accept(workspace, made, delivered(workspace, made).deliveries[0])
    page = open_council_audit(workspace, UNTIL)
    return lambda: audit.draw_sample(workspace, page, "plan 7", 5, DECIDED_ON)


def _take_out_sample(workspace: Workspace, made: Begun) -> Act:
    _draw(workspace, made)
    page = delivered(workspace, made)
    return lambda: audit.take_out_sample(workspace, page, page.samples[0].sample)


def _conclude(workspace: Workspace, made: Begun) -> Act:
    _draw(workspace, made)
    page = delivered(workspace, made)
    return lambda: audit.conclude(workspace, page, page.samples[0].drawn[0], Decimal(3), "The rest lacks a date")


DELIVERED_WRITES: dict[str, Callable[[Workspace, Begun], Act]] = {
    "save claims": _save_claims,
    "add a claim": _add_claim,
    "remove a claim": _remove_claim,
    "undo a claim": _undo_claim,
    "accept a quarter": _accept,
    "take a decision back": _take_back_decision,
    "agree": _agree,
    "tell to improve": _tell_to_improve,
    "take an agreement back": _take_back_agreement,
    "take a return over": _take_over,
    "save a plan": _save_plan,
    "propose a plan": _plan_act(DeliveryActKind.PROPOSE_PLAN),
    "accept a plan": _plan_act(DeliveryActKind.ACCEPT_PLAN),
    "take a plan back": _take_back_plan,
    "save rules of delivery": _save_delivery_rules,
    "attach evidence": _attach,
    "add a paper": _add_paper,
    "change a paper": _change_paper,
    "take a paper out": _take_paper_out,
    "add person numbers": _add_people,
    "change person numbers": _change_people,
    "change evidence": _change_evidence,
    "take evidence away": _take_away,
    "delete a file": _delete_file,
    "publish a paper": _publish,
    "enter money": _add_money,
    "change money": _change_money,
    "take money out": _take_out_money,
    "draw a sample": _draw_sample,
    "draw a sample of all contracts": _draw_of_all,
    "take a sample out": _take_out_sample,
    "conclude of a claim": _conclude,
}
