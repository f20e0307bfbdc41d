"""Values of every kind and shape, and how TOML writes them."""

import json
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

KEYS = st.sampled_from(["a", "b", "code", "years", "x y", "{key}", "£"]) | st.text(
    st.characters(exclude_categories=["Cs", "Cc"]), max_size=3
)
SCALARS = (
    st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15)
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
)


def _nested(inner):
    return st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)


values = st.recursive(SCALARS | st.dates(date(1900, 1, 1)), _nested, max_leaves=8)
json_values = st.recursive(SCALARS | st.none(), _nested, max_leaves=8)


def written(value) -> str:
    """The value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\u007f") if value.isascii() else _quoted(value)
    if isinstance(value, list):
        return f"[{', '.join(map(written, value))}]"
    return "{" + ", ".join(f"{_quoted(key)} = {written(part)}" for key, part in value.items()) + "}"


def _quoted(text: str) -> str:
    return '"' + "".join(sign if sign.isalnum() else f"\\U{ord(sign):08X}" for sign in text) + '"'


def written_as_json(value) -> str:
    """The value as JSON writes it, with the numbers as they are."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return f"[{', '.join(map(written_as_json, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {written_as_json(part)}" for key, part in value.items()) + "}"
    return json.dumps(value)


def depth(value) -> int:
    """How deep a value goes."""
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth, parts), default=0)
