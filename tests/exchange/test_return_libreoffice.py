"""The live figures of a return, worked out by LibreOffice, against the program's own to the penny."""

import random
import shutil
import subprocess
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.examples import CONTRACT, DISCOUNTED, EDITION, promise
from tests.exchange.returns import LINES, book_of, claim, form_of, read, typed
from tests.exchange.test_workbook_libreoffice import pounds, recalculated
from tomsapp.domain.contract_dates import end_after
from tomsapp.domain.delivery.delivery import DeliveryState
from tomsapp.domain.delivery.figures import State
from tomsapp.domain.delivery.quarters import Quarter, quarters_of
from tomsapp.exchange.return_layout import Head

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
THREE_YEARS = replace(CONTRACT, end_on=end_after(date(2026, 4, 1), 3))


def random_claim(chance, line, measure, quarter):
    """A claim of a random size, some of it shown, some of it decided or withdrawn."""
    most = int(measure.unit.most or 40) * 10**measure.decimals
    claimed = Decimal(chance.randint(0, most)) / 10**measure.decimals
    evidenced = Decimal(chance.randint(0, int(claimed * 10**measure.decimals))) / 10**measure.decimals
    kind = chance.random()
    if kind < 0.1:
        return claim(line.key, quarter, claimed, evidenced, state=DeliveryState.WITHDRAWN)
    more = {}
    if kind < 0.3 and evidenced:
        more = {"accepted": evidenced, "rejected": claimed - evidenced}
    return claim(line.key, quarter, claimed, evidenced, note="As the letters of the schools show", **more)


@pytest.mark.parametrize("edition", [EDITION, DISCOUNTED], ids=["undiscounted", "discounted"])
@pytest.mark.parametrize("now", [Quarter(0, 2), Quarter(1, 1), Quarter(2, 3)])
def test_what_is_typed_is_worth_what_the_program_makes_of_it(edition, now, tmp_path):
    chance = random.Random(f"{now.year}{now.number}{edition.discount_rate}")
    lines, earlier = [], []
    quarters = [each.quarter for each in quarters_of(THREE_YEARS)]
    for number in range(1, 61):
        measure = chance.choice(edition.measures)
        most = int(measure.unit.most or 60) * 10**measure.decimals
        years = [str(Decimal(chance.randint(0, most)) / 10**measure.decimals) for _ in range(3)]
        share = Decimal(chance.choice(["1", "0.5", "0.125", "0.333333"]))
        line = promise(str(number), measure.code, *years, contract_share=share, statement="x")
        lines.append(line)
        earlier += [
            random_claim(chance, line, measure, each) for each in quarters if each < now and chance.random() < 0.7
        ]
    form = form_of(*earlier, lines=tuple(lines), quarter=now, contract=THREE_YEARS, edition=edition)
    values, returned = {}, []
    for place, line in enumerate(form.lines):
        made = random_claim(chance, line.figures.commitment, line.measure, now)
        made = claim(made.commitment, now, made.claimed, made.evidenced)
        values[place, Head.CLAIMED], values[place, Head.EVIDENCED] = made.claimed, made.evidenced
        returned.append(made)
    book = recalculated(book_of(form, typed(form, values)), tmp_path)
    sheet = book["Return"]
    after = form_of(*earlier, *returned, lines=tuple(lines), quarter=now, contract=THREE_YEARS, edition=edition)
    for number, line in zip(form.rows, after.lines, strict=True):
        for role, state in ((Head.VALUE_CLAIMED, State.CLAIMED), (Head.VALUE_EVIDENCED, State.EVIDENCED)):
            cell = sheet[form.cell(role, number)]
            assert pounds(cell) == line.quarter.of(state).pounds, (cell.coordinate, line.measure.code)
    shown = [pounds(sheet[name]) for name in ("B4", "C4", "E4", "G4")]
    assert shown == [
        sum(line.quarter.of(State.DUE).pounds for line in after.lines),
        sum(line.quarter.of(State.CLAIMED).pounds for line in after.lines),
        sum(line.quarter.of(State.EVIDENCED).pounds for line in after.lines),
        after.delivered.pounds.claimed,
    ]
    total = form.rows.stop
    assert pounds(sheet[form.cell(Head.VALUE_CLAIMED, total)]) == shown[1]
    assert pounds(sheet[form.cell(Head.VALUE_EVIDENCED, total)]) == shown[2]
    assert not [cell for one in book for row in one for cell in row if cell.data_type == "e"]


def test_what_was_decided_counts_as_it_was_decided(tmp_path):
    now = Quarter(0, 2)
    claims = [
        claim("3", now, "9", "8", accepted=Decimal(5), rejected=Decimal(2)),
        claim("4", now, "2", state=DeliveryState.WITHDRAWN),
        claim("6", now, "100", "50"),
    ]
    form = form_of(*claims)
    sheet = recalculated(book_of(form), tmp_path)["Return"]
    for number, line in zip(form.rows, form.lines, strict=True):
        assert pounds(sheet[form.cell(Head.VALUE_CLAIMED, number)]) == line.quarter.of(State.CLAIMED).pounds
        assert pounds(sheet[form.cell(Head.VALUE_EVIDENCED, number)]) == line.quarter.of(State.EVIDENCED).pounds


def test_it_says_what_is_still_to_be_filled_in(tmp_path):
    form = form_of()
    bare = recalculated(book_of(form, is_confirmed=False), tmp_path / "bare")["Return"]["B5"].value
    assert bare == (
        "Still to fill in: 4 planned lines without a count, 0 counts of 0 without a sentence, "
        "2 confirmations on the sheet Confirm."
    )
    values = {(place, Head.CLAIMED): 0 for place in range(len(LINES))}
    unsaid = recalculated(book_of(form, typed(form, values)), tmp_path / "unsaid")["Return"]["B5"].value
    assert unsaid.startswith(
        "Still to fill in: 0 planned lines without a count, 6 counts of 0 without a sentence, 0 conf"
    )
    values |= {(place, Head.NOTE): "The school asked to wait" for place in range(len(LINES))}
    done = recalculated(book_of(form, typed(form, values)), tmp_path / "done")["Return"]["B5"].value
    assert done == "Nothing is left to fill in. Save the workbook and send it back."


def test_a_return_comes_back_as_opendocument(tmp_path):
    """Suppliers fill it in with LibreOffice and save it as such."""
    form = form_of(claim("3", Quarter(0, 2), "9", "8"))
    values = {
        (0, Head.CLAIMED): 1,
        (0, Head.NEW): 1,
        (1, Head.CLAIMED): 0.62,
        (1, Head.NOTE): "Two of them began",
    }
    data = book_of(form, typed(form, values))
    (tmp_path / "return.xlsx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "ods",
         "--outdir", str(tmp_path / "out"), str(tmp_path / "return.xlsx")],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    again = read((tmp_path / "out" / "return.ods").read_bytes(), "return.ods")
    first = read(data)
    assert (again.rows, again.people, again.sent_on) == (first.rows, first.people, first.sent_on)
