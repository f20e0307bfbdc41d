"""Settings: looks at once, the council as a form, dated policy rules with undo."""

from __future__ import annotations

import zlib
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from PIL import Image
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from shiboken6 import isValid

from tests.gui.lists.people import press
from tests.gui.pages.office import open_office
from tomsapp.config.paths import resources_dir
from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import CountedIn
from tomsapp.gui.dialogs.edit_conflict import ConflictChoice
from tomsapp.gui.dialogs.message import MessageDialog
from tomsapp.gui.drafts import Drafts
from tomsapp.gui.records import record_editor
from tomsapp.gui.settings import policy_tab, rule_dialog
from tomsapp.gui.settings.policy_tab import _kind_words
from tomsapp.gui.settings.rule_dialog import RuleDialog
from tomsapp.gui.theme import current_theme
from tomsapp.gui.widgets.layouts import laid_out
from tomsapp.services import council, databases
from tomsapp.services.changes import ALL_CHANGED
from tomsapp.services.rule_effect import RuleEffect


@pytest.fixture
def office(qtbot, monkeypatch, tmp_path):
    office = open_office(qtbot, monkeypatch, tmp_path)
    office.make()
    return office


def settings_of(office):
    return council.get_settings(office.session.workspace).record


def rules_of(office):
    return [rule.record for rule in council.list_rules(office.session.workspace)]


def dialog_for(office, kind):
    rules = council.list_rules(office.session.workspace)
    before = next(rule for rule in rules if rule.record.kind is kind)
    return RuleDialog(office.session, before, [rule.record for rule in rules if rule is not before], None)


def dialog_of(page):
    return [one for one in page.policy.findChildren(RuleDialog) if one.isVisible()][-1]


def test_name_signs_the_changes_made_from_now_on(office, qtbot):
    page = office.page("settings")
    page.computer.name.set_text("")
    page.computer._on_name()
    assert "Enter your name" in page.computer.name.error
    qtbot.keyClicks(page.computer.name.line, "B. Mensah")
    page.computer.name.line.returnPressed.emit()
    assert page.computer.name.error == ""
    assert office.session.workspace.who == "B. Mensah"
    assert office.session.preferences.get("user_name") == "B. Mensah"
    assert office.window.status._user.text() == "Signed in as B. Mensah"


def test_each_tab_is_made_when_it_is_first_shown(office):
    page = office.page("settings")
    tabs = {"computer", "council", "policy", "delivery", "deletion", "signature", "database", "about"}
    assert tabs & vars(page).keys() == {"computer"}
    page.refresh(ALL_CHANGED)
    assert tabs & vars(page).keys() == {"computer"}
    page.show_target("council")
    assert page.council.isVisible()
    assert tabs & vars(page).keys() == {"computer", "council"}


def test_looks_hold_at_once(office):
    page = office.page("settings")
    page.computer.theme.chosen.emit("dark")
    page.computer.text_size.chosen.emit(130)
    page.computer.density.chosen.emit("compact")
    theme = current_theme()
    assert (theme.name, theme.text_size, theme.density_name) == ("dark", 130, "compact")
    assert page.computer.text_size.value == 130
    assert office.session.preferences.get("theme") == "dark"


def test_council_is_saved_and_undone(office):
    office.window.go_to("settings", "council")
    tab = office.window.page("settings").council
    assert tab.form.menu.value == "barnet-open/2026.2"
    tab.form.field("council_name").set_text("Aford Council")
    tab.form.logo.load(resources_dir() / "app" / "tomsapp.png")
    tab.form.area.set_value("larkmere")
    tab.save_button.click()
    saved = settings_of(office)
    assert (saved.council_name, saved.area) == ("Aford Council", "larkmere")
    assert saved.logo.startswith(b"\x89PNG")
    assert (saved.default_menu, saved.default_edition) == ("barnet-open", "2026.2")
    assert office.window.rail is not None
    office.session.undo()
    assert settings_of(office).council_name == "Larkmere Council"
    assert tab.form.field("council_name").text == "Larkmere Council"


