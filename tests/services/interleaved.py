"""What each service does to a small council, so that a colleague can act between any two of its statements."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.exchange.books import book_of
from tests.services.council import Begun, acts, bridge_works, opened, promise, roads, seal, sign
from tomsapp.domain.act_checks import with_shortfall
from tomsapp.domain.commitment import Commitment, Rate
from tomsapp.domain.contract import CONTRACT, ContractKind, YearSpend
from tomsapp.domain.history import HistoryEntry, HistoryWanted
from tomsapp.domain.neighbourhood import Neighbourhood
from tomsapp.domain.problems import Answer
from tomsapp.domain.saved_view import SavedView
from tomsapp.domain.seal import ActKind
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.domain.variation import Variation
from tomsapp.exchange.labelled.labels import LeftOutKind
from tomsapp.services import (
    commitments,
    contracts,
    council,
    databases,
    due,
    edits,
    hand_over,
    history,
    look_alikes,
    menu_library,
    overview,
    overview_delivered,
    rule_effect,
    sealed_view,
    sealing,
    search,
    signed_valuations,
    signers,
    suppliers,
    table_import,
    variations,
    varying,
    without_commitments,
)
from tomsapp.services.contract_facts import CONTRACT_FACTS
from tomsapp.services.delivered_cube import load_delivered
from tomsapp.services.neighbourhoods import NEIGHBOURHOODS
from tomsapp.services.overview import Filters
from tomsapp.services.priorities import PRIORITIES
from tomsapp.services.progress import NoProgress
from tomsapp.services.register_suppliers import ANOTHER
from tomsapp.services.saved_views import SAVED_VIEWS, find_view, opened_view
from tomsapp.services.workspace import Workspace
from tomsapp.store.errors import NotFound

KEY = "a-warning"
TODAY = date(2026, 6, 1)
_numbers = count(1)
Act = Callable[[], object]


def new_world(workspace: Workspace, **place: str) -> Begun:
    """A framework with spend, quantities, a promise per pound and an answer, all of which a colleague will save."""
    number = next(_numbers)
    spend = (YearSpend(0, Decimal(1000)), YearSpend(1, Decimal(1000)))
    lines = (
        promise("V01", "1", "1", **place),
        Commitment("", "S08", statement="1", rate=Rate(Decimal(1), Decimal(1000))),
    )
    supplier = suppliers.add_supplier(workspace, bridge_works(f"Works of {number}")).result
    facts = contracts.add_contract(
        workspace,
        roads(f"W{number}", kind=ContractKind.FRAMEWORK, spend=spend),
        supplier.id,
    ).result
    added = commitments.add_commitments(workspace, facts.id, lines, "Add the offer").result
    commitments.answer_problem(workspace, facts.id, KEY, Answer("1"))
    return Begun(supplier, contracts.open_contract(workspace, facts.id).stored, added)


def save_everything(workspace: Workspace, contract_id: int, number: int) -> None:
    """Write `number` into one record of each kind, in one transaction."""
    text = str(number)
    statement, area = ("We give it", "barnet") if number % 2 else ("", "")
    with workspace.work(f"Save {text} everywhere") as uow:
        held = uow.contracts.hold(contract_id)
        spend = tuple(replace(year, amount=Decimal(number * 1000)) for year in held.record.spend)
        value = Decimal(number * 1_000_000)
        supplier = uow.suppliers.get(uow.contracts.supplier_id_of(contract_id) or 0)
        name = f"Works {text} of {contract_id}"
        uow.suppliers.save(supplier.id, supplier.version, replace(supplier.record, name=name))
        uow.contracts.save(
            contract_id, held.version, replace(held.record, title=text, value=value, spend=spend), supplier.id
        )
        for line in uow.commitments.of(contract_id):
            after = replace(line.record, statement=statement)
            if line.record.rate is None:
                after = replace(after, quantities=(Decimal(number), Decimal(number)))
            uow.commitments.save(line.id, line.version, after)
        uow.answers.give(contract_id, KEY, Answer(text))
        for one in uow.variations.of(contract_id):
            uow.variations.save(one.id, one.version, replace(one.record, reason=text, new_value=value))
        for rule in uow.rules.all():
            uow.rules.save(rule.id, rule.version, replace(rule.record, title=text))
        settings = uow.settings.now()
        uow.settings.save(settings.version, replace(settings.record, council_name=text, area=area))
        uow.commit()


# What reads


def _cube(workspace: Workspace, _made: Begun) -> object:
    cube = overview.load_cube(workspace)
    return cube.change, [contract.policy for contract in cube.contracts], overview.figures(cube, Filters())


def _checks(workspace: Workspace, made: Begun) -> object:
    return overview.check_contracts(workspace, overview.load_cube(workspace), [made.id])


def _effect(workspace: Workspace, made: Begun) -> object:
    edition = workspace.edition(made.contract.record.menu, made.contract.record.edition)
    return menu_library.contract_effect(workspace, made.id, edition, edition)


def _measures(workspace: Workspace, made: Begun) -> object:
    facts = made.contract.record
    return menu_library.contracts_by_measure(workspace, facts.menu, facts.edition)


def _database(workspace: Workspace, _made: Begun) -> object:
    # The size of the file grows with its write-ahead log, whoever reads.
    return replace(databases.database_facts(workspace), size=None)


def _rule_effect(workspace: Workspace, _made: Begun) -> object:
    rule = council.list_rules(workspace)[0].record
    return rule_effect.rule_effect(workspace, rule, replace(rule, title="Otherwise"))


def _certificate(workspace: Workspace, _made: Begun) -> object:
    with TemporaryDirectory() as folder:
        return signers.export_certificate(workspace, Path(folder) / "certificate.pem").read_bytes()


def _variation(workspace: Workspace, made: Begun) -> object:
    """A draft that stands on a draft here, so that a colleague can save both in one transaction."""
    with workspace.look() as uow:
        held = uow.variations.of(made.id)
    if not held:
        with workspace.work("Draft") as uow:
            held = [uow.variations.add(made.id, Variation(effective_on=TODAY, new_value=Decimal(1)))]
            uow.commit()
    return variations.open_variation(workspace, held[0].id)


def _check_settings(workspace: Workspace) -> object:
    record = council.get_settings(workspace).record
    return council.SETTINGS.check(workspace, replace(record, contact="Ann"))


READS: dict[str, Callable[[Workspace, Begun], object]] = {
    "history of a contract": lambda workspace, made: history.contract_history(workspace, made.id),
    "history": lambda workspace, _made: history.read_history(workspace, HistoryWanted()),
    "people": lambda workspace, _made: history.people(workspace),
    "contract": lambda workspace, made: opened(workspace, made.id),
    "contracts": lambda workspace, _made: contracts.list_contracts(workspace),
    "variation": _variation,
    "next reference": lambda workspace, _made: contracts.next_reference(workspace, 2026),
    "check of facts": lambda workspace, made: CONTRACT_FACTS.check(workspace, made.contract.record, made.id),
    "overview": _cube,
    "checks of the overview": _checks,
    "effect of an edition": _effect,
    "effect of a rule": _rule_effect,
    "contracts by measure": _measures,
    "contracts of a menu": lambda workspace, _made: menu_library.contracts_of_menu(workspace, "barnet-open"),
    "editions": lambda workspace, _made: menu_library.list_editions(workspace),
    "facts of the database": _database,
    "policy": lambda workspace, _made: (workspace.policy, workspace.settings, workspace.area()),
    "settings": lambda workspace, _made: council.get_settings(workspace),
    "search": lambda workspace, _made: search.search(workspace, "Works", (CONTRACT, SUPPLIER)),
    "suppliers": lambda workspace, _made: suppliers.list_suppliers(workspace),
    "supplier": lambda workspace, made: suppliers.get_supplier(workspace, made.supplier.id),
    "check of a supplier": lambda workspace, made: suppliers.check_supplier(workspace, made.supplier.record),
    "contracts of a supplier": lambda workspace, made: suppliers.contracts_of(workspace, made.supplier.id),
    "neighbourhoods": lambda workspace, _made: NEIGHBOURHOODS.named(workspace),
    "priorities": lambda workspace, _made: PRIORITIES.named(workspace),
    "saved views": lambda workspace, _made: SAVED_VIEWS.named(workspace),
    "saved view": lambda workspace, _made: opened_view(workspace, SavedView("V", filters=frozenset({"ward X"})), {}),
    "saved view by its name": lambda workspace, _made: _view_by_name(workspace),
    "what was delivered of all": lambda workspace, _made: _delivered_of_all(workspace),
    "edition": lambda workspace, _made: workspace.bundle("barnet-open", "2026.2"),
    "what signs": lambda workspace, _made: signers.signer_now(workspace),
    "certificate": _certificate,
    "contracts without commitments": lambda workspace, _made: without_commitments.contracts_without_commitments(
        workspace, TODAY
    ),
    "names that are drawn alike": lambda workspace, _made: look_alikes.person_like(workspace, "Bоb"),
    "check of settings": lambda workspace, _made: _check_settings(workspace),
    "head of the history": lambda workspace, _made: workspace.history_head(),
    "what is due": lambda workspace, made: due.contract_dues(workspace, made.id),
    "contract by its reference": lambda workspace, made: contracts.find_contract(
        workspace, made.contract.record.reference
    ),
}
"""What is read of a contract that a colleague changes."""

SEALED_READS: dict[str, Callable[[Workspace, Begun], object]] = {
    "contract": lambda workspace, made: opened(workspace, made.id),
    "seal": lambda workspace, made: sealed_view.sealed_view(workspace, opened(workspace, made.id), TODAY),
    "signed valuations": lambda workspace, made: signed_valuations.signed_valuations(workspace, made.id, TODAY),
    "variations": lambda workspace, made: opened(workspace, made.id).variations,
    "proposed act": lambda workspace, made: sealing.proposed(workspace, opened(workspace, made.id), ActKind.REOPEN),
    "documents": lambda workspace, made: [
        (sealing.document_bytes(workspace, act), sealing.read_document(workspace, act))
        for act in acts(workspace, made.id)[:1]
    ],
    "overview": _cube,
    "what is due of all": lambda workspace, _made: due.all_dues(workspace),
    "hand-over sheet": lambda workspace, made: hand_over.open_hand_over(workspace, made.id, TODAY),
    "reminders": lambda workspace, _made: due.reminders(workspace, date(2027, 6, 1)),
}
"""What is read of a contract that a colleague signs and reopens."""


def sign_or_reopen(workspace: Workspace, made: Begun) -> None:
    """Sign the contract where it is a draft, else reopen it."""
    page = opened(workspace, made.id)
    if page.is_locked:
        seal(workspace, page, ActKind.REOPEN, reason="A year was wrong, as we found")
    else:
        sign(workspace, page)


# What writes. Each looks at the page as a user does, and gives what is done then, with a colleague in between.


def _save_line(workspace: Workspace, made: Begun) -> Act:
    line = opened(workspace, made.id).commitments[0]
    after = replace(line.record, statement="Ann's")
    return lambda: commitments.save_commitment(workspace, made.id, line, after, "Ann's")


def _save_lines(workspace: Workspace, made: Begun) -> Act:
    pairs = [(line, replace(line.record, statement="Ann's")) for line in opened(workspace, made.id).commitments]
    return lambda: commitments.save_commitments(workspace, made.id, pairs, "Ann's")


def _remove(workspace: Workspace, made: Begun) -> Act:
    page = opened(workspace, made.id)
    return lambda: commitments.remove_commitments(workspace, made.id, page.edition, page.commitments[:1])


def _answer(workspace: Workspace, made: Begun) -> Act:
    seen = opened(workspace, made.id).answers[KEY]
    return lambda: commitments.answer_problem(workspace, made.id, KEY, Answer("Ann's"), seen)


def _take_back(workspace: Workspace, made: Begun) -> Act:
    seen = opened(workspace, made.id).answers[KEY]
    return lambda: commitments.reopen_problem(workspace, made.id, KEY, seen)


def _save_facts(workspace: Workspace, made: Begun) -> Act:
    before = opened(workspace, made.id).stored
    return lambda: CONTRACT_FACTS.save(workspace, before, replace(before.record, directorate="Ann's"))


def _other_supplier(workspace: Workspace, made: Begun) -> Act:
    before = opened(workspace, made.id).stored
    name = suppliers.add_supplier(workspace, bridge_works(f"Other of {made.id}")).result.record.name
    return lambda: CONTRACT_FACTS.save(workspace, before, replace(before.record, supplier=name))


def _add_contract(workspace: Workspace, made: Begun) -> Act:
    facts = replace(made.contract.record, reference=f"Ann's {made.id}", supplier=made.supplier.record.name)
    return lambda: CONTRACT_FACTS.add(workspace, facts)


def _copy(workspace: Workspace, made: Begun) -> Act:
    page = opened(workspace, made.id)
    return lambda: contracts.copy_contract(workspace, page, f"Ann's copy {made.id}")


def _delete(workspace: Workspace, made: Begun) -> Act:
    page = opened(workspace, made.id)
    return lambda: contracts.delete_contract(workspace, page)


def _sign(workspace: Workspace, made: Begun) -> Act:
    page = opened(workspace, made.id)
    return lambda: sign(workspace, page)


def _begin_variation(workspace: Workspace, made: Begun) -> Act:
    sign(workspace, opened(workspace, made.id))
    page = opened(workspace, made.id)
    return lambda: variations.begin(workspace, page)


def _save_variation(workspace: Workspace, made: Begun) -> Act:
    sign(workspace, opened(workspace, made.id))
    held = variations.begin(workspace, opened(workspace, made.id)).result
    return lambda: variations.save(workspace, made.id, held, replace(held.record, new_end_on=date(2029, 3, 31)))


def _delete_variation(workspace: Workspace, made: Begun) -> Act:
    sign(workspace, opened(workspace, made.id))
    held = variations.begin(workspace, opened(workspace, made.id)).result
    return lambda: variations.delete(workspace, made.id, held)


def _draft_to_sign(workspace: Workspace, made: Begun) -> None:
    sign(workspace, opened(workspace, made.id))
    held = variations.begin(workspace, opened(workspace, made.id)).result
    after = replace(held.record, reason="More of it, as the council agreed", new_value=Decimal(9_000_000))
    variations.save(workspace, made.id, held, after)


def _sign_variation(workspace: Workspace, made: Begun) -> Act:
    _draft_to_sign(workspace, made)
    number = opened(workspace, made.id).variations[0].id
    page = variations.open_variation(workspace, number)
    facts = replace(varying.proposed(workspace, page), role="Procurement lead")
    why = "The director allowed it for this contract"
    facts = replace(facts, reason=with_shortfall(facts.reason, sealing.short_of(page.varied), why))
    return lambda: varying.sign(workspace, page, facts)


def _take_variation_back(workspace: Workspace, made: Begun) -> Act:
    _sign_variation(workspace, made)()
    page = opened(workspace, made.id)
    return lambda: seal(workspace, page, ActKind.REOPEN, reason="A year was wrong, as we found")


def _settings(workspace: Workspace, _made: Begun) -> Act:
    before = council.get_settings(workspace)
    return lambda: council.save_settings(workspace, before, replace(before.record, contact=f"Ann {next(_numbers)}"))


def _save_supplier(workspace: Workspace, made: Begun) -> Act:
    before = suppliers.get_supplier(workspace, made.supplier.id)
    return lambda: suppliers.save_supplier(workspace, before, replace(before.record, notes="Ann's"))


def _add_supplier(workspace: Workspace, made: Begun) -> Act:
    return lambda: suppliers.add_supplier(workspace, bridge_works(f"Ann's of {made.id}"))


def _save_rule(workspace: Workspace, _made: Begun) -> Act:
    before = council.list_rules(workspace)[0]
    return lambda: council.save_rule(workspace, before, replace(before.record, text=f"Ann {next(_numbers)}"))


def _view_by_name(workspace: Workspace) -> object:
    try:
        return find_view(workspace, "Colindale")
    except NotFound as missing:
        return missing.message


def _delivered_of_all(workspace: Workspace) -> object:
    until = date(2026, 12, 31)
    return overview_delivered.delivered_figures(load_delivered(workspace, until), Filters())


def _delete_neighbourhood(workspace: Workspace, made: Begun) -> Act:
    before = NEIGHBOURHOODS.add(workspace, Neighbourhood(f"Place {made.id}", frozenset({"E05013628"}))).result
    return lambda: NEIGHBOURHOODS.delete(workspace, before)


def _undo(workspace: Workspace, made: Begun) -> Act:
    line = opened(workspace, made.id).commitments[0]
    done = commitments.save_commitment(workspace, made.id, line, replace(line.record, statement="Before"), "Before")
    return lambda: edits.undo(workspace, done.edit)


def _redo(workspace: Workspace, made: Begun) -> Act:
    line = opened(workspace, made.id).commitments[0]
    done = commitments.save_commitment(workspace, made.id, line, replace(line.record, statement="Before"), "Before")
    edits.undo(workspace, done.edit)
    return lambda: edits.redo(workspace, done.edit)


@cache
def _offer_file(folder: Path) -> Path:
    path = folder / "offer.xlsx"
    path.write_bytes(
        book_of(["V01", "Cash", 500, 500, "Ann's"], head=["Ref", "Measure", "Year 1", "Year 2", "Statement"])
    )
    return path


def _import_offer(folder: Path) -> Callable[[Workspace, Begun], Act]:
    def prepared(workspace: Workspace, made: Begun) -> Act:
        target = table_import.commitments_target(workspace, made.id)
        state = table_import.begin(workspace, target, table_import.open_table_file(_offer_file(folder)))
        table_import.look(workspace, target, state)
        return lambda: table_import.bring_in(workspace, target, state, NoProgress())

    return prepared


def _import_register(folder: Path) -> Callable[[Workspace, Begun], Act]:
    def prepared(workspace: Workspace, made: Begun) -> Act:
        path = folder / "register.csv"
        rows = (
            "Ref,Title,Supplier,Total value,Start,Term",
            f"R-{made.id},Lifts,Upward {made.id} Hoists,1000,1/4/2026,3 years",
            f"{made.contract.record.reference},Ann's,,2500000,1/4/2026,2 years",
        )
        path.write_text("\r\n".join(rows), encoding="utf-8", newline="")
        target = table_import.contracts_target(workspace)
        state = table_import.begin(workspace, target, table_import.open_table_file(path))
        state = replace(state, choices={"asked:supplier_kind": "sme"})
        view = table_import.look(workspace, target, state)
        others = {one.key: ANOTHER.key for one in view.left_out if one.kind is LeftOutKind.SUPPLIER}
        state = replace(state, choices={**state.choices, **others})
        return lambda: table_import.bring_in(workspace, target, state, NoProgress())

    return prepared


WRITES: dict[str, Callable[[Workspace, Begun], Act]] = {
    "save a line": _save_line,
    "save lines": _save_lines,
    "add lines": lambda workspace, made: (
        lambda: commitments.add_commitments(workspace, made.id, [promise("V04", "1", "1")], "Ann's")
    ),
    "remove lines": _remove,
    "answer": _answer,
    "take an answer back": _take_back,
    "sign with the own key": lambda workspace, _made: lambda: signers.use_own_key(workspace),
    "make a new key": lambda workspace, _made: lambda: signers.use_own_key(workspace, make_new=True),
    "save facts": _save_facts,
    "another supplier": _other_supplier,
    "add a contract": _add_contract,
    "copy a contract": _copy,
    "delete a contract": _delete,
    "sign": _sign,
    "begin a variation": _begin_variation,
    "save a variation": _save_variation,
    "delete a variation": _delete_variation,
    "sign a variation": _sign_variation,
    "take a variation back": _take_variation_back,
    "settings": _settings,
    "save a supplier": _save_supplier,
    "add a supplier": _add_supplier,
    "save a rule": _save_rule,
    "delete a neighbourhood": _delete_neighbourhood,
    "undo": _undo,
    "redo": _redo,
}
IMPORTS: dict[str, Callable[[Path], Callable[[Workspace, Begun], Act]]] = {
    "import an offer": _import_offer,
    "import a register": _import_register,
}


def entries_since(workspace: Workspace, last: int) -> list[HistoryEntry]:
    """What was changed after a change of this number, oldest first."""
    with workspace.database.read() as reader:
        found = reader.history(limit=100_000)
    return sorted((entry for entry in found if entry.id > last), key=lambda entry: entry.id)


def last_entry(workspace: Workspace) -> int:
    """The number of the newest change."""
    with workspace.database.read() as reader:
        return reader.history(limit=1)[0].id


def touched(entries: list[HistoryEntry]) -> set[tuple[str, str, str]]:
    """Which facts of which kinds of records were changed, and which kinds were added and deleted."""
    facts = {
        (entry.kind, entry.action, name)
        for entry in entries
        for name in {*entry.before, *entry.after}
        if entry.before.get(name) != entry.after.get(name)
    }
    return facts | {(entry.kind, entry.action, "") for entry in entries}
