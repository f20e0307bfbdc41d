"""What every sealed act needs: what is most likely said of it, what keeps it from being done, and its document."""

from datetime import date

from tomsapp import __version__
from tomsapp.domain.act_checks import ActGround, act_problems
from tomsapp.domain.contract import Contract
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.problems import Problem, Severity
from tomsapp.domain.seal import Act, ActFacts, ActKind, standing_act, status_after
from tomsapp.domain.variation import VariationState
from tomsapp.domain.varied import VariationTold
from tomsapp.domain.wording import format_date, plural
from tomsapp.exchange.act_json import StatedAct, write_act
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.result_json import result_of
from tomsapp.exchange.rules_json import write_rules
from tomsapp.services.contracts import OpenContract
from tomsapp.services.refusing import refuse_errors
from tomsapp.services.sealed_rules import today
from tomsapp.services.signed import fixed
from tomsapp.services.workspace import Workspace
from tomsapp.store.acts import NewAct
from tomsapp.store.errors import StoreError
from tomsapp.store.unit_of_work import UnitOfWork


def proposed(workspace: Workspace, opened: OpenContract, kind: ActKind) -> ActFacts:
    """What is most likely said of an act: done today, from the day from which it would hold, in the role as before."""
    now = today()
    with workspace.look() as uow:
        role = uow.acts.last_role(workspace.who)
    effect = {
        ActKind.SIGN: max(opened.contract.start_on, now),
        ActKind.CLOSE: opened.contract.end_on,
        ActKind.WITHDRAW: now,
        ActKind.REOPEN: now,
        ActKind.VARY: now,
    }
    return ActFacts(kind, now, effect[kind], role)


def check(opened: OpenContract, facts: ActFacts, on: date | None = None) -> list[Problem]:
    """What must be put right before the act is done, today or on the day that is named; and what is asked about it."""
    ground = ActGround(opened.contract, opened.recorded_on, short_of(opened), opened.edition.published_on)
    return act_problems(facts, ground, on or today())


def short_of(opened: OpenContract) -> tuple[str, ...]:
    """The policy rules that a contract falls short of, by their titles."""
    return tuple(one.rule.title for one in opened.checked.policy_checks if one.result is PolicyResult.SHORT)


def label_of(facts: ActFacts, reference: str) -> str:
    """What the history and the Edit menu call an act on a contract."""
    return f"{facts.kind.words} {reference}: {facts.reason}" if facts.reason else f"{facts.kind.words} {reference}"


def stop_words(done: str, facts: ActFacts) -> str:
    """Why Undo stops at an act."""
    return f"{done} on {format_date(facts.done_on)}. Undo stops here"


def new_act(
    workspace: Workspace,
    opened: OpenContract,
    facts: ActFacts,
    reversed_act: Act | None = None,
    variation: VariationTold | None = None,
) -> NewAct:
    """An act with its document: all that is seen of the contract as it is given here."""
    status = opened.contract.status
    becomes = status_after(facts.kind, status, opened.acts)
    digest = reversed_act.sha256 if reversed_act else ""
    stated = StatedAct(facts, workspace.who, status, becomes, digest, variation)
    return NewAct(
        opened.stored.id,
        facts,
        status,
        becomes,
        write_act(stated, result_of(opened.checked, made=_made(workspace, opened, facts))),
        write_rules(one.rule for one in opened.checked.policy_checks),
        opened.checked.valuation.social_value,
        reversed_act.id if reversed_act else None,
    )


def _made(workspace: Workspace, opened: OpenContract, facts: ActFacts) -> MadeWith:
    """What the valuation is made with: on the day of the act, and as it is after it."""
    becomes = status_after(facts.kind, opened.contract.status, opened.acts)
    edition = opened.edition
    signed_on = facts.done_on if facts.kind is ActKind.SIGN else None
    return MadeWith(
        facts.done_on,
        made_by=workspace.who,
        version=__version__,
        signed_on=signed_on or (opened.seal.done_on if opened.seal else None),
        status=becomes,
        area=opened.area,
        withdrawn_on=edition.withdrawn_on,
        withdrawn_because=edition.withdrawn_because,
    )


def check_no_draft(uow: UnitOfWork, opened: OpenContract) -> None:
    """Make sure that nobody is drafting a variation of what is taken back.

    Raises:
        StoreError: somebody is.
    """
    drafts = [one for one in uow.variations.of(opened.stored.id) if one.record.state is VariationState.DRAFT]
    if drafts:
        message = f"{drafts[0].record.name.capitalize()} of {opened.contract.reference} is being drafted"
        raise StoreError(message, "Sign it, or delete its draft, first")


def check_may(workspace: Workspace, opened: OpenContract, facts: ActFacts, on: date | None) -> None:
    """Make sure that the act can be done with the contract, as it was said and by whoever does it.

    Raises:
        StoreError: it cannot.
    """
    contract = opened.contract
    if contract.status not in facts.kind.begins_at:
        if facts.kind is ActKind.SIGN:
            raise fixed(contract)
        message = f"{contract.reference} is {contract.status.value}, so it cannot be {facts.kind.done.lower()}"
        raise StoreError(message, "Open it again to see how it stands")
    if facts.kind.fixes and opened.checked.has_errors:
        count = sum(problem.severity is Severity.ERROR for problem in opened.checked.problems)
        varied = " with the variation" if facts.kind is ActKind.VARY else ""
        message = f"{contract.reference} has {plural(count, 'problem', 'problems')} to put right{varied}"
        raise StoreError(message, "Put right what its page marks as an error, then sign")
    refuse_errors(check(opened, facts, on))
    standing = standing_act(contract.status, opened.acts)
    if facts.kind is ActKind.REOPEN and standing is not None and not _may_reopen(workspace.who, standing, contract):
        message = f"{standing.words}: only {standing.by} or the contract manager reopens it"
        raise StoreError(message, "Ask one of them, or enter the contract manager under Contract facts")


def _may_reopen(who: str, standing: Act, contract: Contract) -> bool:
    allowed = {standing.by.strip().casefold(), contract.contract_manager.strip().casefold()} - {""}
    return who.strip().casefold() in allowed
