"""The records of a frozen evaluation as the JSON parts of its file: exact numbers, days and moments as text."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TypeVar

from tomsapp.domain.tender.acts import TENDER_ACT, TenderAct, TenderActFacts
from tomsapp.domain.tender.bid import BID, BID_DECISION, Bid, BidDecision
from tomsapp.domain.tender.frozen import FrozenBid, FrozenEvaluation
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK, Evaluator, Mark, ModeratedMark
from tomsapp.domain.tender.receipt import ReceivedFile
from tomsapp.exchange.record_json import NoRecord, fact_values, facts_in, table_in, text_in
from tomsapp.exchange.tender_act_json import SAID_OF_ACT

T = TypeVar("T")
Parts = Mapping[str, Mapping[str, object]]

EVALUATION_FORMAT = "tomsapp-evaluation-1"
EVALUATION, ACTS, RECEIPTS = "evaluation.json", "acts.json", "receipts.json"
BIDS, DECISIONS, MARKS = "bids.json", "decisions.json", "marks.json"
RECORDS = (EVALUATION, ACTS, RECEIPTS, BIDS, DECISIONS, MARKS)
"""The parts that hold records."""

_TEXTS = ("name", "sha256", "supplier", "unfinished", "refused", "ask_for")
_COUNTS = ("number", "size", "lot", "pack_version")
_MOMENTS = ("received_at", "portal_at")


def record_parts(frozen: FrozenEvaluation) -> dict[str, dict[str, object]]:
    """The values of each part by its name."""
    bids = frozen.bids
    return {
        EVALUATION: {
            "format": EVALUATION_FORMAT,
            "made_with": frozen.made_with,
            "council": frozen.council,
            "reference": frozen.reference,
            "title": frozen.title,
            "act": {**fact_values(SAID_OF_ACT, frozen.facts), "by": frozen.by, "at": frozen.at.isoformat()},
        },
        ACTS: {"acts": [_act_values(act) for act in frozen.acts]},
        RECEIPTS: {"receipts": [_receipt_values(file) for file in frozen.receipts]},
        BIDS: {"bids": [_bid_values(bid) for bid in bids]},
        DECISIONS: {
            "decisions": [
                {"bid": bid.number, **fact_values(BID_DECISION, each)} for bid in bids for each in bid.decisions
            ]
        },
        MARKS: {
            "evaluators": [{"number": number, **fact_values(EVALUATOR, who)} for number, who in frozen.evaluators],
            "marks": [
                {"bid": bid.number, "evaluator": mark.evaluator, **fact_values(MARK, mark)}
                for bid in bids
                for mark in bid.marks
            ],
            "moderated": [
                {"bid": bid.number, **fact_values(MODERATED_MARK, mark)} for bid in bids for mark in bid.moderated
            ],
        },
    }


def _act_values(act: TenderAct) -> dict[str, object]:
    more = {"number": act.id, "by": act.by, "at": act.recorded_at.isoformat(), "reverses": act.reverses, "bid": act.bid}
    return {**fact_values(TENDER_ACT, act), **more}


def _receipt_values(file: ReceivedFile) -> dict[str, object]:
    moments = {name: getattr(file, name) for name in _MOMENTS}
    told = {name: None if moment is None else moment.isoformat() for name, moment in moments.items()}
    return {name: getattr(file, name) for name in (*_COUNTS, *_TEXTS)} | told | {"is_kept": file.is_kept}


def _bid_values(bid: FrozenBid) -> dict[str, object]:
    facts = fact_values(BID, bid.bid)
    # What the council notes for itself stays with it.
    return {"number": bid.number, "receipt": bid.receipt, "supplier": bid.bid.supplier, **facts, "notes": ""}


def frozen_in(parts: Parts) -> FrozenEvaluation:
    """The records in the values of the parts, which were read of a file.

    Raises:
        NoRecord: one of them is none that this program writes.
    """
    told = parts[EVALUATION]
    if told.get("format") != EVALUATION_FORMAT:
        raise NoRecord(f"It is no frozen evaluation ({EVALUATION_FORMAT})")
    act = table_in(told.get("act"))
    said = facts_in(SAID_OF_ACT, {name: value for name, value in act.items() if name not in {"by", "at"}})
    return FrozenEvaluation(
        text_in(told, "council"),
        text_in(told, "reference"),
        text_in(told, "title"),
        TenderActFacts(**said),
        text_in(act, "by"),
        _moment(act, "at"),
        text_in(told, "made_with"),
        _each(parts[ACTS], "acts", _act),
        _each(parts[RECEIPTS], "receipts", _receipt),
        _each(
            parts[MARKS], "evaluators", lambda held: (_whole(held, "number"), Evaluator(**facts_in(EVALUATOR, held)))
        ),
        _bids(parts),
    )


def _bids(parts: Parts) -> tuple[FrozenBid, ...]:
    bids = _each(parts[BIDS], "bids", _bid)
    decisions = _each(parts[DECISIONS], "decisions", _decision)
    marks = _each(parts[MARKS], "marks", _mark)
    moderated = _each(parts[MARKS], "moderated", _moderated)
    known = {bid.number for bid in bids}
    named = {each.bid for each in decisions} | {each.bid for each in marks} | {each.bid for each in moderated}
    if len(known) < len(bids) or not named <= known:
        raise NoRecord("A decision or a mark is of no bid, or two bids have one number")
    return tuple(
        FrozenBid(
            bid.number,
            bid.bid,
            bid.receipt,
            tuple(each for each in decisions if each.bid == bid.number),
            tuple(each for each in marks if each.bid == bid.number),
            tuple(each for each in moderated if each.bid == bid.number),
        )
        for bid in bids
    )


def _bid(held: Mapping[str, object]) -> FrozenBid:
    bid = Bid(**facts_in(BID, held), supplier=text_in(held, "supplier"))
    return FrozenBid(_whole(held, "number"), bid, _optional(held, "receipt"))


def _decision(held: Mapping[str, object]) -> BidDecision:
    # Files of before a question had a fact of its own hold it as the reason, and are read as they were written.
    return BidDecision(_whole(held, "bid"), **facts_in(BID_DECISION, {"question": "", **held}))


def _mark(held: Mapping[str, object]) -> Mark:
    return Mark(_whole(held, "evaluator"), _whole(held, "bid"), **facts_in(MARK, held))


def _moderated(held: Mapping[str, object]) -> ModeratedMark:
    return ModeratedMark(_whole(held, "bid"), **facts_in(MODERATED_MARK, held))


def _act(held: Mapping[str, object]) -> TenderAct:
    return TenderAct(
        **facts_in(TENDER_ACT, held),
        id=_whole(held, "number"),
        tender_id=0,
        by=text_in(held, "by"),
        recorded_at=_moment(held, "at"),
        reverses=_optional(held, "reverses"),
        bid=_optional(held, "bid"),
    )


def _receipt(held: Mapping[str, object]) -> ReceivedFile:
    is_kept = held.get("is_kept")
    if type(is_kept) is not bool:
        raise NoRecord("“is_kept” is neither yes nor no")
    portal = None if held.get("portal_at") is None else _moment(held, "portal_at")
    return ReceivedFile(
        number=_whole(held, "number"),
        name=text_in(held, "name"),
        sha256=text_in(held, "sha256"),
        size=_whole(held, "size"),
        received_at=_moment(held, "received_at"),
        portal_at=portal,
        supplier=text_in(held, "supplier"),
        lot=_optional(held, "lot"),
        pack_version=_optional(held, "pack_version"),
        unfinished=text_in(held, "unfinished"),
        refused=text_in(held, "refused"),
        ask_for=text_in(held, "ask_for"),
        is_kept=is_kept,
    )


def _each(held: Mapping[str, object], name: str, read: Callable[[Mapping[str, object]], T]) -> tuple[T, ...]:
    found = held.get(name)
    if not isinstance(found, list):
        raise NoRecord(f"“{name}” is no list")
    return tuple(read(table_in(each)) for each in found)


def _whole(held: Mapping[str, object], name: str) -> int:
    number = held.get(name)
    if type(number) is not int or number < 0:
        raise NoRecord(f"“{name}” is no whole number")
    return number


def _optional(held: Mapping[str, object], name: str) -> int | None:
    return None if held.get(name) is None else _whole(held, name)


def _moment(held: Mapping[str, object], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text_in(held, name))
    except ValueError as error:
        raise NoRecord(f"“{name}” is no moment") from error
    if moment.tzinfo is None:
        raise NoRecord(f"“{name}” has no time zone")
    return moment