def test_wrong_logo_and_missing_name_are_said_in_place(office, tmp_path):
    office.window.go_to("settings", "council")
    tab = office.window.page("settings").council
    tab.form.field("council_name").set_text("")
    (tmp_path / "logo.gif").write_bytes(b"GIF89a")
    tab.form.logo.load(tmp_path / "logo.gif")
    tab.editor.save()
    assert tab.form.field("council_name").error == "Enter the name that documents show"
    assert tab.form.logo.error.startswith("The logo is not a PNG or JPEG picture")
    assert not tab.summary.isHidden()
    assert settings_of(office).council_name == "Larkmere Council"


@pytest.mark.parametrize(
    ("size", "mode", "said"),
    [
        ((4000, 1200), "RGB", "The logo is too large. It has 4,000 by 1,200 pixels. Use a picture of at most 2,000"),
        ((60_000, 60_000), "1", "The logo is too large. It has far more pixels than are printed. Use a picture"),
    ],
)
def test_what_no_document_can_print_is_said_when_it_is_chosen(office, tmp_path, size, mode, said):
    office.window.go_to("settings", "council")
    field = office.window.page("settings").council.form.logo
    path = tmp_path / "logo.png"
    head = Image.new(mode, (8, 8))
    head.save(path)
    data = bytearray(path.read_bytes())
    data[16:24] = size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big")
    data[29:33] = zlib.crc32(data[12:29]).to_bytes(4, "big")
    path.write_bytes(data)
    field.load(path)
    assert field.error.startswith(said)
    assert field.data == b""
    assert field.choose.isEnabled()


def test_picture_that_is_cut_short_is_refused_and_a_whole_one_then_taken(office, tmp_path):
    office.window.go_to("settings", "council")
    field = office.window.page("settings").council.form.logo
    whole = (resources_dir() / "app" / "tomsapp.png").read_bytes()
    (tmp_path / "logo.png").write_bytes(whole[: len(whole) // 2])
    field.load(tmp_path / "logo.png")
    assert field.error == "The logo cannot be read. Choose a PNG or JPEG picture"
    (tmp_path / "logo.png").write_bytes(whole)
    field.load(tmp_path / "logo.png")
    assert (field.error, field.data) == ("", whole)


def test_typing_stays_as_a_draft_until_it_is_discarded(office, qtbot):
    office.window.go_to("settings", "council")
    tab = office.window.page("settings").council
    qtbot.keyClicks(tab.form.field("council_name").line, " of the Lakes")
    tab.load()
    assert tab.form.field("council_name").text == "Larkmere Council of the Lakes"
    tab.discard_button.click()
    assert tab.form.field("council_name").text == "Larkmere Council"
    assert Drafts(office.session.preferences, office.session.workspace).get("council 0") is None


@pytest.mark.parametrize(("choice", "kept"), [("MINE", "Mine"), ("THEIRS", "Theirs"), ("CANCEL", "Theirs")])
def test_two_people_save_at_once(office, monkeypatch, choice, kept):
    office.window.go_to("settings", "council")
    tab = office.window.page("settings").council
    workspace = office.session.workspace
    stored = council.get_settings(workspace)
    council.save_settings(workspace, stored, replace(stored.record, council_name="Theirs"))
    asked = []

    def choose(_parent, error, mine, _fields):
        asked.append((error.theirs.record.council_name, mine.council_name))
        return ConflictChoice[choice]

    monkeypatch.setattr(record_editor, "resolve_conflict", choose)
    tab.form.field("council_name").set_text("Mine")
    tab.editor.save()
    assert asked == [("Theirs", "Mine")]
    assert settings_of(office).council_name == kept
    assert tab.form.field("council_name").text == ("Mine" if choice != "THEIRS" else "Theirs"), (
        "nothing typed is lost without a word"
    )


def test_rule_is_added_changed_and_deleted_with_undo(office, qtbot):
    office.window.go_to("settings", "policy")
    page = office.window.page("settings")
    page.policy.add_button.click()
    dialog = dialog_of(page)
    dialog.form.field("title").set_text("6% minimum")
    dialog.form.field("in_force_from").set_date(date(2028, 4, 1))
    dialog.form.field("threshold").set_text("100,000.00")
    dialog.form.field("share").set_text("6")
    dialog.form.field("counted_in").set_value(CountedIn.REAL_POUNDS.value)
    dialog.form.field("share").edited.emit()
    assert dialog._example.text() == "Example: £2,500,000.00 × 6% = £150,000.00 of real pounds."
    dialog.editor.save()
    added = rules_of(office)[-1]
    assert (added.code, added.share, added.threshold) == ("minimum", Decimal("0.06"), Decimal("100000.00"))
    assert (added.kind, added.in_force_from) == (MINIMUM_SHARE, date(2028, 4, 1))
    page.policy.table.select_place(page.policy.model.place_of(lambda rule: rule.record == added))
    page.policy.change_button.click()
    dialog = dialog_of(page)
    dialog.form.field("share").set_text("7.5")
    dialog.editor.save()
    assert rules_of(office)[-1].share == Decimal("0.075")
    page.policy.table.select_place(page.policy.model.place_of(lambda rule: rule.record.title == "6% minimum"))
    page.policy.delete_button.click()
    assert len(rules_of(office)) == 3
    office.session.undo()
    assert rules_of(office)[-1].share == Decimal("0.075")


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"per": "0"}, "per"),
        ({"per": "a million"}, "per"),
        ({"outcomes": "0"}, "outcomes"),
        ({"threshold": "-1"}, "threshold"),
        ({"in_force_until": "1 January 2020"}, "in_force_until"),
        ({"in_force_from": "soon"}, "in_force_from"),
        ({"in_force_from": ""}, "in_force_from"),
        ({"threshold": ""}, "threshold"),
        ({"title": ""}, "title"),
    ],
)
def test_wrong_rules_are_refused_at_the_field(office, fields, wrong):
    before = rules_of(office)
    dialog = dialog_for(office, EMPLOYMENT_OUTCOMES)
    for name, text in fields.items():
        dialog.form.field(name).set_text(text)
    dialog.editor.save()
    assert dialog.form.field(wrong).error
    assert rules_of(office) == before
    assert not dialog.result()


