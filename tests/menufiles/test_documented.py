"""The files that docs/menu-files.md shows are whole: they can be copied, checked and published."""

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tomsapp.domain.units import Unit
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.linting import lint_path
from tomsapp.menufiles.publishing import publish

PAGE = (Path(__file__).parents[2] / "docs" / "menu-files.md").read_text(encoding="utf-8")


@pytest.fixture
def root(tmp_path):
    """The menus folder that the page describes."""
    menu, theme, dated, examples, area, policy = re.findall(r"```toml\n(.*?)```", PAGE, flags=re.DOTALL)
    assert dated.startswith("[[outcome.measure.proxy.dated]]")
    head, rest = menu.split("\n[deflator]", 1)
    menu = f'{head}area = "lampton"\npolicy = "lampton"\n\n[deflator]{rest}'
    files = {
        "lampton/2026.1/menu.toml": menu,
        "lampton/2026.1/theme-1-work.toml": theme,
        "lampton/2026.1/examples.toml": examples,
        "areas/lampton.toml": area,
        "policies/lampton.toml": policy,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_files_of_the_page_are_without_problems_and_are_published(root):
    folder = root / "lampton" / "2026.1"
    assert lint_path(folder, date(2026, 6, 1)) == ()
    edition = publish(folder, date(2026, 3, 2))
    assert [value.value for value in edition.find_measure("A1").unit_values] == [Decimal("10000.00")]
    catalogue = Catalogue([root])
    assert catalogue.load("lampton", "2026.1") == edition
    assert catalogue.area("lampton").wards[0].name == "Riverside"
    assert [rule.code for rule in catalogue.policy("lampton").rules] == ["scope", "minimum", "employment"]


def test_every_unit_and_its_decimals_are_in_the_table():
    for unit in Unit:
        assert f"| `{unit.value}` | {unit.decimals} |" in PAGE
