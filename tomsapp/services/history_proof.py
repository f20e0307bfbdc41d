"""Whether a database is still what its signed contracts and its papers say it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tomsapp.domain.errors import TomsError
from tomsapp.domain.problems import Problem, Severity, Where
from tomsapp.domain.seal import newest_seal
from tomsapp.exchange.act_json import ActDocument, read_act
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import offer_values, read_offer, write_offer
from tomsapp.reading.dialect import ATTACHED_FILES
from tomsapp.reading.kinds import FileKind, kind_of
from tomsapp.reading.source import read_bytes
from tomsapp.services.delivered_paper import DELIVERED_FILE
from tomsapp.services.menu_books import BOOK_FILE
from tomsapp.services.portfolio_paper import MADE_FILE
from tomsapp.services.sealing import is_whole

if TYPE_CHECKING:
    from tomsapp.domain.history import HistoryHead
    from tomsapp.domain.offer import Offer
    from tomsapp.domain.seal import Act
    from tomsapp.store.unit_of_work import UnitOfWork

_MOST_BYTES = 200_000_000
_AT_ONCE = 200
"""So many contracts are held against their documents at once."""
_RESTORE = "Restore the database from a backup, and keep this one to find out what happened"


# An earlier head


def stated_head(path: Path) -> HistoryHead:
    """The head of the history that a PDF of this program states, or that a backup ends with.

    Raises:
        TomsError: the file is neither, is damaged, or states none: an offer belongs to no database, and an earlier
            version stated none.
    """
    from tomsapp.store.check import head_of

    data = usable(read_bytes(path, _MOST_BYTES))
    kind = kind_of(data)
    head = head_of(path) if kind is FileKind.DATABASE else None
    if kind is FileKind.PDF:
        head = _head_in(data, path.name)
    if head is None:
        message = f"{path.name} does not say which history it came from"
        raise TomsError(message, "Take a PDF that was made from the database by version 0.3.0 or later, or a backup")
    return head


def _head_in(data: bytes, name: str) -> HistoryHead | None:
    from tomsapp.exchange.book_json import read_book
    from tomsapp.exchange.delivered_read import read_delivered
    from tomsapp.exchange.portfolio_made import read_portfolio_made
    from tomsapp.exchange.result_read import read_result
    from tomsapp.services.strange_papers import read_attachments

    files = read_attachments(data)
    made = None
    if MADE_FILE in files:
        made = read_portfolio_made(files[MADE_FILE], f"{MADE_FILE} in {name}")
    elif BOOK_FILE in files:
        made = read_book(files[BOOK_FILE], f"{BOOK_FILE} in {name}").made
    elif DELIVERED_FILE in files:
        made = read_delivered(files[DELIVERED_FILE], f"{DELIVERED_FILE} in {name}").made
    elif "valuation.json" in files:
        made = read_result(files["valuation.json"], f"valuation.json in {name}").made
    return made.history if made else None


# Sealed documents


def sealed_problems(
    uow: UnitOfWork, name: str, told: Callable[[int, int], None] = lambda _done, _total: None
) -> Iterator[Problem]:
    """Every sealed document that is not whole, and every contract that is not as it was signed.

    `told` hears how many of how many contracts are done, and may raise to stop.
    """
    acts = uow.acts.by_contract()
    numbers = sorted(acts)
    for start in range(0, len(numbers), _AT_ONCE):
        some = numbers[start : start + _AT_ONCE]
        told(start, len(numbers))
        offers = uow.lists.offers(some)
        for number in some:
            own = [kept.act for kept in acts[number]]
            documents = {act.id: _document(uow, act) for act in own}
            for act in own:
                if documents[act.id] is None:
                    message = f"act {act.id}: its document is not whole, or does not say what the act says"
                    yield Problem("database-sealed", Severity.ERROR, message, _RESTORE, Where(file=name))
            if number in offers:
                seal = newest_seal(offers[number].contract.status, own)
                document = documents[seal.id] if seal else None
                if seal and document and (otherwise := _otherwise(offers[number], document)):
                    message = f"contract {number} is not what was sealed with act {seal.id}: {', '.join(otherwise)}"
                    yield Problem("database-sealed", Severity.ERROR, message, _RESTORE, Where(file=name))


def _document(uow: UnitOfWork, act: Act) -> ActDocument | None:
    data = uow.acts.document(act.id)
    try:
        return read_act(data) if is_whole(act, data) else None
    except (OfferUnreadable, KeyError):
        return None


def _otherwise(now: Offer, document: ActDocument) -> list[str]:
    """What of a contract is not what its document says: spend goes on after signing, and suppliers change names."""
    sealed = document.result.offer.offer
    again = read_offer(write_offer(now), dialect=ATTACHED_FILES).offer
    if sealed is None or again is None:
        return ["its document cannot be read"]
    then, today = offer_values(sealed), offer_values(again)
    found = [key for key in ("menu", "edition") if then.get(key) != today.get(key)]
    found += _differing(then["contract"], today["contract"])
    if then["commitments"] != today["commitments"]:
        found.append("commitments")
    # An earlier version kept its answers in another form.
    if document.act is not None and then.get("answers") != today.get("answers"):
        found.append("answers")
    return found


def _differing(then: object, today: object) -> list[str]:
    if not isinstance(then, dict) or not isinstance(today, dict):
        return ["contract"]
    return [key for key in {**then, **today} if key != "spend" and then.get(key) != today.get(key)]
