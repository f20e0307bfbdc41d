"""What the tab Marking says: names of answers, the cells of its grids, and what is held back."""

from __future__ import annotations

from collections.abc import Sequence

from tomsapp.domain.tender.marking import spread, spread_words
from tomsapp.domain.wording import format_quantity, listed, plural
from tomsapp.gui.tenders.mark_grid import GridCell, Place
from tomsapp.services.tenders.marking import AnsweredBid, EvaluatorAtWork, MarkingStage, OpenMarking

NO_MARK = "no mark yet"
_LEAST_WIDE = 2
"""From this spread on it is asked why."""


def bid_of(opened: OpenMarking, place: Place) -> AnsweredBid | None:
    """The bid of an answer."""
    return next((bid for bid in opened.answers.bids if bid.id == place[0]), None)


def bid_words(opened: OpenMarking, bid: AnsweredBid) -> str:
    """What a bid is called: its bidder, and its lot where the tender has several bids in several lots."""
    return f"{bid.supplier}, lot {bid.lot}" if len({each.lot for each in opened.answers.bids}) > 1 else bid.supplier


def answer_words(opened: OpenMarking, place: Place) -> str:
    """What an answer is called: "Meridian, question 2"."""
    bid = bid_of(opened, place)
    return f"{bid_words(opened, bid)}, question {place[1]}" if bid is not None else f"question {place[1]}"


def replaced_words(opened: OpenMarking, place: Place) -> str:
    """Whose marks of an answer were given before another offer came to count; empty where none were."""
    bid = bid_of(opened, place)
    if bid is None:
        return ""
    marks = ((each, opened.mark_of(each.stored.id, *place)) for each in opened.evaluators)
    before = [each for each, held in marks if held is not None and bid.was_replaced_after(held)]
    agreed = opened.moderated_at(*place)
    if agreed is not None and bid.was_replaced_after(agreed):
        return "The offer was replaced since this mark was agreed. Read the answer again."
    if not before:
        return ""
    mine = opened.mine is not None and before == [opened.mine]
    whose = "you marked" if mine else f"{listed([each.stored.record.name for each in before])} marked"
    return f"The offer was replaced since {whose} it. Read the answer again."


def own_grid(opened: OpenMarking) -> tuple[list[str], list[list[GridCell]]]:
    """One's own marks: a row for each question, a column for each bid."""
    mine = opened.mine.stored.id if opened.mine is not None else 0
    heads = ["Question", *(bid_words(opened, bid) for bid in opened.answers.bids)]
    rows = []
    for question in opened.answers.questions:
        weight = f"{format_quantity(question.weight)} of 100"
        title = f"{question.number}  {question.title or question.text}"
        row = [GridCell(title, f"Question {title}, {weight}", None, weight)]
        for bid in opened.answers.bids:
            place = (bid.id, question.number)
            held = opened.mark_of(mine, *place)
            said = NO_MARK if held is None else f"mark {held.record.mark}"
            text = "" if held is None else str(held.record.mark)
            row.append(GridCell(text, f"{answer_words(opened, place)}, {said}", place, is_boxed=True))
        rows.append(row)
    return heads, rows


def all_grid(opened: OpenMarking) -> tuple[list[str], list[list[GridCell]]]:
    """The marks of all: a row for each answer, a column for each evaluator, and the mark that counts."""
    evaluators = [each.stored for each in opened.evaluators]
    heads = ["Answer", *(each.record.name for each in evaluators), "Apart", "Agreed"]
    rows = []
    for question in opened.answers.questions:
        for bid in opened.answers.bids:
            place = (bid.id, question.number)
            called = answer_words(opened, place)
            marks = [opened.mark_of(each.id, *place) for each in evaluators]
            cells = [
                GridCell(
                    "–" if held is None else str(held.record.mark),
                    f"{called}, {each.record.name}, {NO_MARK if held is None else f'mark {held.record.mark}'}",
                    place,
                )
                for each, held in zip(evaluators, marks, strict=True)
            ]
            agreed = opened.moderated_at(*place)
            text = "" if agreed is None else str(agreed.record.mark)
            said = "not agreed yet" if agreed is None else f"agreed mark {text}"
            title = f"{question.number}  {question.title or question.text}"
            rows.append(
                [
                    GridCell(title, f"Question {title}, {bid_words(opened, bid)}", place, bid_words(opened, bid)),
                    *cells,
                    _spread_cell(called, place, opened.marks_at(*place)),
                    GridCell(text, f"{called}, {said}", place, is_boxed=True),
                ]
            )
    return heads, rows


def _spread_cell(called: str, place: Place, marks: Sequence[int]) -> GridCell:
    words = spread_words(marks) or ("all agree" if spread(marks) == 0 else "1 apart")
    tone = "warning" if spread(marks) >= _LEAST_WIDE else "text_muted"
    return GridCell(words, f"{called}, {words}", place, tone=tone)


def others_words(opened: OpenMarking) -> str:
    """How far the others are, and nothing more: "J. Patel has sent 9 of 9 marks. L. Osei has given 5 of 9 marks."."""
    mine = opened.mine.stored.id if opened.mine is not None else None
    others: list[EvaluatorAtWork] = [each for each in opened.evaluators if each.stored.id != mine]
    if not others:
        return "You are the only evaluator."
    return " ".join(each.words for each in others)


def held_back_words(opened: OpenMarking) -> str:
    """What is shown to nobody, and until when."""
    number = len(opened.evaluators)
    all_of = "both" if number == 2 else f"all {number}"
    if number == 1:
        return "Once you have sent your marks, one mark with its reason is agreed for each answer."
    you = ", you included," if opened.mine is not None else ""
    return (
        f"Marks are shown to nobody{you} until {all_of} have sent theirs. Then a moderator agrees one mark, with its "
        "reason. Prices and social value are not on this page."
    )


def progress_words(opened: OpenMarking | None) -> str:
    """How far the marking is: "You have given 7 of 9 marks", "3 of 9 marks agreed"; empty where nothing is marked."""
    if opened is None:
        return ""
    every = len(opened.answers.places)
    if opened.are_seen:
        left = sum(opened.moderated_at(*place) is None for place in opened.answers.places)
        return f"{every - left} of {plural(every, 'mark')} agreed"
    if opened.stage is not MarkingStage.MARKING:
        return ""
    if opened.mine is not None:
        verb = "sent" if opened.mine.stored.record.sent_on is not None else "given"
        return f"You have {verb} {opened.mine.given} of {plural(every, 'mark')}"
    sent = sum(each.stored.record.sent_on is not None for each in opened.evaluators)
    return f"{sent} of {plural(len(opened.evaluators), 'evaluator')} sent" if opened.evaluators else ""


def bidders_words(opened: OpenMarking) -> str:
    """Who bids, for whoever confirms that there is no conflict of interest."""
    return listed(sorted({bid.supplier for bid in opened.answers.bids}))
