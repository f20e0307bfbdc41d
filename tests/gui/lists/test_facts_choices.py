"""What the form for contract facts proposes."""

from dataclasses import replace

import pytest

from tests.services.council import shipped
from tomsapp.gui.contract.contract_form import read_choices
from tomsapp.services import databases


@pytest.mark.parametrize(
    ("menu", "edition", "proposed"),
    [
        ("barnet-open", "2026.2", "barnet-open/2026.2"),
        ("barnet-open", "2026.1", "barnet-open/2026.2"),
        ("barnet-council", "2023", "barnet-council/2023"),
        ("of-our-own", "2020.1", "of-our-own/2020.1"),
    ],
)
def test_withdrawn_edition_is_never_proposed(tmp_path, menu, edition, proposed):
    workspace = databases.make_database(tmp_path / "council.db", shipped(), "Ann", "Larkmere Council")
    with workspace.work("Choose a menu") as uow:
        stored = uow.settings.now()
        uow.settings.save(stored.version, replace(stored.record, default_menu=menu, default_edition=edition))
        uow.commit()
    workspace.forget()
    choices = read_choices(workspace)
    workspace.close()
    assert choices.edition == proposed
    assert [key for key, _ in choices.editions] == ["barnet-council/2023", "barnet-open/2026.2"]
