"""Menu: browsing, searching, one measure in full, comparing, exporting, adding."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel

from tests.gui.pages.office import open_office
from tomsapp.config.paths import menus_dir
from tomsapp.gui.database_opener import example_folder
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.dialogs.pdf_preview import PdfPreview
from tomsapp.gui.menu.edition_tree import NODE_ROLE
from tomsapp.gui.menu.measure_view import clash_sentences
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.menufiles.publishing import publish

OPEN = ("barnet-open", "2026.2")


def edition_copy(folder, name, *changes):
    """The shipped edition under another name, with words replaced, still a draft."""
    target = folder / "barnet-open" / name
    target.mkdir(parents=True)
    for path in (menus_dir() / "barnet-open" / "2026.2").glob("*.toml"):
        if path.name in {"published.toml", "examples.toml"}:
            continue
        text = path.read_text(encoding="utf-8")
        if path.name == "menu.toml":
            text = text.replace('edition = "2026.2"', f'edition = "{name}"').replace('"published"', '"draft"', 1)
        for before, after in changes:
            text = text.replace(before, after)
        (target / path.name).write_text(text, encoding="utf-8")
    return target


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path, examples):
    menus = tmp_path / "more"
    changes = (("281.44", "284.00"), ("Worker raised to the", "Person raised to the"))
    publish(edition_copy(menus, "2026.3", *changes), date(2026, 6, 1))
    broken = edition_copy(menus, "2027.1")
    (broken / "theme-6-planet.toml").write_text("[[outcome]", encoding="utf-8")
    office = open_office(qtbot, monkeypatch, tmp_path, menus)
    examples.copy(example_folder())
    office.window.page("start").opener.open_example()
    return office


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if not label.isHidden()]


def shown_codes(tree):
    found = []

    def walk(item):
        node = item.data(NODE_ROLE)
        if hasattr(node, "code") and not item.hasChildren():
            found.append(node.code)
        for row in range(item.rowCount()):
            walk(item.child(row))

    for row in range(tree.model.rowCount()):
        walk(tree.model.item(row))
    return found


def test_measure_is_shown_with_how_its_value_was_made(office):
    office.window.go_to("menu", (*OPEN, "G01"))
    page = office.window.page("menu")
    words = words_of(page.measure)
    assert "Greenhouse gas emissions avoided" in words
    assert "× 100 ÷ 90.5005" in words
    assert "£306.32" in words
    assert "£153.16 to £459.48" in words
    assert any(text.endswith("Values are fixed.") for text in words)
    assert page.measure.use.text().endswith("contracts")
    assert page.menu_words == "Shown: menu barnet-open 2026.2, 2024 prices"


def test_what_is_claimed_together_is_said_as_the_group_asks_for_it():
    edition = read_folder(menus_dir() / "barnet-open" / "2026.2").get_edition()

    def told(code, rival):
        (sentence,) = (each for each in clash_sentences(edition.find_measure(code), edition) if rival in each)
        return sentence

    assert "Not allowed in one contract." in told("G06", "G05 Waste kept out of landfill. ")
    asked = "Only with a written declaration that they are not the same person. "
    jobs = "Both may be in one contract. Their jobs count once, unless it is declared in writing that they are not the "
    jobs += "same person. "
    assert f"{jobs}A new job is full time or part time." in told("J14", "J13 Resident in a new full-time job. ")
    assert jobs in told("J13", "J01 Unemployed resident")
    assert f"{asked}Their jobs count once until then. " in told("J02", "J01 Unemployed resident")


def test_record_only_and_dated_measures_say_so_in_the_tree(office):
    office.window.go_to("menu", OPEN)
    page = office.window.page("menu")
    said = {}
    for code in ("G01", "R01", "V01"):
        page.tree.select(code)
        said[code] = page.tree.view.currentIndex().data(NODE_ROLE + 1)
    assert said == {"G01": "By year", "R01": "Counted, not valued", "V01": "£1.00"}


def test_search_narrows_the_tree_and_guesses(office, qtbot):
    page = office.page("menu")
    qtbot.keyClicks(page.tree.search, "London Living")
    assert "J11" in shown_codes(page.tree)
    assert "G01" not in shown_codes(page.tree)
    page.tree.search.clear()
    qtbot.keyClicks(page.tree.search, "scool")
    assert shown_codes(page.tree) == []
    assert "Did you mean school?" in page.tree._nothing.text()
    page.tree.search.clear()
    assert len(shown_codes(page.tree)) == 105


def test_contract_that_uses_a_measure_can_be_reached(office):
    office.window.go_to("menu", (*OPEN, "G01"))
    page = office.window.page("menu")
    asked = []
    page.wants_page.connect(lambda key, target: asked.append((key, target)))
    page.measure.contract_wanted.emit(1)
    assert asked == [("contracts", 1)]


def test_edition_that_cannot_be_read_lists_its_problems(office):
    office.window.go_to("menu", ("barnet-open", "2027.1"))
    page = office.window.page("menu")
    assert page.problems.isVisible()
    assert page.problems.accessibleName() == "barnet-open 2027.1 cannot be used"
    assert any("theme-6-planet.toml" in text for text in words_of(page.problems))
    assert not page.book_button.isEnabled()
    assert page.menu_words == ""


def test_the_measure_that_is_shown_first_is_laid_out_once(office):
    page, shown = office.page("menu"), []
    show = page.measure.show_measure
    page.measure.show_measure = lambda place, *rest: (shown.append(place.measure.code), show(place, *rest))
    page.show_target(("barnet-open", "2026.3"))
    assert shown == [page.tree.current_code]


def test_comparison_shows_changed_values_with_the_effect_on_a_contract(office):
    page = office.page("menu")
    page.views.set_current("compare")
    compare = page.compare
    compare._choose(compare.before, OPEN)
    compare._choose(compare.after, ("barnet-open", "2026.3"))
    compare.compare()
    assert compare.kinds._group.buttons()[0].text() == "Changed values (1)"
    row = compare.table.model().shown_rows()[0]
    assert (row.code, row.before, row.after) == ("G01", "£310.98", "£313.81")
    assert row.change == "+£2.83 (+0.9%)"
    assert "Published value: £281.44 at 2022 prices, now £284.00 at 2022 prices" in row.why
    # The year whose value differs is 2027, so a contract that begins in it.
    uses = {one.reference: one.id for one in page._opened.uses["G01"]}
    compare.contract.setCurrentIndex(compare.contract.findData(uses["L-2026-002"]))
    compare._read_effect()
    effect = compare._effect
    assert effect.difference != 0
    assert effect.difference == effect.lines["G01"].difference
    assert not compare._totals.isHidden()
    compare.kinds.set_current("wording")
    compare._show_rows()
    assert [one.code for one in compare.table.model().shown_rows()] == ["J11"]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_edition_is_exported(office, monkeypatch, place):
    page = office.page("menu")
    action = page.files.exports.actions()[place]
    path = office.home / f"menu{action.data().value}"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_kw: (str(path), ""))
    page.files._on_export(action)
    data = path.read_bytes()
    if place == 0:
        assert "Greenhouse gas emissions avoided" in data.decode("utf-8-sig")
    elif place == 1:
        import openpyxl

        sheet = openpyxl.load_workbook(path).worksheets[0]
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert 306.32 in cells
    else:
        assert data == office.session.catalogue.bundle(*OPEN)


def test_bundle_from_elsewhere_is_added_with_its_hash(office, monkeypatch):
    page = office.page("menu")
    source = edition_copy(office.home / "else", "2028.1")
    edition = publish(source, date(2026, 7, 1))
    bundle = office.home / "barnet.json"
    from tomsapp.menufiles.edition_reader import read_folder

    bundle.write_bytes(read_folder(source).bundle)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_kw: (str(bundle), ""))
    page.files._on_add_file()
    told = office.window.findChildren(MessageDialog)[-1]
    assert told.heading == "barnet-open 2028.1 added"
    sha = hashlib.sha256(bundle.read_bytes()).hexdigest()
    assert any(words.startswith("Read from barnet.json: ") and words.endswith(sha) for words in words_of(told))
    told.reject()
    assert page.edition_box.currentText() == "barnet-open 2028.1, published"
    assert office.session.catalogue.load("barnet-open", "2028.1").sha256 == edition.sha256
    page.files.add(bundle)
    assert office.window.findChildren(MessageDialog)[-1].heading == "barnet-open 2028.1 is installed already"


def test_folder_with_errors_is_not_added(office):
    page = office.page("menu")
    source = edition_copy(office.home / "else", "2029.1", ('unit = "tonnes"', 'unit = "stones"'))
    page.files.add(source)
    dialog = office.window.findChildren(MessageDialog)[-1]
    assert dialog.heading == "The menu has errors"
    assert ("barnet-open", "2029.1") not in office.session.catalogue.names()
    shutil.rmtree(source)


def test_menu_book_is_previewed(office):
    page = office.page("menu")
    page.book_button.click()
    assert office.window.findChildren(PdfPreview)[-1].windowTitle() == "Preview: barnet-open 2026.2 menu book.pdf"


def test_comparison_begins_with_what_differs(office):
    page = office.page("menu")
    page.views.set_current("compare")
    compare = page.compare
    compare._choose(compare.before, ("barnet-council", "2023"))
    compare._choose(compare.after, OPEN)
    compare.compare()
    assert compare.kinds.current == "added"
    assert compare.table.model().rowCount() == len(office.session.workspace.edition(*OPEN).measures)
