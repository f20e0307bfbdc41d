"""What stands behind an evaluation: marks and decisions with reasons, files, who did what, versions and checksums."""

from collections.abc import Iterator

from tomsapp.domain.papers.council_paper import PaperBlock, PaperColumn, PaperHeading, PaperTable, PaperText, TextKind
from tomsapp.domain.papers.evaluation_told import EvaluationTold, sentences
from tomsapp.domain.papers.told import headed
from tomsapp.domain.tender.acts import TenderAct, TenderActKind, standing
from tomsapp.domain.tender.bid import BidDecision
from tomsapp.domain.tender.marking import Evaluator, have_all_sent, outside_words
from tomsapp.domain.tender.question import Question
from tomsapp.domain.tender.receipt import JudgedReceipt, Standing
from tomsapp.domain.wording import format_date, listed

_NONE = "–"
_USUAL = "The offers were opened after the deadline, no late file was admitted and no bid was excluded by decision."
_NOT_OPENED = "The offers are not opened yet."
_ORDER = (TenderActKind.OPEN_EARLY, TenderActKind.ADMIT_LATE, TenderActKind.EXCLUDE)


def out_of_the_ordinary(told: EvaluationTold) -> Iterator[str]:
    """What was opened early, admitted late, excluded, left out, marked or taken back so; or that nothing was."""
    done = standing(told.own_acts)
    unusual = [act for kind in _ORDER for act in done if act.kind is kind and _concerns(told, act)]
    senders = {each.file.number: each.file.supplier for each in told.receipts}
    for act in unusual:
        sender = f" from {senders[act.receipt]}" if act.receipt is not None else ""
        yield sentences((f"{act.words}{sender}", f"Reason: {act.reason.strip()}"))
    if not unusual:
        is_open = any(act.kind is TenderActKind.OPEN for act in done)
        yield _USUAL if is_open else _NOT_OPENED
    for row in told.rows:
        names = [each.name for each in told.left_out(row.key)]
        if names:
            does = "does" if len(names) == 1 else "do"
            yield f"{row.supplier}: {listed(names)} {does} not count; the reasons follow."
    yield from _marked_outside(told)
    own = {act.id for act in told.own_acts}
    for act in told.acts:
        if act.kind is TenderActKind.TAKE_BACK and act.reverses in own:
            yield sentences((act.words, f"Reason: {act.reason.strip()}"))


def _marked_outside(told: EvaluationTold) -> Iterator[str]:
    """The agreed marks that are above or below every mark that an evaluator gave."""
    if not told.evaluated.given.rules.weights.statement or not have_all_sent(tuple(told.evaluators.values())):
        return
    names = {question.number: question.name for question in told.questions}
    bids = {bid.number: row.supplier for row in told.rows if (bid := told.told(row.key)) is not None}
    for agreed in told.moderated:
        place = agreed.bid, agreed.question
        given = [each.mark for each in told.marks if (each.bid, each.question) == place]
        outside = outside_words(agreed.mark, given)
        if outside and agreed.bid in bids and agreed.question in names:
            where = f"{bids[agreed.bid]}, {names[agreed.question]}"
            yield sentences((f"{where}: {outside}", f"Reason: {agreed.reason.strip()}"))


def _concerns(told: EvaluationTold, act: TenderAct) -> bool:
    """Whether an act about a file is about one that came for this lot."""
    return act.receipt is None or act.receipt in {each.file.number for each in told.receipts}


def marks(told: EvaluationTold) -> Iterator[PaperBlock]:
    """The marks of each question with their reasons; first who gave them."""
    if not told.evaluated.given.rules.weights.statement or not told.questions:
        return
    yield PaperHeading("Marks of the answers")
    yield PaperText("A mark is 0 to 5. The moderated one counts; it has its reason even where all agree.")
    if told.evaluators:
        columns = (PaperColumn("Evaluator", 30), PaperColumn("Role", 30), PaperColumn("Conflict of interest", 40))
        rows = tuple((each.name, each.role or _NONE, _conflict(each)) for each in told.evaluators.values())
        yield PaperTable("Who marked", columns, rows)
    for question in told.questions:
        yield from _marked(told, question)


def _conflict(evaluator: Evaluator) -> str:
    day = evaluator.confirmed_on
    return f"None, confirmed on {format_date(day)}" if evaluator.has_no_conflict and day else "Not confirmed"


def _marked(told: EvaluationTold, question: Question) -> Iterator[PaperBlock]:
    name = question.name
    yield PaperHeading(f"{name[:1].upper()}{name[1:]}", 3)
    if question.text:
        yield PaperText(question.text)
    counting = tuple(_moderated(told, question.number))
    if counting:
        columns = (PaperColumn("Bidder", 30), PaperColumn("Mark", 10, right=True), PaperColumn("Reason", 60))
        yield PaperTable("The marks that count", columns, counting)
    else:
        yield PaperText("No mark is moderated yet.", TextKind.NOTE)
    # Until all have sent their marks, nobody sees another's.
    given = tuple(_given(told, question.number)) if have_all_sent(tuple(told.evaluators.values())) else ()
    if given:
        heads = (PaperColumn("Bidder", 26), PaperColumn("Evaluator", 20))
        tail = (PaperColumn("Mark", 9, right=True), PaperColumn("Reason", 45))
        yield PaperTable("What each evaluator gave", (*heads, *tail), given)


