"""A return that comes back: what is read of it, and everything that a supplier can do to it in plain words."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from tests.exchange.books import book_of as plain_book_of
from tests.exchange.examples import CONTRACT, EDITION
from tests.exchange.returns import DATABASE, LINES, PROPERTIES, Q2, SENT_ON, book_of, claim, form_of, read, typed
from tomsapp.domain.delivery.people import DeliveryPerson, PersonKind
from tomsapp.domain.problems import Severity
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.exchange.return_layout import NOT_READ, Head
from tomsapp.exchange.return_plain import plain_return, return_in
from tomsapp.exchange.return_read import read_return
from tomsapp.exchange.sheets.opening import open_workbook
from tomsapp.exchange.tables_xlsx import BookProperties
from tomsapp.exchange.workbook_layout import Template
from tomsapp.exchange.workbook_write import write_workbook
from tomsapp.room.frames import WrongForm

FORM = form_of()


def day(*parts):
    """A day as a cell holds it: a workbook knows no time zones."""
    return datetime(*parts, tzinfo=UTC).replace(tzinfo=None)


def told(found, least=Severity.NOTE):
    """What is said, with its place: "Return F8: …"."""
    order = [Severity.NOTE, Severity.WARNING, Severity.ERROR]
    return [
        f"{problem.where.sheet} {problem.where.column}{problem.where.row or ''}: {problem.message}"
        for problem in found.problems
        if order.index(problem.severity) >= order.index(least)
    ]


def filled(values, form=FORM, **more):
    return read(book_of(form, typed(form, values), **more))


def cell(role, place, form=FORM):
    return form.cell(role, form.rows[place])


def changed(change, form=FORM):
    return book_of(form, change)


def test_what_is_filled_in_is_read():
    values = {
        (0, Head.CLAIMED): 1.5, (0, Head.EVIDENCED): 1, (0, Head.NEW): 2, (0, Head.RETAINED): 0,
        (2, Head.CLAIMED): 4.5, (2, Head.NOTE): "Two schools\nin May", (2, Head.EVIDENCE): "Letters, folder 3\n\nLog",
        (4, Head.CLAIMED): "yes",
    }  # fmt: skip
    found = filled(values)
    rows = {row.called: row for row in found.rows}
    assert len(rows) == len(LINES)
    assert (rows["J01"].claimed, rows["J01"].evidenced, rows["J01"].new) == (Decimal("1.5"), 1, 2)
    assert (rows["J01"].retained, rows["J01"].transferred, rows["J01"].is_blank) == (0, None, False)
    assert (rows["S08 (1)"].note, rows["S08 (1)"].references) == ("Two schools\nin May", ("Letters, folder 3", "Log"))
    assert rows["S30"].claimed == 1
    assert rows["V01"].is_blank
    assert found.sent_on == SENT_ON
    stamp = found.stamp
    assert (stamp.database, stamp.contract, stamp.contract_id, stamp.quarter) == (DATABASE, CONTRACT.reference, 9, Q2)
    assert told(found) == []


def test_sheets_for_people_are_not_read():
    data = book_of(FORM, typed(FORM, {(0, Head.CLAIMED): 1}))
    opened = open_workbook(data, "return.xlsx", NOT_READ)
    assert read_return(opened, "return.xlsx") == read(data)
    assert {grid.name for grid in opened.sheets if not grid.rows} == NOT_READ


def test_a_return_that_was_filled_in_before_names_its_claim():
    form = form_of(claim("3", Q2, "4", note="Two schools"), references={"3": ("Folder 3",)})
    row = next(each for each in read(book_of(form)).rows if each.called == "S08 (1)")
    assert (row.seen, row.claimed, row.note, row.references) == ("70.3", 4, "Two schools", ("Folder 3",))


ODD_NUMBERS = [
    ("4,5", None, "can be read in two ways", Severity.ERROR),
    ("4.5", "4.5", "", Severity.NOTE),
    (" 4.5 ", "4.5", "", Severity.NOTE),
    ("four", None, "“four”", Severity.ERROR),
    ("4 weeks", None, "“4 weeks”", Severity.ERROR),
    (-1, None, "-1 is below zero", Severity.ERROR),
    (10**12, None, "", Severity.ERROR),
    (10**10, None, "10,000,000,000 is more than 1,000,000,000", Severity.ERROR),
    (True, None, "True or false stands where a number should be", Severity.ERROR),
    (day(2026, 7, 1), None, "A date or time stands where a number should be", Severity.ERROR),
    ("1.500,5", "", "", Severity.ERROR),
    ("4.5\u200b", "4.5", "has signs that cannot be seen", Severity.NOTE),
    ("   ", None, "", Severity.NOTE),
]


@pytest.mark.parametrize(("value", "number", "words", "severity"), ODD_NUMBERS)
def test_numbers_that_are_none_are_told_at_their_cell(value, number, words, severity):
    found = filled({(2, Head.CLAIMED): value})
    row = next(each for each in found.rows if each.called == "S08 (1)")
    said = told(found, severity)
    assert row.claimed == (Decimal(number) if number else None) or number == ""
    if severity is Severity.ERROR:
        (problem,) = [each for each in found.problems if each.severity is Severity.ERROR]
        place = cell(Head.CLAIMED, 2)
        assert f"{problem.where.column}{problem.where.row}" == place
        assert (problem.where.sheet, problem.where.measure) == ("Return", "S08 (1)")
        assert problem.fix
    assert words in " ".join(said)


def test_per_cent_in_a_cell_and_a_share_that_is_unclear():
    form = form_of(lines=(replace(LINES[0], measure="S31", quantities=(Decimal(80), Decimal(80))),))
    assert filled({(0, Head.CLAIMED): 80}, form).rows[0].claimed == 80
    assert "has no % sign" in " ".join(told(filled({(0, Head.CLAIMED): 0.8}, form), Severity.ERROR))


def test_a_formula_is_read_by_what_it_came_to_and_said():
    def change(book):
        book["Return"][cell(Head.CLAIMED, 2)].value = "=2+2"

    found = read(book_of(FORM, change))
    assert "a formula that was never worked out" in " ".join(told(found, Severity.ERROR))
    data = book_of(FORM, change)
    worked = plain_with_result(data, cell(Head.CLAIMED, 2), "4")
    again = read(worked)
    assert next(row for row in again.rows if row.called == "S08 (1)").claimed == 4
    assert f"Return {cell(Head.CLAIMED, 2)}: A formula stands in the cell; it came to 4, which is read" in told(again)


def plain_with_result(data, spot, result):
    """The workbook as a spreadsheet program saves it, with what its formula came to."""
    from tests.exchange.books import edited

    book = openpyxl.load_workbook(io.BytesIO(data))
    part = f"xl/worksheets/sheet{book.sheetnames.index('Return') + 1}.xml"
    mark = f'r="{spot}"'.encode()

    def change(content):
        first = content.index(mark)
        end = content.index(b"</c>", first)
        return (
            content[:first]
            + content[first:end]
            .replace(b"<v></v>", b"")
            .replace(b"<v />", b"")
            .replace(b"</f>", f"</f><v>{result}</v>".encode())
            + content[end:]
        )

    return edited(data, part, change)


def test_errors_and_texts_that_cannot_be_read():
    def change(book):
        sheet = book["Return"]
        sheet[cell(Head.NOTE, 2)].value = "#REF!"
        sheet[cell(Head.NOTE, 2)].data_type = "e"
        sheet[cell(Head.EVIDENCE, 3)].value = "Folder " * 40

    said = told(read(changed(change)))
    assert f"Return {cell(Head.NOTE, 2)}: The cell shows #REF!" in said
    assert f"Return {cell(Head.EVIDENCE, 3)}: It has more than 200 characters" in said


def test_rows_that_were_cut_added_copied_or_hidden():
    def change(book):
        sheet = book["Return"]
        under = FORM.rows.stop + 3
        sheet[FORM.cell(Head.CLAIMED, under)].value = 5
        for role in (Head.LINE, Head.CALLED, Head.CLAIMED):
            source = sheet[cell(role, 2)].value
            sheet[FORM.cell(role, under + 1)].value = source
        sheet.row_dimensions[FORM.rows[4] + 1].hidden = True
        sheet[cell(Head.CALLED, 5)].value = "X99"
        for number in range(1, len(FORM.columns) + 1):
            sheet.cell(FORM.rows[3] + 1, number).value = None

    found = read(changed(change))
    assert told(found) == [
        "Return 12: The row is hidden",
        f"Return A{FORM.rows[5] + 1}: The row is called “X99”, and it is the line V01",
        f"Return {FORM.rows.stop + 4}: The row is none of the lines of the workbook, and something is filled in",
        f"Return {FORM.rows.stop + 5}: The row is the same line, S08 (1), as row {FORM.rows[2] + 1}",
        "Return : The row of S08 (2) was cut out of the sheet, so nothing is read of it",
    ]
    assert len(found.rows) == len(LINES) - 1


def test_a_row_of_another_workbook_is_not_taken():
    def change(book):
        book["Return"][cell(Head.LINE, 2)].value = "9/999.1"
        book["Return"][cell(Head.LINE, 3)].value = "8/4.1"

    said = told(read(changed(change)), Severity.ERROR)
    assert said == [f"Return {FORM.rows[place] + 1}: The row names a line that the workbook was not made with"
                    for place in (2, 3)]  # fmt: skip


def test_rows_may_be_moved_with_what_names_them():
    def change(book):
        book["Return"].insert_rows(FORM.rows.start + 1, 2)
        book["Return"].insert_rows(1)

    assert told(read(changed(change))) == []
    assert len(read(changed(change)).rows) == len(LINES)


def renamed(name, other):
    def change(book):
        book[name].title = other

    return change


REFUSED = [
    (renamed("Return", "My return"), "has no sheet “Return”, only “Read me”, “My return”"),
    (renamed("Confirm", "OK"), "has no sheet “Confirm”"),
    (renamed("tomsapp", "x"), "is no return that this program made"),
    (lambda book: book["Return"].delete_cols(FORM.index(Head.NOTE) + 1), "has no column “Fill in: note"),
    (lambda book: book["Return"].delete_rows(1, 7), "has no row of heads"),
    (lambda book: setattr(book["tomsapp"]["B2"], "value", "tomsapp-return-9"), "made by a later version"),
    (lambda book: setattr(book["tomsapp"]["B6"], "value", "0"), "hidden sheet of return.xlsx was changed"),
    (lambda book: setattr(book["tomsapp"]["B7"], "value", "5"), "hidden sheet of return.xlsx was changed"),
    (lambda book: setattr(book["tomsapp"]["B5"], "value", None), "hidden sheet of return.xlsx was changed"),
    (lambda book: setattr(book["tomsapp"]["F2"], "value", "dozens"), "hidden sheet of return.xlsx was changed"),
]


@pytest.mark.parametrize(("change", "words"), REFUSED)
def test_a_workbook_that_is_no_return_any_more_is_refused(change, words):
    with pytest.raises(OfferUnreadable, match=words.replace("(", r"\(")):
        read(book_of(FORM, change))


def test_other_files_are_no_returns():
    offer = write_workbook(Template(EDITION, ("S08",), CONTRACT), BookProperties("x", PROPERTIES.created))
    with pytest.raises(OfferUnreadable, match="is a workbook of commitments and no return"):
        read(offer)
    with pytest.raises(OfferUnreadable, match="is no return that this program made"):
        read(plain_book_of(["S08", 1, 2]))


def test_confirmations_are_needed_and_the_day_is_not():
    found = read(book_of(FORM, is_confirmed=False))
    assert told(found) == [
        (
            "Confirm B6: It is not confirmed: “What is claimed was done for this contract only, and is claimed "
            "under no other”"
        ),
        "Confirm B7: It is not confirmed: “Each count answers a commitment of this contract”",
        "Confirm B5: The day on which it was sent is not said, so the day of reading counts",
    ]
    assert found.sent_on is None

    def change(book):
        sheet = book["Confirm"]
        sheet["A6"].value, sheet["A5"].value = "Whatever", "Sent"

    assert told(read(changed(change))) == [
        (
            "Confirm : The confirmation “What is claimed was done for this contract only, and is claimed under no "
            "other” is not there any more"
        ),
        "Confirm B: The day on which it was sent is not said, so the day of reading counts",
    ]


@pytest.mark.parametrize(
    ("value", "day"), [("5 October 2026", SENT_ON), ("2026-10-05", SENT_ON), ("soon", None), ("31/2/2026", None)]
)
def test_the_day_may_be_text(value, day):
    def change(book):
        book["Confirm"]["B5"].value = value

    found = read(changed(change))
    assert found.sent_on == day
    assert [each.code for each in found.problems] == ([] if day else ["day-unreadable"])


def people_in(*rows):
    def change(book):
        for number, row in enumerate(rows, start=8):
            for column, value in enumerate(row, start=1):
                book["People"].cell(number, column).value = value

    return read(changed(change))


def test_person_numbers_are_read_with_their_line():
    found = people_in(
        ("J01", "P-001", "New", day(2026, 7, 1), None),
        ("j11", "p2", "", "1 July 2026", "1 September 2026"),
        ("J01", "P-003", "transferred", None, None),
    )
    assert told(found) == []
    assert found.has_people
    assert [(each.number, each.line_id, each.person) for each in found.people] == [
        (8, 1, DeliveryPerson("P-001", date(2026, 7, 1))),
        (9, 2, DeliveryPerson("p2", date(2026, 7, 1), date(2026, 9, 1))),
        (10, 1, DeliveryPerson("P-003", kind=PersonKind.TRANSFERRED)),
    ]


def test_a_name_is_refused_and_never_repeated():
    found = people_in(("J01", "Jane Smith", "New", None, None), ("J01", "", "New", None, None))
    assert told(found) == ["People B8: This is not a person number", "People B9: The person number is missing"]
    assert "Jane" not in str(found.problems)
    assert found.people == ()


def test_people_that_cannot_be_read():
    found = people_in(
        ("V99", "P-001", "New", None, None),
        ("", "P-002", "New", None, None),
        ("J01", "P-003", "old", None, None),
        ("J01", "P-004", "New", day(2026, 7, 2), day(2026, 7, 1)),
        ("J01", "P-005", "New", "soon", None),
    )
    assert [line.partition(": ")[0] for line in told(found)] == [
        "People A8", "People A9", "People C10", "People E11", "People D12",
    ]  # fmt: skip
    assert "“V99” is no line of this return" in told(found)[0]


@pytest.mark.parametrize("place", range(5))
def test_a_formula_among_people_that_was_never_worked_out_is_told_once_with_its_place(place):
    row = ["J01", "P-001", "New", day(2026, 7, 1), day(2026, 8, 1)]
    row[place] = "=1/0"
    (fault,) = people_in(row).problems
    assert (fault.code, f"{fault.where.column}{fault.where.row}") == ("formula-without-result", f"{'ABCDE'[place]}8")
    alone = people_in([None] * place + ["=1/0"])
    assert "formula-without-result" in {each.code for each in alone.problems}


@pytest.mark.parametrize("place", ["B5", "B6", "B7"])
def test_a_formula_that_confirms_and_was_never_worked_out_is_told(place):
    def change(book):
        book["Confirm"][place].value = "=1/0"

    assert told(read(changed(change)))[0].startswith(f"Confirm {place}: The cell holds a formula")


def test_the_sheet_of_people_may_be_gone_or_cut():
    gone = read(changed(lambda book: book.remove(book["People"])))
    assert told(gone) == ["People : The sheet People is not there any more"]
    assert not gone.has_people
    cut = read(changed(lambda book: book["People"].delete_rows(7)))
    assert told(cut) == ["People : The sheet People lacks its row of heads"]
    form = form_of(lines=LINES[2:3])
    assert told(read(book_of(form))) == []


def test_macros_are_said_and_never_run():
    from tests.exchange.books import edited

    found = read(edited(book_of(FORM), "xl/vbaProject.bin", lambda _content: b"x"))
    assert [each.code for each in found.problems] == ["macros-not-run"]


# Through the room


def test_a_return_goes_through_the_room_as_plain_data():
    found = people_in(("J01", "P-001", "New", day(2026, 7, 1), None), ("J01", "Jane Smith", "New", None, None))
    plain = json.loads(json.dumps(plain_return(found)))
    assert return_in(plain) == found


@pytest.mark.parametrize(
    "change",
    [
        lambda plain: plain.pop("rows"),
        lambda plain: plain.update(rows=[[1]]),
        lambda plain: plain.update(rows=5),
        lambda plain: plain["stamp"].__setitem__(0, 5),
        lambda plain: plain["stamp"].__setitem__(2, -1),
        lambda plain: plain["stamp"].__setitem__(7, "soon"),
        lambda plain: plain["rows"][0].__setitem__(6, "many"),
        lambda plain: plain.update(people=[[8, 1, "P-001", "", "", "old"]]),
        lambda plain: plain.update(file="x" * 50_000),
    ],
)
def test_what_is_no_return_is_not_taken_from_the_room(change):
    plain = json.loads(json.dumps(plain_return(filled({(0, Head.CLAIMED): 1}))))
    change(plain)
    with pytest.raises(WrongForm):
        return_in(plain)


def test_there_must_be_something():
    with pytest.raises(WrongForm):
        return_in([])


# Random returns, written, read, equal

AMOUNTS = some.none() | some.decimals(0, 10**6, places=2)
TEXTS = some.text(some.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=40).map(
    lambda text: " ".join(text.split())
)
PEOPLE = some.lists(some.integers(1, 999), max_size=4, unique=True)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(some.lists(some.tuples(AMOUNTS, AMOUNTS, TEXTS, some.lists(TEXTS, max_size=3)), min_size=6, max_size=6), PEOPLE)
def test_random_returns_are_read_as_they_were_written(given_rows, people):
    claims, references = [], {}
    for line, (claimed, evidenced, note, kept) in zip(LINES, given_rows, strict=True):
        if claimed is not None:
            shown = min(claimed, evidenced or Decimal(0))
            claims.append(claim(line.key, Q2, claimed, shown, note=note))
            references[line.key] = tuple(dict.fromkeys(filter(None, kept)))
    numbers = tuple(DeliveryPerson(f"P-{number:03}", SENT_ON, None, PersonKind.RETAINED) for number in people)
    form = form_of(*claims, references=references, people={"1": numbers})
    found = read(book_of(form))
    by_line = {row.identity.line_id: row for row in found.rows}
    for each in claims:
        row = by_line[int(each.commitment)]
        assert (row.claimed, row.evidenced, row.note) == (each.claimed, each.evidenced, each.note.strip())
        assert row.references == references[each.commitment]
    expected = numbers if any(each.commitment == "1" for each in claims) else ()
    assert tuple(each.person for each in found.people) in {expected, numbers}
    assert [row.is_blank for row in found.rows].count(True) == len(LINES) - len(claims)
