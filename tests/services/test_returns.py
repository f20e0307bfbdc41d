"""Returns are made, come back, are held against the database, and taken over in one change."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest

from tests.services import varied
from tests.services.council import ActKind, begin, open_as, opened, promise, seal, sign, what_happened
from tests.services.deliveries import (
    DECIDED_ON,
    Q1,
    Q2,
    accept,
    begin_signed,
    claim,
    delivered,
    enter,
    said,
)
from tests.services.returns import MADE_AT, SENT_ON, TODAY, cell_of, looked, sent
from tomsapp.domain.delivery.acts import DeliveryActKind
from tomsapp.domain.delivery.at_risk import Sign
from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.delivery.plan import PlanEntry
from tomsapp.domain.delivery.quarters import Quarter
from tomsapp.domain.problems import Severity
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.room.errors import EndedUnexpectedly
from tomsapp.room.frames import WrongForm
from tomsapp.services import delivery_claims, delivery_plan_acts, delivery_plans, edits, strange_returns
from tomsapp.services.delivery import find_quarter, open_delivery
from tomsapp.services.failures import EditConflict, StoreError
from tomsapp.services.progress import Cancelled
from tomsapp.services.return_books import make_return, return_form, write_due_returns, write_return_file
from tomsapp.services.returns import LineChange, ReturnState, chosen_of_rivals, counts_of
from tomsapp.services.returns_read import find_returns
from tomsapp.services.returns_taken import take_over
from tomsapp.services.strange_batches import GivenFile

JOBS = (promise("J01", "2", "2"), promise("V01", "100", "100"), promise("V04", "40", "40"))


@pytest.fixture
def made(ann):
    return begin_signed(ann)


def only(read):
    (one,) = read
    return one


def words(one, least=Severity.NOTE):
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return [each.message for each in one.all_problems if order.index(each.severity) >= order.index(least)]


def line(one, called):
    return next(each for each in one.lines if each.called == called)


def test_a_return_comes_back_as_was_returned_and_now(ann, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 25, "evidenced": 20, "evidence": "Bank letter, folder 3"},
                V04={"claimed": 0, "note": "The schools asked us to wait"})  # fmt: skip
    one = only(looked(ann, path))
    assert (one.name, one.reference, one.quarter_words) == ("return.xlsx", "C1", "Q1 (Apr to Jun 2026)")
    assert words(one) == []
    cash, hours = one.lines
    assert (cash.change, cash.was, cash.planned, cash.references) == (
        LineChange.NEW, None, Decimal(25), ("Bank letter, folder 3",),
    )  # fmt: skip
    assert (cash.now.claimed, cash.now.evidenced, cash.now.returned_on) == (25, 20, SENT_ON)
    assert (hours.now.claimed, hours.now.note) == (0, "The schools asked us to wait")
    assert one.state is ReturnState.READY
    assert delivered(ann, made).deliveries == (), "nothing is saved by looking"


def test_taking_over_is_one_change_that_undo_takes_back(ann, bob, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 25, "evidenced": 20, "evidence": "Bank letter\nReceipt"},
                V04={"claimed": 9.5})  # fmt: skip
    done = take_over(ann, looked(ann, path))
    assert done.result == 2
    assert done.edit.label == "Take over the return of Q1 (Apr to Jun 2026) for C1"
    page = delivered(bob, made)
    assert [each.record.claimed for each in page.deliveries] == [25, Decimal("9.5")]
    assert [view.evidence.record.reference for view in page.evidence_of(page.deliveries[0].id)] == [
        "Bank letter", "Receipt",
    ]  # fmt: skip
    (told,) = {what for _, what, kind, _ in what_happened(ann, made.id) if kind == "delivery"}
    assert told.startswith("Take over the return of Q1 (Apr to Jun 2026) for C1 [return.xlsx: ")
    assert "SHA-256" in told
    edits.undo(ann, done.edit)
    assert (delivered(ann, made).deliveries, delivered(ann, made).evidence) == ((), ())
    edits.redo(ann, done.edit)
    assert len(delivered(ann, made).deliveries) == 2


def test_a_second_return_replaces_and_never_doubles(ann, made, tmp_path):
    first = sent(ann, made, tmp_path, "first.xlsx", V01={"claimed": 25}, V04={"claimed": 9.5})
    take_over(ann, looked(ann, first))
    again = only(looked(ann, first))
    assert again.state is ReturnState.NOTHING_NEW
    assert {each.change for each in again.lines} == {LineChange.SAME}
    assert take_over(ann, [again]).result == 0
    second = sent(ann, made, tmp_path, "second.xlsx", V01={"claimed": 30})
    one = only(looked(ann, second))
    assert [each.change for each in one.lines] == [LineChange.CHANGED, LineChange.SAME]
    assert (line(one, "V01").was.record.claimed, line(one, "V01").now.claimed) == (25, 30)
    assert words(one) == []
    take_over(ann, [one])
    assert [each.record.claimed for each in delivered(ann, made).deliveries] == [30, Decimal("9.5")]


def test_a_cell_that_is_cleared_leaves_what_was(ann, made, tmp_path):
    enter(ann, made, claim(made.lines[0]))
    path = sent(ann, made, tmp_path, V01={"claimed": None, "evidenced": None, "note": None}, V04={"claimed": 1})
    one = only(looked(ann, path))
    assert line(one, "V01").change is LineChange.BLANK
    assert words(one) == ["Nothing is filled in, so that what was returned before stays"]
    take_over(ann, [one])
    assert len(delivered(ann, made).deliveries) == 2


def test_a_planned_line_without_a_count_is_asked_about(ann, made, tmp_path):
    one = only(looked(ann, sent(ann, made, tmp_path, V01={"claimed": 25})))
    assert one.state is ReturnState.ASKED
    assert words(one) == ["10 are planned, and nothing is filled in"]
    assert [each.called for each in one.saved_lines] == ["V01"]


WRONG = [
    ({"claimed": 0}, "claimed", "Nothing is claimed, and no sentence says why", "note"),
    ({"claimed": 5, "evidenced": 6}, "evidenced", "More is evidenced than was claimed", "evidenced"),
    ({"claimed": 5.005}, "claimed", "5.005 has too many decimals", "claimed"),
    ({"note": "Nothing was done"}, "claimed", "Something is filled in, and no count", "claimed"),
    ({"claimed": "4,5"}, "claimed", "“4,5” can be read in two ways", "claimed"),
    ({"claimed": 10**12}, "claimed", "The number has more than 12 digits", "claimed"),
    ({"claimed": 10**10}, "claimed", "10,000,000,000 is more than 1,000,000,000", "claimed"),
    ({"claimed": "=1+1"}, "claimed", "a formula that was never worked out", "claimed"),
]


@pytest.mark.parametrize(("values", "field", "message", "place"), WRONG)
def test_what_is_wrong_is_told_at_its_cell_and_nothing_is_taken(ann, made, tmp_path, values, field, message, place):
    path = sent(ann, made, tmp_path, V01=values, V04={"claimed": 1})
    one = only(looked(ann, path))
    assert one.state is ReturnState.WRONG
    problem = next(each for each in one.all_problems if each.severity is Severity.ERROR)
    assert message in problem.message
    assert (problem.where.file, problem.where.sheet) == ("return.xlsx", "Return")
    assert f"{problem.where.column}{problem.where.row}" == cell_of(path, "V01", place)
    assert line(one, "V01").change is LineChange.WRONG
    with pytest.raises(StoreError, match=r"return\.xlsx has errors"):
        take_over(ann, [one])
    assert delivered(ann, made).deliveries == ()
    assert field


def test_a_decided_claim_is_not_changed_and_said(ann, made, tmp_path):
    cy = open_as(ann.database.target, "Cy")
    first, second = enter(cy, made, claim(made.lines[0]), claim(made.lines[1], claimed="10"))
    cy.close()
    accept(ann, made, first)
    path = sent(ann, made, tmp_path, V01={"claimed": 90}, V04={"claimed": 8, "evidenced": 8})
    one = only(looked(ann, path))
    assert [each.change for each in one.lines] == [LineChange.DECIDED, LineChange.CHANGED]
    assert words(one) == ["It is decided, so that the return does not change it"]
    assert line(one, "V01").now == delivered(ann, made).find(made.lines[0].record.key, Q1).record
    take_over(ann, [one])
    assert [each.record.claimed for each in delivered(ann, made).deliveries] == [25, 8]
    assert second.record.claimed == 10


def test_what_was_entered_here_meanwhile_is_asked_about(ann, bob, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 90, "evidenced": 25}, V04={"claimed": 1})
    enter(bob, made, claim(made.lines[0]))
    one = only(looked(ann, path))
    assert words(one) == ["Bob entered or changed it after the workbook was made"]
    path = sent(ann, made, tmp_path, V01={"claimed": 91}, V04={"claimed": 1})
    (held,) = delivered(ann, made).deliveries
    delivery_claims.remove_claims(ann, delivered(ann, made), [held])
    assert words(only(looked(ann, path))) == ["What was returned before was taken out since"]


def test_what_changed_between_looking_and_taking_is_a_conflict(ann, bob, made, tmp_path):
    one = only(looked(ann, sent(ann, made, tmp_path, V01={"claimed": 90}, V04={"claimed": 1})))
    enter(bob, made, claim(made.lines[1], claimed="3"))
    with pytest.raises(EditConflict):
        take_over(ann, [one])
    assert len(delivered(ann, made).deliveries) == 1


# People


def test_person_numbers_come_with_their_claim(ann, tmp_path):
    made = begin_signed(ann, *JOBS)
    path = sent(
        ann, made, tmp_path, quarter=Quarter(0, 4), J01={"claimed": 2, "evidenced": 2, "new": 1, "transferred": 1},
        people=[("J01", "P-001", "New", "1 February 2027", None), ("J01", "P-002", "Transferred (TUPE)", None, None)],
    )  # fmt: skip
    later = date(2027, 4, 10)
    one = only(looked(ann, path, today=later))
    assert [person for _, person in line(one, "J01").people] == [
        DeliveryPerson("P-001", date(2027, 2, 1)), DeliveryPerson("P-002", kind=PersonKind.TRANSFERRED),
    ]  # fmt: skip
    take_over(ann, [one])
    page = delivered(ann, made, later)
    (held,) = [each for each in page.deliveries if each.record.claimed == 2]
    assert [each.record.number for each in page.people[held.id]] == ["P-001", "P-002"]
    assert held.record.transferred == 1
    again = sent(ann, made, tmp_path, "again.xlsx", quarter=Quarter(0, 4),
                 people=[("J01", "P-001", "New", "2 February 2027", None), ("", "", "", None, None)])  # fmt: skip
    one = only(looked(ann, again, today=later))
    assert [(before.record.began_on, person.began_on) for before, person in line(one, "J01").people] == [
        (date(2027, 2, 1), date(2027, 2, 2))
    ]
    assert "P-002 was returned before, and stays" in words(one)
    take_over(ann, [one])
    assert len(delivered(ann, made, later).people[held.id]) == 2


def test_one_person_in_two_lines_is_asked_about_before_anything_is_saved(ann, tmp_path):
    made = begin_signed(ann, promise("J01", "2", "2"), promise("J02", "2", "2"))
    people = [("J01", "P-001", "New", None, None), ("J02", "p1", "New", None, None)]
    path = sent(ann, made, tmp_path, quarter=Quarter(0, 4), people=people,
                J01={"claimed": 1, "new": 1}, J02={"claimed": 1, "new": 1})  # fmt: skip
    one = only(looked(ann, path, today=date(2027, 4, 10)))
    told = [each for each in one.all_problems if each.where.sheet == "People"]
    assert {each.where.row for each in told} <= {8, 9}
    assert told
    assert {each.severity for each in told} == {Severity.WARNING}
    assert one.state is ReturnState.ASKED


def test_people_without_a_count_and_twice_are_told(ann, tmp_path):
    made = begin_signed(ann, *JOBS)
    twice = [("J01", "P-001", "New", None, None), ("J01", "p1", "New", None, None)]
    path = sent(ann, made, tmp_path, people=twice, V01={"claimed": 1}, V04={"claimed": 1})
    assert "2 person numbers and no count" in words(only(looked(ann, path)), Severity.ERROR)
    path = sent(ann, made, tmp_path, people=twice, J01={"claimed": 1, "new": 1}, V01={"claimed": 1}, V04={"claimed": 1})
    assert "p1 stands twice" in words(only(looked(ann, path)), Severity.ERROR)


def test_a_name_is_refused_and_not_repeated(ann, tmp_path):
    made = begin_signed(ann, *JOBS)
    path = sent(ann, made, tmp_path, people=[("J01", "Jane Smith", "New", None, None)], J01={"claimed": 1, "new": 1})
    one = only(looked(ann, path))
    assert one.state is ReturnState.WRONG
    assert "Jane" not in " ".join(words(one))


# The file as a whole


def test_a_return_of_another_contract_is_told(ann, made, tmp_path):
    other = begin_signed(ann, reference="C2")
    path = sent(ann, other, tmp_path, V01={"claimed": 1}, V04={"claimed": 1})
    read = only(looked(ann, path, expected=made.id))
    assert words(read) == ["It is taken over into C2, which is not the contract that is shown"]
    assert not read.is_to_look_at, "what is only noted needs no look"
    assert words(only(looked(ann, path, expected=other.id))) == []


def test_a_return_of_another_database_is_refused(ann, made, tmp_path):
    def change(book):
        book["tomsapp"]["B3"].value = "0" * 64

    one = only(looked(ann, sent(ann, made, tmp_path, change=change, V01={"claimed": 1})))
    assert one.state is ReturnState.WRONG
    assert words(one) == ["It was made for C1 in another database, whose contracts are not those of this one"]
    assert (one.reference, one.quarter_words) == ("C1", "Q1 of year 1")
    with pytest.raises(StoreError, match="cannot be taken over"):
        take_over(ann, [one])


def test_the_plan_of_an_older_version_is_told(ann, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 1}, V04={"claimed": 1})
    entries = [
        PlanEntry(made.lines[0].record.key, Quarter(0, number), Decimal(20 if number < 4 else 40))
        for number in (1, 2, 3, 4)
    ]
    delivery_plans.save_plan(ann, delivered(ann, made), [(None, entry) for entry in entries])
    for kind in (DeliveryActKind.PROPOSE_PLAN, DeliveryActKind.ACCEPT_PLAN):
        delivery_plan_acts.seal_plan(ann, delivered(ann, made), said(kind), DECIDED_ON)
    one = only(looked(ann, path))
    assert words(one) == ["The return was made by the default plan, and version 1 of the delivery plan holds now"]
    assert line(one, "V01").planned == 20
    assert one.state is ReturnState.ASKED


def test_a_return_of_before_a_variation_is_told(ann, tmp_path):
    made = varied.signed(ann)
    path = sent(ann, made, tmp_path)
    (first, _) = opened(ann, made.id).commitments
    page = varied.drafted(ann, made.id)
    draft = replace(page.stored.record, reason=varied.REASON, effective_on=date(2027, 10, 1))
    draft = draft.with_line(varied.with_quantity(first.record, 1, "14000", 2)).with_line(
        varied.add_line("V02", "0", "8")
    )
    varied.save_draft(ann, page.stored, draft, made.id)
    varied.sign_variation(ann, made.id)
    told = words(only(looked(ann, path)))
    assert "The contract was varied after the return was made on 1 July 2026" in told
    assert "The contract has V02 too, which the return does not have" in told


@pytest.mark.parametrize(
    ("today", "message"),
    [
        (date(2026, 7, 20), ""),
        (date(2026, 6, 20), "Q1 (Apr to Jun 2026) goes on until 30 June 2026, so more may be done in it"),
        (date(2026, 3, 20), "Q1 (Apr to Jun 2026) has not begun"),
        (date(2026, 7, 1), "It says that it was sent on 10 July 2026, which is still to come"),
    ],
)
def test_a_quarter_that_goes_on_or_has_not_begun(ann, made, tmp_path, today, message):
    path = sent(ann, made, tmp_path, V01={"claimed": 1}, V04={"claimed": 1})
    told = words(only(looked(ann, path, today=today)))
    assert message in told if message else told == []


def test_a_day_before_the_quarter_is_asked_about(ann, made, tmp_path):
    path = sent(ann, made, tmp_path, quarter=Quarter(0, 4), V01={"claimed": 1}, V04={"claimed": 1})
    told = words(only(looked(ann, path, today=date(2027, 4, 10))))
    assert told == ["It says that it was sent on 10 July 2026, before Q4 (Jan to Mar 2027) began"]


def test_contracts_that_are_gone_or_withdrawn(ann, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 1}, V04={"claimed": 1})
    seal(ann, opened(ann, made.id), ActKind.WITHDRAW, date(2026, 9, 1))
    assert "C1 is withdrawn, and returns are those of signed contracts" in words(only(looked(ann, path)))

    def change(book):
        for spot in ("B5",):
            book["tomsapp"][spot].value = "999"

    one = only(looked(ann, sent_changed(path, tmp_path, change)))
    assert one.state is ReturnState.WRONG
    assert one.reference == "C1"


def sent_changed(path, folder, change):
    """A copy of a return with something changed in it."""
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(folder / "changed.xlsx")
    return folder / "changed.xlsx"


def test_a_quarter_that_the_contract_has_not(ann, made, tmp_path):
    path = sent(ann, made, tmp_path, V01={"claimed": 1})

    def change(book):
        book["tomsapp"]["B6"].value = "9"

    one = only(looked(ann, sent_changed(path, tmp_path, change)))
    assert "C1 has no Q1 of year 9 any more: it ends on 31 March 2028" in words(one)
    assert one.quarter_words == "Q1 of year 9"
    with pytest.raises(StoreError, match="cannot be taken over"):
        take_over(ann, [one])


def test_a_line_that_was_taken_out_is_told(ann, made, tmp_path):
    def change(book):
        sheet, stamp = book["Return"], book["tomsapp"]
        for row in sheet.iter_rows(min_row=8):
            for cell in row:
                if str(cell.value).startswith(f"{made.id}/{made.lines[1].id}."):
                    cell.value = f"{made.id}/999.1"
        for row in stamp.iter_rows():
            for cell in row:
                if str(cell.value).startswith(f"{made.id}/{made.lines[1].id}."):
                    cell.value = f"{made.id}/999.1"

    path = sent(ann, made, tmp_path, change=change, V01={"claimed": 1}, V04={"claimed": 1})
    told = words(only(looked(ann, path)))
    assert "V04 is no line of the contract any more" in told
    assert "The contract has V04 too, which the return does not have" in told


# Several files


def test_a_folder_is_read_in_one_go_and_what_is_good_is_taken(ann, made, tmp_path):
    folder = tmp_path / "returns"
    others = [begin_signed(ann, reference=f"C{number}") for number in range(2, 5)]
    for number, each in enumerate([made, *others], start=1):
        sent(ann, each, folder, f"{number}.xlsx", V01={"claimed": number}, V04={"claimed": 1})
    sent(ann, others[0], folder, "bad.xlsx", quarter=Q2, V01={"claimed": -1})
    shutil.copy(folder / "1.xlsx", folder / "copy of 1.xlsx")
    (folder / "letter.xlsx").write_bytes(b"Dear Sir")
    (folder / "~$1.xlsx").write_bytes(b"x")
    (folder / "notes.txt").write_text("x", encoding="utf-8")
    inside = folder / "inside"
    sent(ann, made, inside, "5.xlsx", quarter=Q2, V01={"claimed": 1})
    read = looked(ann, folder)
    assert [(each.name, each.state) for each in read] == [
        ("1.xlsx", ReturnState.READY),
        ("2.xlsx", ReturnState.READY),
        ("3.xlsx", ReturnState.READY),
        ("4.xlsx", ReturnState.READY),
        ("bad.xlsx", ReturnState.WRONG),
        ("copy of 1.xlsx", ReturnState.TWICE),
        ("letter.xlsx", ReturnState.UNREADABLE),
    ]
    assert words(read[5]) == ["It is the same file as 1.xlsx"]
    assert read[6].problems[0].where.file == "letter.xlsx"
    assert dict(counts_of(read)) == {
        ReturnState.READY: 4, ReturnState.TWICE: 1, ReturnState.WRONG: 1, ReturnState.UNREADABLE: 1,
    }  # fmt: skip
    good = [each for each in read if each.state.can_be_taken]
    done = take_over(ann, good)
    assert (done.result, done.edit.label) == (8, "Take over 4 returns")
    assert [delivered(ann, each).deliveries[0].record.claimed for each in [made, *others]] == [1, 2, 3, 4]
    edits.undo(ann, done.edit)
    assert not any(delivered(ann, each).deliveries for each in [made, *others])


def test_two_returns_of_one_quarter_are_chosen_between(ann, made, tmp_path):
    for number in (1, 2):
        sent(ann, made, tmp_path / "r", f"{number}.xlsx", V01={"claimed": number}, V04={"claimed": 1})
    read = looked(ann, tmp_path / "r")
    assert {each.state for each in read} == {ReturnState.TWICE}
    assert [each.rival for each in read] == ["2.xlsx", "1.xlsx"]
    assert words(read[0]) == ["2.xlsx is of the same contract and quarter"]
    chosen = chosen_of_rivals(read, read[1])
    assert chosen[1].state is ReturnState.ASKED
    with pytest.raises(StoreError, match="Two of the returns are of Q1"):
        take_over(ann, read)
    take_over(ann, [chosen[1]])
    assert delivered(ann, made).deliveries[0].record.claimed == 2


def test_folders_and_files_that_cannot_be_read(ann, tmp_path, monkeypatch):
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="empty has no workbooks"):
        find_returns([tmp_path / "empty"])
    missing = only(looked(ann, tmp_path / "nothing.xlsx"))
    assert missing.state is ReturnState.UNREADABLE
    assert missing.found.receipt is None
    monkeypatch.setattr("tomsapp.services.returns_read.MOST_FILES", 1)
    with pytest.raises(StoreError, match="2 files are too many at once"):
        find_returns([tmp_path / "a.xlsx", tmp_path / "b.xlsx"])


OLE = b"\xd0\xcf\x11\xe0" + bytes(600)
SENT_INSTEAD = {
    "a.xls": (OLE, "is in the .xls format of before 2007", "save it as Excel workbook (.xlsx)"),
    "b.xlsx": (OLE + "EncryptedPackage".encode("utf-16-le"), "is protected with a password", "without a password"),
    "c.csv": (b"Line,Done\nV01,5\n", "is a table in text (CSV), and a workbook is read here", "Choose the file"),
    "d.eml": (b"MIME-Version: 1.0\nFrom: ann@example.org\n\nHere it is\n", "is an e-mail", "Save what is attached"),
    "e.xlsx": (b"", "is empty", "Ask for the file again"),
    "f.xlsx": (b"<html><table></table></html>", "is a web page (HTML)", "save it as Excel workbook"),
}


def test_what_came_in_the_place_of_a_return_says_what_to_put_right(ann, made, tmp_path):
    for name, (data, _message, _fix) in SENT_INSTEAD.items():
        (tmp_path / name).write_bytes(data)
    whole = sent(ann, made, tmp_path, "g.xlsx", V01={"claimed": 25}).read_bytes()
    (tmp_path / "h.xlsx").write_bytes(whole[: len(whole) // 2])
    for name in ("evidence.pdf", "letter.docx", "~$g.xlsx", ".hidden.xlsx"):
        (tmp_path / name).write_bytes(b"x")
    read = {each.name: each for each in looked(ann, tmp_path)}
    assert list(read) == [*SENT_INSTEAD, "g.xlsx", "h.xlsx"]
    for name, (_data, message, fix) in SENT_INSTEAD.items():
        [problem] = read[name].problems
        assert (name in problem.message, message in problem.message, fix in problem.fix) == (True, True, True)
    assert read["h.xlsx"].problems[0].message == "h.xlsx is damaged or incomplete"
    assert [each.name for each in read.values() if each.state.can_be_taken] == ["g.xlsx"]


class Stopping:
    def __init__(self, after):
        self.after = after

    def report(self, done, total, text=""):
        self.after -= 1
        if self.after < 0:
            raise Cancelled


@pytest.mark.parametrize("after", [0, 1, 2])
def test_reading_and_taking_over_can_be_stopped(ann, made, tmp_path, after):
    path = sent(ann, made, tmp_path, V01={"claimed": 1}, V04={"claimed": 1})
    with pytest.raises(Cancelled):
        find_returns([path, path], Stopping(after))
    read = looked(ann, path)
    with pytest.raises(Cancelled):
        take_over(ann, read, Stopping(0))
    assert delivered(ann, made).deliveries == ()


# Making them


def test_a_return_of_a_quarter_before_the_signing_is_due_after_it(ann):
    late = begin(ann, promise("V01", "1000", "1000"))
    sign(ann, late.id, date(2026, 11, 24))
    today = date(2026, 12, 1)
    at_work = open_delivery(ann, late.id, today)
    assert return_form(ann, at_work, find_quarter(at_work, Q1), today).due_on == date(2026, 12, 24)
    assert Sign.LATE_RETURN not in {risk.sign for risk in at_work.risks(today)}


def test_workbooks_are_made_of_signed_contracts_alone(ann, made, tmp_path):
    draft = begin(ann, promise("V01", "1", "1"), reference="C9")
    with pytest.raises(StoreError, match="C9 is draft, and returns are those of signed contracts"):
        make_return(ann, draft.id, Q1, MADE_AT)
    with pytest.raises(StoreError, match="C1 has no Q1 of year 3"):
        make_return(ann, made.id, Quarter(2, 1), MADE_AT)
    done = make_return(ann, made.id, Q1, MADE_AT)
    assert done.file_name == "C1 return 2026-27 Q1.xlsx"
    assert write_return_file(done, tmp_path / "return") == tmp_path / "return.xlsx"


def test_workbooks_of_all_that_is_due(ann, made, tmp_path):
    begin_signed(ann, reference="C2")
    begin(ann, promise("V01", "1", "1"), reference="C9")
    enter(ann, made, claim(made.lines[0], Q2), claim(made.lines[1], Q2, "10"))
    folder = tmp_path / "due"
    folder.mkdir()
    now = datetime(2026, 10, 5, tzinfo=UTC)
    found = write_due_returns(ann, folder, now)
    assert [path.name for path in found.paths] == ["C2 return 2026-27 Q2.xlsx"]
    assert (found.returned, found.folder) == (1, folder)
    with pytest.raises(StoreError, match="is in the folder already"):
        write_due_returns(ann, folder, now)
    assert write_due_returns(ann, tmp_path, datetime(2026, 5, 1, tzinfo=UTC)).paths == ()
    assert only(looked(ann, *found.paths, today=TODAY)).lines


# In the room


def test_a_file_that_breaks_the_room_keeps_no_other_from_being_read(ann, made, tmp_path, monkeypatch):
    real, asked = strange_returns.ask_watched, []

    def ask(question):
        asked.append(question.values["files"])
        if "bad.xlsx" in question.values["files"]:
            raise EndedUnexpectedly(question.file)
        return real(question)

    monkeypatch.setattr(strange_returns, "ask_watched", ask)
    for name in ("a.xlsx", "bad.xlsx"):
        sent(ann, made, tmp_path, name, V01={"claimed": len(name)}, V04={"claimed": 1})
    read = looked(ann, tmp_path / "a.xlsx", tmp_path / "bad.xlsx")
    assert asked == [["a.xlsx", "bad.xlsx"], ["a.xlsx"], ["bad.xlsx"]]
    assert [each.state for each in read] == [ReturnState.READY, ReturnState.UNREADABLE]


def test_many_files_are_read_in_a_few_rooms(monkeypatch):
    monkeypatch.setattr(strange_returns, "_MOST_TOGETHER", 2)
    files = [GivenFile(f"{number}.xlsx", b"Dear Sir") for number in range(5)]
    read = strange_returns.read_return_files(files)
    assert [each.message.partition(" ")[0] for each in read] == [file.name for file in files]
    assert {type(each) for each in read} == {OfferUnreadable}
    assert strange_returns.read_return_files([]) == []


@pytest.mark.parametrize("plain", [[], {"refused": [1, 2]}, {"refused": "no"}, {"read": {}}])
def test_what_the_room_says_otherwise_is_not_believed(plain):
    with pytest.raises(WrongForm):
        strange_returns.one_of(plain)
