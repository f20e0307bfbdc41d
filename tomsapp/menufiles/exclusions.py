"""The [[exclusion_group]] tables: measures that may not be claimed for the same thing."""

from collections.abc import Collection

from tomsapp.domain.menu import Apart, Clash, ExclusionGroup
from tomsapp.domain.money import shortened
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.suggestion import choice_fix


def read_groups(reader: FieldReader, measures: Collection[str]) -> tuple[ExclusionGroup, ...]:
    """The exclusion groups of an edition that has these measures."""
    groups: dict[str, ExclusionGroup] = {}
    for table in reader.tables("exclusion_group"):
        group = _read_group(table, measures)
        if group.code and group.code in groups:
            message = f"Two exclusion groups have the code {group.code}"
            table.report("duplicate-code", message, "Give each group its own code", "code")
        groups[group.code] = group
    return tuple(groups.values())


def read_apart(reader: FieldReader, measures: Collection[str]) -> tuple[Apart, ...]:
    """The [[apart]] tables: measures whose values hold the same component and still never count it twice."""
    found: list[Apart] = []
    for table in reader.tables("apart"):
        apart = Apart(
            measures=_read_codes(table, "measures", measures),
            against=_read_codes(table, "against", measures),
            reason=table.text("reason", required=True),
        )
        table.finish()
        if len(apart.measures) < (1 if apart.against else 2):
            fix = "Name two measures or more, or one with others in “against”"
            table.report("lone-measure", "There are too few measures to be told apart", fix, "measures")
        found.append(apart)
    return tuple(found)


def _read_group(table: FieldReader, measures: Collection[str]) -> ExclusionGroup:
    code = table.code("code")
    if code:
        table.name_it(f"exclusion group {code}, ")
    group = ExclusionGroup(
        code=code,
        severity=table.choice("severity", Clash),
        same=table.text("same", required=True),
        measures=_read_codes(table, "measures", measures),
        reason=table.text("reason", required=True),
        against=_read_codes(table, "against", measures),
        elsewhere=table.texts("elsewhere"),
        outcomes_once=table.flag("outcomes_once"),
    )
    table.text("title")
    table.finish()
    fewest = 1 if group.against or group.elsewhere else 2
    if len(group.measures) < fewest:
        fix = "Name two measures or more, or one with others in “against” or “elsewhere”"
        table.report("lone-measure", "The group has too few measures to clash", fix, "measures")
    return group


def _read_codes(table: FieldReader, key: str, measures: Collection[str]) -> tuple[str, ...]:
    codes = table.texts(key)
    for code in codes:
        if code not in measures:
            message = f"There is no measure “{shortened(code)}” in this edition"
            table.report("unknown-measure", message, choice_fix(code, measures), key)
    if len(set(codes)) < len(codes):
        table.report("duplicate-code", "A measure is named twice", "Name each measure once", key)
    return codes