@pytest.mark.parametrize("share", ["0", "100.5", "five"])
def test_share_must_be_a_share(office, share):
    dialog = dialog_for(office, MINIMUM_SHARE)
    dialog.form.field("share").set_text(share)
    dialog.editor.save()
    assert dialog.form.field("share").error


def test_database_tab_names_place_and_size(office):
    office.window.go_to("settings", "database")
    tab = office.window.page("settings").database
    words = [one.text() for one in laid_out(tab._grid)]
    assert words[:4] == ["Name", "council.db", "Place", str(office.home / "council.db")]
    assert "0 contracts" in words


def test_tabs_of_a_database_say_what_to_do_without_one(office):
    office.session.set_workspace(None)
    office.window.go_to("settings", "policy")
    page = office.window.page("settings")
    assert page._closed.isVisible()
    page.show_target("computer")
    assert page.computer.isVisible()


def test_changing_a_rule_begins_in_its_title_and_a_kind_is_not_said_twice(office):
    page = office.page("settings")
    page.show_target("policy")
    page.policy.table.select_place(0)
    assert list(map(_kind_words, page.policy.model.shown_rows())) == ["", "Minimum share", ""]
    page.policy.change_button.click()
    dialog = dialog_of(page)
    assert dialog.focusWidget() is dialog.form.field("title").control
    dialog.reject()


# What others save meanwhile, and other databases


def colleague_saves(office, **changed):
    """Somebody else saves settings of the council."""
    workspace = databases.open_workspace(office.home / "council.db", office.session.workspace.catalogue, "B. Singh")
    stored = council.get_settings(workspace)
    council.save_settings(workspace, stored, replace(stored.record, **changed))
    workspace.close()


def council_tab_of(office):
    office.window.go_to("settings", "computer")
    office.window.go_to("settings", "council")
    return office.window.page("settings").council


