"""What others saved, as the pages take it."""

from dataclasses import replace

from tests.services.council import bridge_works
from tomsapp.domain.contract import CONTRACT
from tomsapp.domain.council import COUNCIL
from tomsapp.domain.supplier import SUPPLIER
from tomsapp.services import council
from tomsapp.services.changes import ALL_CHANGED
from tomsapp.services.news import read_news
from tomsapp.services.suppliers import add_supplier
from tomsapp.store.past import Changed


def test_pages_hear_of_the_kinds_that_others_changed(ann, bob):
    assert read_news(bob) is None
    add_supplier(ann, bridge_works())
    news = read_news(bob)
    assert news is not None
    assert news.touches(SUPPLIER)
    assert not news.touches(CONTRACT)
    assert read_news(bob) is None
    assert read_news(ann) is None


def test_settings_that_others_changed_are_read_anew(ann, bob):
    assert bob.settings.council_name
    stored = council.get_settings(ann)
    council.save_settings(ann, stored, replace(stored.record, council_name="Changed since"))
    news = read_news(bob)
    assert news is not None
    assert news.touches(COUNCIL)
    assert bob.settings.council_name == "Changed since"


def test_change_of_which_no_history_tells_may_be_of_anything(ann, monkeypatch):
    monkeypatch.setattr(type(ann.database), "news", lambda _database: (Changed("", None),))
    assert read_news(ann) == ALL_CHANGED