def _moderated(told: EvaluationTold, question: int) -> Iterator[tuple[str, ...]]:
    by_bid = {mark.bid: mark for mark in told.moderated if mark.question == question}
    for row in told.rows:
        bid = told.told(row.key)
        mark = by_bid.get(bid.number) if bid is not None else None
        if mark is not None:
            by = f" ({mark.by})" if mark.by else ""
            yield row.supplier, str(mark.mark), f"{mark.reason.strip()}{by}"


def _given(told: EvaluationTold, question: int) -> Iterator[tuple[str, ...]]:
    for row in told.rows:
        bid = told.told(row.key)
        for mark in told.marks if bid is not None else ():
            if bid is not None and (mark.bid, mark.question) == (bid.number, question):
                evaluator = told.evaluators.get(mark.evaluator)
                name = evaluator.name if evaluator else _NONE
                yield row.supplier, name, str(mark.mark), mark.reason.strip()


def decisions(told: EvaluationTold) -> Iterator[PaperBlock]:
    """What was found in the bids, and what was decided of it."""
    rows = tuple(
        (row.supplier, bid.problems.get(each.problem, each.problem), _decided(each), each.by or _NONE)
        for row in told.rows
        if (bid := told.told(row.key)) is not None
        for each in bid.decisions
    )
    if rows:
        columns = (
            PaperColumn("Bidder", 22),
            PaperColumn("What was found", 32),
            PaperColumn("What was decided", 32),
            PaperColumn("By", 14),
        )
        yield from headed(PaperTable("Decisions on what was found", columns, rows))


def _decided(decision: BidDecision) -> str:
    """The decision with its reason, what the bidder was asked, and what it answered."""
    said = [decision.words]
    if decision.asked:
        said.append(f"Question: {decision.asked}")
    if decision.answer.strip():
        said.append(f"Answer: {decision.answer.strip()}")
    return sentences(said)


def files(told: EvaluationTold) -> Iterator[PaperBlock]:
    """Every file that came for the lot, and what became of it."""
    if not told.receipts:
        return
    columns = (
        PaperColumn("Receipt", 11),
        PaperColumn("From", 24),
        PaperColumn("When", 27),
        PaperColumn("What becomes of it", 38),
    )
    rows = tuple(
        (str(each.file.number), each.file.supplier or _NONE, _when(told, each), each.words) for each in told.receipts
    )
    yield from headed(PaperTable("Files that came in", columns, rows))
    if told.tender.deadline_words:
        yield PaperText(f"Deadline: {told.tender.deadline_words}. Moments are by that clock.", TextKind.NOTE)


def _when(told: EvaluationTold, receipt: JudgedReceipt) -> str:
    file, clock = receipt.file, told.clock
    ours = clock(file.received_at)
    return f"{ours} (ours)" if file.portal_at is None else f"{clock(file.portal_at)} (the portal’s); {ours} (ours)"


def who_did_what(told: EvaluationTold) -> Iterator[PaperBlock]:
    """The acts in their order, with reasons."""
    if not told.own_acts:
        return
    columns = (PaperColumn("Recorded", 24), PaperColumn("What was done", 46), PaperColumn("Reason", 30))
    clock = told.clock
    rows = tuple((clock(act.recorded_at), act.words, act.reason.strip() or _NONE) for act in told.own_acts)
    yield from headed(PaperTable("Who did what, and when", columns, rows))


def identity(told: EvaluationTold) -> Iterator[PaperBlock]:
    """The versions and checksums of all that the figures rest on."""
    columns = (PaperColumn("What", 34), PaperColumn("By what it is known", 66))
    yield from headed(PaperTable("Versions and checksums", columns, tuple(_identities(told))))


def _identities(told: EvaluationTold) -> Iterator[tuple[str, str]]:
    edition = told.evaluated.given.edition
    yield "Tender", f"{told.tender.reference}, {told.lot.name}"
    for version in told.versions:
        yield version.words, f"SHA-256 {version.sha256}"
    yield f"Menu edition {edition.name}", f"SHA-256 {edition.sha256 or 'none'}"
    for each in told.receipts:
        if each.standing is not Standing.REFUSED:
            yield (
                f"Receipt {each.file.number}: {each.file.name}",
                f"SHA-256 {each.file.sha256}, {each.file.size:,} bytes",
            )
    frozen = told.frozen
    if frozen is not None:
        yield "Frozen evaluation", f"SHA-256 {frozen.sha256}" if frozen.sha256 else "No checksum is recorded"
    if told.made_with:
        yield "Worked out with", told.made_with