def type_name(tab, text):
    tab.form.field("council_name").set_text(text)
    tab.form.field("council_name").edited.emit()


def reopen(office, name="council.db"):
    catalogue = office.session.workspace.catalogue
    office.session.set_workspace(None)
    office.session.set_workspace(databases.open_workspace(office.home / name, catalogue, "A. Okafor"))


def test_every_fact_of_the_council_that_is_typed_is_kept_as_a_draft(office):
    tab = council_tab_of(office)
    type_name(tab, "Aford Council")
    tab.form.logo.load(resources_dir() / "app" / "tomsapp.png")
    tab.form.area.set_value("larkmere")
    tab.form.field("contact").set_text("Social value team")
    reopen(office)
    tab = council_tab_of(office)
    assert tab.note.isVisible()
    tab.editor.save()
    saved = settings_of(office)
    assert (saved.council_name, saved.area, saved.contact) == ("Aford Council", "larkmere", "Social value team")
    assert saved.logo.startswith(b"\x89PNG")
    assert not tab.note.isVisible()


def test_a_kept_name_never_overwrites_a_colleagues_without_a_word(office):
    tab = council_tab_of(office)
    type_name(tab, "Mine")
    tab.form.area.set_value("larkmere")
    reopen(office)
    colleague_saves(office, council_name="Theirs", contact="B. Singh")
    tab = council_tab_of(office)
    assert "B. Singh changed Name of the council while you typed." in tab.note.accessibleName()
    press("Cancel")
    tab.editor.save()
    assert settings_of(office).council_name == "Theirs"
    press("Save mine over theirs")
    tab.editor.save()
    saved = settings_of(office)
    assert (saved.council_name, saved.area, saved.contact) == ("Mine", "larkmere", "B. Singh")


def test_what_a_colleague_sets_appears_around_what_is_being_typed(office):
    tab = council_tab_of(office)
    type_name(tab, "Mine")
    colleague_saves(office, area="larkmere")
    tab.load()
    assert (tab.form.area.value, tab.form.field("council_name").text) == ("larkmere", "Mine")
    assert "B. Singh changed Area meanwhile." in tab.note.accessibleName()
    tab.editor.save()
    assert (settings_of(office).council_name, settings_of(office).area) == ("Mine", "larkmere")


def test_a_name_typed_for_one_council_never_appears_at_another_of_the_same_file_name(office):
    tab = council_tab_of(office)
    type_name(tab, "Of the north")
    (office.home / "south").mkdir()
    office.make("south/council.db", "Southmere Council")
    tab = council_tab_of(office)
    assert tab.form.field("council_name").text == "Southmere Council"
    tab.editor.save()
    assert settings_of(office).council_name == "Southmere Council"
    reopen(office)
    assert council_tab_of(office).form.field("council_name").text == "Of the north"


def test_a_rule_that_a_colleague_changed_is_asked_about_in_its_dialog(office):
    dialog = dialog_for(office, MINIMUM_SHARE)
    dialog.show()
    dialog.form.field("share").set_text("7")
    workspace = databases.open_workspace(office.home / "council.db", office.session.workspace.catalogue, "B. Singh")
    stored = next(rule for rule in council.list_rules(workspace) if rule.record.kind is MINIMUM_SHARE)
    council.save_rule(workspace, stored, replace(stored.record, title="Theirs"))
    workspace.close()
    press("Cancel")
    dialog.editor.save()
    assert dialog.isVisible(), "what was typed stays on the screen"
    press("Save mine over theirs")
    dialog.editor.save()
    saved = next(rule for rule in rules_of(office) if rule.kind is MINIMUM_SHARE)
    assert (saved.share, saved.title) == (Decimal("0.07"), "Theirs")
    assert not dialog.isVisible()


