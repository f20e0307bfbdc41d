"""Keys that a fact of several is made of: which things they name, and what those are called.

A ward is named by its official code. A measure is named by its menu and its code, for two menus may mean different
things by one code; every edition of a menu means the same. So is a theme, by its number. A delivery is
named by its number in the database, and a filter by what it filters and the value that passes.
"""

from collections.abc import Iterable, Mapping
from enum import Enum

from tomsapp.domain.wording import listed


class KeyKind(Enum):
    """What the keys of a fact name."""

    WARD = "ward"
    MEASURE = "measure"
    DELIVERY = "delivery"
    FILTER = "filter"
    THEME = "theme"

    @property
    def words(self) -> tuple[str, str]:
        """What people call one of them, and several."""
        return {
            KeyKind.WARD: ("ward", "wards"),
            KeyKind.MEASURE: ("measure", "measures"),
            KeyKind.DELIVERY: ("delivery", "deliveries"),
            KeyKind.FILTER: ("filter", "filters"),
            KeyKind.THEME: ("theme", "themes"),
        }[self]


Names = Mapping[str, str]
"""What each key is called, in the order of a list; a key that is not among them stands for itself."""

Keys = frozenset[str]
"""The keys that were chosen; their order means nothing."""


def write_keys(keys: Iterable[str]) -> str:
    """Keys as a row keeps them and as they are typed, one a line, in an order of their own."""
    return "\n".join(sorted(keys))


def read_keys(text: str) -> Keys:
    """The keys that stand in a text, one a line."""
    return frozenset(filter(None, map(str.strip, text.splitlines())))


def measure_key(menu: str, code: str) -> str:
    """The key of a measure, the same in every edition of its menu: "barnet-open S07"."""
    return f"{menu} {code}"


def theme_key(menu: str, number: int) -> str:
    """The key of a theme, the same in every edition of its menu: "barnet-open 1"."""
    return f"{menu} {number}"


def read_theme_key(key: str) -> tuple[str, int]:
    """The menu and the number of a theme by its key; what is no key of a theme has no menu and the number 0."""
    menu, _, number = key.rpartition(" ")
    return (menu, int(number)) if number.isascii() and number.isdigit() else ("", 0)


def named(keys: Iterable[str], names: Names) -> list[str]:
    """What keys are called, in the order of the names; those without a name stand last."""
    places = {key: place for place, key in enumerate(names)}
    return [names.get(key, key) for key in sorted(keys, key=lambda key: (places.get(key, len(places)), key))]


def in_words(keys: Iterable[str], names: Names) -> str:
    """Keys in a row, as lists, files and both versions of a record say them: "Hendon; Mill Hill"."""
    return "; ".join(named(keys, names))


def change_in_words(before: Keys, after: Keys, names: Names) -> str:
    """What came and what went: "added Hendon; removed Mill Hill and Edgware"; empty where nothing did."""
    parts = (("added", after - before), ("removed", before - after))
    return "; ".join(f"{verb} {listed(named(keys, names))}" for verb, keys in parts if keys)
