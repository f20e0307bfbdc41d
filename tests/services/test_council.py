"""The council's settings and policy rules."""

from dataclasses import replace
from datetime import date

import pytest

from tests.services.council import HOSTILE, all_history, begin, opened
from tomsapp.domain.council import CouncilSettings
from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services import council, edits
from tomsapp.services.failures import EditConflict

PNG = b"\x89PNG\r\n\x1a\n" + b"x" * 100


def test_settings_are_saved_and_undone(ann):
    before = council.get_settings(ann)
    done = council.save_settings(ann, before, replace(before.record, council_name="Other", logo=PNG, area="larkmere"))
    assert (ann.settings.council_name, ann.settings.logo) == ("Other", PNG)
    assert ann.area().title == "Larkmere (a made-up borough)" or ann.area().is_fictional
    assert all_history(ann)[-1][1:3] == ("Change council settings", "council")
    edits.undo(ann, done.edit)
    assert ann.settings == before.record
    assert not ann.area().is_fictional
    edits.redo(ann, done.edit)
    assert ann.settings.logo == PNG


def test_same_settings_are_not_saved_again(ann):
    before = council.get_settings(ann)
    assert council.save_settings(ann, before, before.record).edit is None


def test_second_who_saves_settings_is_told(ann, bob):
    mine, theirs = council.get_settings(ann), council.get_settings(bob)
    council.save_settings(bob, theirs, replace(theirs.record, council_name="Bob's"))
    with pytest.raises(EditConflict, match="Bob saved") as told:
        council.save_settings(ann, mine, replace(mine.record, council_name="Ann's"))
    assert told.value.theirs.record.council_name == "Bob's"


def test_the_form_of_the_settings_checks_and_saves_them(ann):
    before = council.get_settings(ann)
    assert [one.code for one in council.SETTINGS.check(ann, CouncilSettings(""))] == ["council-name-missing"]
    saved = council.SETTINGS.save(ann, before, replace(before.record, contact="Ann, extension 18")).result
    assert ann.settings.contact == "Ann, extension 18"
    with pytest.raises(EditConflict):
        council.SETTINGS.save(ann, before, replace(before.record, contact="Bob"))
    council.SETTINGS.add(ann, replace(saved.record, contact=""))
    assert ann.settings.contact == ""


def test_unsound_settings_are_told():
    wrong = CouncilSettings(" ", b"GIF89a")
    assert [problem.code for problem in council.check_settings(wrong)] == ["council-name-missing", "logo-wrong"]
    large = CouncilSettings("A", PNG + b"x" * council.MOST_LOGO_BYTES)
    found = council.check_settings(large)
    assert [problem.message for problem in found] == ["The logo is over 2 MB"]
    assert [problem.code for problem in found] == ["logo-too-large"]
    assert council.check_settings(CouncilSettings("A", PNG)) == []


def test_default_menu_that_is_not_installed_or_a_draft_is_refused(ann, tmp_path):
    from tests.menufiles.sample import write_menus

    ann.catalogue = Catalogue([*ann.catalogue.folders, write_menus(tmp_path / "drafts")])
    before = council.get_settings(ann)
    for menu, edition, words in (("sample", "1", "is a draft"), ("nothing", "1", "is not installed")):
        with pytest.raises(MenuError, match=words):
            council.save_settings(ann, before, replace(before.record, default_menu=menu, default_edition=edition))
    with pytest.raises(MenuError, match=r"areas/nowhere\.toml"):
        council.save_settings(ann, before, replace(before.record, area="nowhere"))
    assert council.get_settings(ann) == before


def test_default_menu_is_kept_in_the_database(ann):
    before = council.get_settings(ann)
    after = replace(before.record, default_menu="barnet-council", default_edition="2023")
    council.save_settings(ann, before, after)
    ann.catalogue = Catalogue([])
    assert ann.edition("barnet-council", "2023").name == "barnet-council 2023"


def test_rules_are_added_changed_and_deleted_with_their_history(ann):
    made = begin(ann)
    first = council.list_rules(ann)[0]
    later = replace(first.record, code="later", title="Later rule", in_force_from=date(2026, 1, 1))
    added = council.add_rule(ann, later)
    saved = council.save_rule(ann, added.result, replace(later, title="Latest rule"))
    assert council.save_rule(ann, saved.result, saved.result.record).edit is None
    assert [rule.record.title for rule in council.list_rules(ann)][-1] == "Latest rule"
    assert len(opened(ann, made.id).checked.policy_checks) == 4
    gone = council.delete_rule(ann, saved.result)
    assert len(council.list_rules(ann)) == 3
    edits.undo(ann, gone.edit)
    edits.undo(ann, saved.edit)
    edits.undo(ann, added.edit)
    assert len(council.list_rules(ann)) == 3
    edits.redo(ann, added.edit)
    assert [rule.record.title for rule in council.list_rules(ann)][-1] == "Later rule"
    kinds = {(what, kind, action) for _, what, kind, action in all_history(ann)}
    assert ("Add policy rule Later rule", "policy_rule", "added") in kinds
    assert ("Undo: Add policy rule Later rule", "policy_rule", "deleted") in kinds


def test_second_who_changes_a_rule_is_told(ann, bob):
    mine, theirs = council.list_rules(ann)[0], council.list_rules(bob)[0]
    council.save_rule(bob, theirs, replace(theirs.record, title="Bob's"))
    with pytest.raises(EditConflict, match="Bob saved"):
        council.save_rule(ann, mine, replace(mine.record, title="Ann's"))
    with pytest.raises(EditConflict, match="Bob saved"):
        council.delete_rule(ann, mine)


def test_hostile_names_are_data(ann):
    for text in HOSTILE:
        before = council.get_settings(ann)
        council.save_settings(ann, before, replace(before.record, council_name=text))
        assert ann.settings.council_name == text