def test_the_kind_of_a_new_rule_says_which_facts_it_has(office):
    dialog = RuleDialog(office.session, None, rules_of(office), None)
    shown = {name for name, made in dialog.form.facts.items() if not made.field.isHidden()}
    dates = {"in_force_from", "in_force_until", "binds_signed_from"}
    common = dates | {"kind", "replaces", "title", "threshold", "with_vat", "text"}
    assert shown == common | {"share", "counted_in"}
    assert not dialog.editor.is_changed
    dialog.form.field("kind").set_value(EMPLOYMENT_OUTCOMES.value)
    dialog.form.field("kind").edited.emit()
    shown = {name for name, made in dialog.form.facts.items() if not made.field.isHidden()}
    assert shown == common | {"outcomes", "per", "rounding"}
    dialog.form.field("title").set_text("Two for a million")
    dialog.form.field("outcomes").set_text("2")
    dialog.form.replaces.set_value("")
    dialog.form.field("in_force_from").set_date(date(2029, 4, 1))
    dialog.editor.save()
    added = next(rule for rule in rules_of(office) if rule.title == "Two for a million")
    assert (added.code, added.kind, added.outcomes) == ("two-for-a-million", EMPLOYMENT_OUTCOMES, Decimal(2))


def test_a_rule_that_was_being_added_comes_back_unless_it_was_given_up(office):
    dialog = RuleDialog(office.session, None, rules_of(office), None)
    dialog.form.field("kind").set_value(EMPLOYMENT_OUTCOMES.value)
    dialog.form.field("title").set_text("Two for a million")
    dialog.form.field("title").edited.emit()
    dialog.editor.flush()
    again = RuleDialog(office.session, None, rules_of(office), None)
    assert again.form.field("title").text == "Two for a million"
    assert not again.form.field("per").isHidden()
    again.reject()
    assert RuleDialog(office.session, None, rules_of(office), None).form.field("title").text == ""


def question_of(parent):
    """What is asked over a dialog or page."""
    return [one for one in parent.findChildren(MessageDialog) if one.isVisible()][-1]


def test_a_rule_says_what_it_would_do_before_it_is_saved_and_before_it_is_deleted(office, monkeypatch):
    effect = RuleEffect(20, tuple(f"C{number}: Green, Enough → Short by £1.00" for number in range(14)))
    for module in (rule_dialog, policy_tab):
        monkeypatch.setattr(module, "rule_effect", lambda *_given: effect)
    dialog = dialog_for(office, MINIMUM_SHARE)
    dialog.form.field("title").set_text("Renamed")
    dialog.editor.save()
    asked = question_of(dialog)
    assert asked.heading == "14 of 20 contracts would change"
    assert "C11: Green" in asked.sentences[0]
    assert asked.sentences[1] == "And 2 more."
    asked.reject()
    assert "Renamed" not in {rule.title for rule in rules_of(office)}
    dialog.editor.save()
    question_of(dialog).accept()
    assert "Renamed" in {rule.title for rule in rules_of(office)}
    office.window.go_to("settings", "policy")
    page = office.window.page("settings").policy
    count = len(rules_of(office))
    page.delete_button.click()
    question_of(page).reject()
    assert len(rules_of(office)) == count
    page.delete_button.click()
    question_of(page).accept()
    assert len(rules_of(office)) == count - 1


def test_a_rule_can_say_from_when_it_binds_what_was_signed(office):
    dialog = dialog_for(office, MINIMUM_SHARE)
    field = dialog.form.field("binds_signed_from")
    field.set_text("1 January 2000")
    dialog.editor.save()
    assert "not in force" in field.error
    field.set_text("1 October 2026")
    dialog.editor.save()
    assert date(2026, 10, 1) in {rule.binds_signed_from for rule in rules_of(office)}


def test_what_was_restored_here_is_still_said_when_the_page_was_made_anew(office, monkeypatch):
    path = office.home / "council.db"
    databases.back_up(office.session.workspace.database, office.home / "backup.db")
    page = office.page("settings")
    chosen = [str(path), str(office.home / "backup.db")]
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_kw: (chosen.pop(), ""))
    page.database.restore.click()
    office.window.findChildren(MessageDialog)[-1].accept()
    assert office.page("settings") is not page
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert not isValid(page)
    said = [each.heading for each in office.window.findChildren(MessageDialog) if each.isVisible()]
    assert said == ["The backup is restored"]
