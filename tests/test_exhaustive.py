"""Every switch over an enum names every member, so that a new member is not taken for another one in silence.

A `match` ends in `assert_never`, which the type checker holds; a dictionary names every member, or is listed here as
one that leaves some out on purpose; a ladder of `if`s that asks for one member after the other is a `match`.
"""

import ast
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from tests.test_architecture import modules, parse, relative

PARTIAL: dict[tuple[str, str], frozenset[str]] = {
    # The others are counted one by one, and are not made of parts.
    ("tomsapp/services/bidding/typing.py", "Unit"): frozenset(
        {"PEOPLE", "COMPLETIONS", "PERSON_YEARS", "HOUSEHOLDS", "HOUSEHOLD_WEEKS", "EVENTS", "TONNES", "MILES"}
        | {
            "TREES",
            "SQUARE_METRES",
            "DEVICES",
            "CHARGING_POINTS",
            "MEALS",
            "WELLBYS",
            "BIODIVERSITY_UNITS",
            "YES_NO",
            "PERCENT",
        }
    ),
    # A tender asks for these beside what every workbook has.
    ("tomsapp/exchange/tenders/book_read.py", "Role"): frozenset(
        {"CODE", "COST", "COUNTED", "FACTOR", "LINE", "LINE_VALUE", "OUTCOMES", "QUANTITY", "RATE", "RATE_PER"}
        | {"REAL_POUNDS", "SHARE", "STATEMENT", "TARGET", "TITLE", "TO_DO", "UNIT", "UNIT_VALUE", "VALUE", "WARD"}
    ),
    # The others are no papers to be checked.
    ("tomsapp/gui/paper_check.py", "Document"): frozenset({"DATABASE", "MARKING", "OFFER", "PACK", "RETURN"}),
    # Texts and choices are read otherwise.
    ("tomsapp/domain/facts.py", "FactKind"): frozenset({"LINE", "LONG", "LINK", "CHOICE", "OWN"}),
    # No rule has a fact of its own of these kinds; a test reads the own facts of every kind of rule.
    ("tomsapp/menufiles/policies.py", "FactKind"): frozenset(
        {"LINE", "LONG", "LINK", "DAY", "YES_NO", "WHOLE", "SEVERAL", "OWN"}
    ),
    # JSON holds all others as text.
    ("tomsapp/exchange/record_json.py", "FactKind"): frozenset(
        {"LINE", "LONG", "CHOICE", "POUNDS", "QUANTITY", "SHARE", "DAY", "LINK", "SEVERAL", "OWN"}
    ),
    # The others are filled in, or name a line.
    ("tomsapp/exchange/workbook_spare_rows.py", "Role"): frozenset(
        {"CODE", "QUANTITY", "RATE", "RATE_PER", "SHARE", "WARD", "COST", "STATEMENT", "LINE"}
        | {"TARGET", "STAFF", "DELIVERED_BY", "PROJECT", "TO_DO"}
    ),
    # What is looked up; unit values have a column for each year.
    ("tomsapp/exchange/workbook_spare.py", "Role"): frozenset(
        {"CODE", "UNIT_VALUE", "QUANTITY", "RATE", "RATE_PER", "SHARE", "WARD", "COST", "STATEMENT", "COUNTED"}
        | {"VALUE", "LINE_VALUE", "REAL_POUNDS", "OUTCOMES", "LINE"}
        | {"TARGET", "STAFF", "DELIVERED_BY", "PROJECT", "TO_DO"}
    ),
    # A column of text has the usual width, and a fact of its own kind has none.
    ("tomsapp/gui/records/list_columns.py", "FactKind"): frozenset({"LINE", "LONG", "OWN"}),
    # The council makes no other groups itself.
    ("tomsapp/services/portfolio_reading.py", "Grouping"): frozenset(
        {"THEME", "OUTCOME", "MEASURE", "SUPPLIER", "WARD", "YEAR", "SUPPLIER_KIND", "DIRECTORATE"}
        | {"CONTRACT_MANAGER", "PROJECT", "EQUALITY_GROUP", "QUARTER", "FINANCIAL_YEAR"}
    ),
    # Only these two are by a fact of the contract.
    ("tomsapp/domain/portfolio.py", "Grouping"): frozenset(
        {"THEME", "OUTCOME", "MEASURE", "PRIORITY", "SUPPLIER", "WARD", "NEIGHBOURHOOD", "YEAR", "SUPPLIER_KIND"}
        | {"PROJECT", "EQUALITY_GROUP", "QUARTER", "FINANCIAL_YEAR"}
    ),
    # Of these kinds there is nothing to say but what is wanted instead.
    ("tomsapp/reading/kinds.py", "FileKind"): frozenset(
        {"OFFER", "RESULT", "PORTFOLIO", "JSON", "POLICY", "AREA", "TOML", "TABLE", "TEXT", "OTHER_ENCODING"}
        | {"WORKBOOK", "UNKNOWN", "XML"}
    ),
    # Of these kinds the workbook of the pack is asked for, filled in.
    ("tomsapp/exchange/tenders/offer_identity.py", "FileKind"): frozenset(
        {"OFFER", "RESULT", "PORTFOLIO", "BUNDLE", "NOTICES", "JSON", "MENU", "POLICY", "AREA", "TOML"}
        | {"TABLE", "TEXT", "OTHER_ENCODING", "WORKBOOK", "OPEN_SPREADSHEET", "OPEN_DOCUMENT", "PACKAGE", "WORD"}
        | {"RICH_TEXT", "SLIDES", "MESSAGE", "WEB_PAGE", "XML", "PICTURE", "SHORTCUT", "PDF", "DATABASE", "UNKNOWN"}
    ),
    # A row of these sorts is none that is read: it is said and decided apart.
    ("tomsapp/exchange/labelled/guess.py", "RowSort"): frozenset({"HEAD_AGAIN", "NO_CODE", "WORDS", "OTHER_TABLE"}),
    # The others have no media type that people know, or are told from their first bytes.
    ("tomsapp/services/evidence.py", "FileKind"): frozenset(
        {"OFFER", "RESULT", "PORTFOLIO", "BUNDLE", "NOTICES", "JSON", "MENU", "POLICY", "AREA", "TOML"}
        | {"OTHER_ENCODING"}
        | {"OPEN_DOCUMENT", "BINARY_WORKBOOK", "XML_WORKBOOK", "APPLE", "ARCHIVE", "PACKAGE", "OLD_WORKBOOK"}
        | {"LOCKED_WORKBOOK", "RIGHTS_WORKBOOK", "DAMAGED_PACKAGE", "RICH_TEXT", "SLIDES", "WEB_PAGE", "XML"}
        | {"PICTURE", "SHORTCUT", "PDF", "DATABASE", "EMPTY", "UNKNOWN"}
    ),
    # Of lines that are the same there is nothing to choose.
    ("tomsapp/gui/importing/lines_paint.py", "LineGroup"): frozenset({"SAME"}),
    # A register ends no contract.
    ("tomsapp/services/looked_register.py", "LineGroup"): frozenset({"NO_LONGER"}),
    # A solid fill has no pattern.
    ("tomsapp/gui/widgets/chart_paint.py", "Pattern"): frozenset({"SOLID"}),
    ("tomsapp/reports/fills.py", "Pattern"): frozenset({"SOLID"}),
    # Where there is nothing good or bad, the usual style.
    ("tomsapp/reports/contract_policy.py", "PolicyResult"): frozenset({"YES", "NO", "NOTHING_ASKED", "NOT_CHECKED"}),
    # Only of what a rule asks is it said whether it is enough.
    ("tomsapp/services/sealed_words.py", "PolicyResult"): frozenset(
        {"YES", "NO", "NOTHING_ASKED", "NOT_CHECKED", "ERRORS"}
    ),
    ("tomsapp/reports/portfolio_contracts.py", "PolicyResult"): frozenset(
        {"YES", "NO", "NOTHING_ASKED", "NOT_CHECKED"}
    ),
    # The form of most acts; agreements and papers are asked for elsewhere.
    ("tomsapp/gui/delivery/act_dialog.py", "DeliveryActKind"): frozenset(
        {"SUBSTITUTE", "CARRY", "MONEY", "LEAVE_OPEN", "PUBLISH"}
    ),
    # The others change no quantity of a delivery.
    ("tomsapp/domain/delivery/decisions.py", "DeliveryActKind"): frozenset(
        {"WITHDRAW", "TAKE_BACK", "PROPOSE_PLAN", "RETURN_PLAN", "ACCEPT_PLAN", "SUBSTITUTE", "CARRY", "MONEY"}
        | {"LEAVE_OPEN", "TELL_TO_IMPROVE", "IMPROVED", "NOT_IMPROVED", "PUBLISH"}
    ),
    # Only these agreements have terms of their own, and only two kinds of act are never taken back.
    ("tomsapp/domain/delivery/act_checks.py", "DeliveryActKind"): frozenset(
        {"ACCEPT", "ACCEPT_PROVISIONALLY", "REJECT", "CONFIRM", "LAPSE", "WITHDRAW"}
        | {"PROPOSE_PLAN", "RETURN_PLAN", "ACCEPT_PLAN", "LEAVE_OPEN"}
    ),
    # The heads of the columns that are read back; the others are there for people, and some have the quarter's name.
    ("tomsapp/exchange/return_layout.py", "Head"): frozenset(
        {"BEFORE_ALL", "BEFORE_YEAR", "PLANNED", "SHARE", "SO_FAR", "TITLE", "UNIT", "UNIT_VALUE", "WHERE"}
        | {"VALUE_CLAIMED", "VALUE_EVIDENCED"}
    ),
    # The texts, counts and numbers of a row; what is filled in, worked out or hidden is written otherwise.
    ("tomsapp/exchange/return_write.py", "Head"): frozenset(
        {"CALLED", "EVIDENCE", "LINE", "NEW", "NOTE", "RETAINED", "SEEN", "SHARE", "TRANSFERRED", "UNIT_VALUE"}
        | {"VALUE_CLAIMED", "VALUE_EVIDENCED"}
    ),
    # A supplier returns these two; the others are decided, or planned.
    ("tomsapp/exchange/return_sums.py", "State"): frozenset({"ACCEPTED", "DUE", "FINAL"}),
    # A step that is open has its number in the place of an icon.
    ("tomsapp/gui/widgets/stepper.py", "StepMark"): frozenset({"OPEN"}),
    # What is right as it stands is declared of no people or things.
    ("tomsapp/domain/checks/words.py", "AnswerChoice"): frozenset({"RIGHT"}),
    # A question has no reason.
    ("tomsapp/gui/tenders/decision_form.py", "DecisionKind"): frozenset({"ASK"}),
}
"""Dictionaries that leave members out on purpose, by module and enum: the members that none of them names."""

OPEN = {
    # The other columns are typed into or sums, which other functions write.
    "tomsapp/exchange/workbook_write.py": "column.role (Role)",
}
"""Ladders over members that are left open on purpose, by module."""

Enums = dict[str, frozenset[str]]
"""The enums that a module can name, with the names of their members."""


def defined_in(tree: ast.Module) -> Enums:
    return {
        node.name: frozenset(
            target.id
            for each in node.body
            if isinstance(each, ast.Assign)
            for target in each.targets
            if isinstance(target, ast.Name) and not target.id.startswith("_")
        )
        for node in tree.body
        if isinstance(node, ast.ClassDef) and any(ast.unparse(base).endswith("Enum") for base in node.bases)
    }


SOURCES = {relative(path): parse(path) for path in modules()}
DEFINED = {path.removesuffix(".py").replace("/", "."): defined_in(tree) for path, tree in SOURCES.items()}


@cache
def enums_of(path: str) -> Enums:
    found = dict(DEFINED[path.removesuffix(".py").replace("/", ".")])
    for node in ast.walk(SOURCES[path]):
        if isinstance(node, ast.ImportFrom) and node.module in DEFINED:
            there = DEFINED[node.module]
            found |= {each.asname or each.name: there[each.name] for each in node.names if each.name in there}
    return found


def member(node: ast.expr | None, enums: Enums) -> tuple[str, str] | None:
    """The enum and the member that an expression names, or None."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in enums:
        return (node.value.id, node.attr) if node.attr in enums[node.value.id] else None
    return None


def asked(test: ast.expr, enums: Enums) -> tuple[str, str] | None:
    """What a test asks of which enum: `kind is Unit.HOURS` asks (kind, Unit); None for any other test."""
    if isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And):
        return asked(test.values[0], enums)
    if not isinstance(test, ast.Compare) or not isinstance(test.ops[0], ast.Is | ast.Eq | ast.In):
        return None
    right = test.comparators[0]
    named = right.elts[0] if isinstance(right, ast.Set | ast.Tuple | ast.List) and right.elts else right
    found = member(named, enums)
    return (ast.unparse(test.left), found[0]) if found else None


def leaves(body: list[ast.stmt]) -> bool:
    return isinstance(body[-1], ast.Return | ast.Raise | ast.Continue)


def ladders(tree: ast.Module, enums: Enums) -> Iterator[tuple[int, str]]:
    """Where two or more tests in a row ask the same value for one member after the other."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp) and (first := asked(node.test, enums)):
            rest = node.orelse if isinstance(node, ast.IfExp) else (node.orelse[0] if len(node.orelse) == 1 else None)
            if isinstance(rest, ast.If | ast.IfExp) and asked(rest.test, enums) == first:
                yield node.lineno, f"{first[0]} ({first[1]})"
        for block in (getattr(node, name, None) for name in ("body", "orelse")):
            if not isinstance(block, list):
                continue
            for one, other in pairwise(block):
                if isinstance(one, ast.If) and leaves(one.body) and (first := asked(one.test, enums)):
                    then = other.test if isinstance(other, ast.If) else None
                    value = other.value if isinstance(other, ast.Return) else None
                    then = value.test if isinstance(value, ast.IfExp) else then
                    if then is not None and asked(then, enums) == first:
                        yield one.lineno, f"{first[0]} ({first[1]})"


def dictionaries(tree: ast.Module, enums: Enums) -> Iterator[tuple[int, str, frozenset[str]]]:
    """Every dictionary whose keys are members of one enum: its line, the enum, the members that it leaves out."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict) and node.keys:
            named = [member(key, enums) for key in node.keys]
            if all(named) and len({each[0] for each in named if each}) == 1:
                enum = next(each[0] for each in named if each)
                yield node.lineno, enum, enums[enum] - {each[1] for each in named if each}


def open_matches(tree: ast.Module, enums: Enums) -> Iterator[int]:
    """Matches over members of an enum that do not end in `assert_never`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Match):
            continue
        patterns = [each for case in node.cases for each in ast.walk(case.pattern)]
        if any(isinstance(each, ast.MatchValue) and member(each.value, enums) for each in patterns):
            last = node.cases[-1].body[-1]
            call = last.value if isinstance(last, ast.Expr) else None
            is_closed = isinstance(call, ast.Call) and ast.unparse(call.func) == "assert_never"
            if not is_closed:
                yield node.lineno


def test_a_dictionary_names_every_member_or_is_listed() -> None:
    left_out: dict[tuple[str, str], frozenset[str]] = {}
    for path, tree in SOURCES.items():
        for _, enum, missing in dictionaries(tree, enums_of(path)):
            if missing:
                left_out[path, enum] = left_out.get((path, enum), missing) & missing
    assert left_out == PARTIAL


def test_members_are_asked_for_in_a_match_and_not_one_after_the_other() -> None:
    found = {(path, what) for path, tree in SOURCES.items() for _, what in ladders(tree, enums_of(path))}
    assert found == set(OPEN.items())


def test_a_match_over_an_enum_ends_in_assert_never() -> None:
    found = [f"{path}:{line}" for path, tree in SOURCES.items() for line in open_matches(tree, enums_of(path))]
    assert not found


SAMPLE = """
from enum import Enum
class Way(Enum):
    UP = 1
    DOWN = 2
    STILL = 3
class Lift:
    def one(self, way):
        if way is Way.UP:
            return 1
        if way == Way.DOWN and self:
            return 2
        return 3
    def two(self, way):
        if way in {Way.UP, Way.DOWN}:
            go()
        elif way is Way.STILL:
            stop()
    def three(self, way):
        return 1 if way is Way.UP else 2 if way is Way.DOWN else 3
    def four(self, way):
        if way is Way.UP:
            return 1
        return 2 if way is Way.DOWN else 3
    def five(self, way):
        match way:
            case Way.UP:
                return 1
            case _:
                return 2
    def six(self, way):
        match way:
            case Way.UP | Way.DOWN | Way.STILL:
                return {Way.UP: 1, Way.DOWN: 2}[way]
            case _:
                assert_never(way)
    def seven(self, way):
        return "up" if way is Way.UP else ""
"""


def test_what_is_looked_for_is_found() -> None:
    tree = ast.parse(SAMPLE)
    enums = defined_in(tree)
    assert sorted(line for line, _ in ladders(tree, enums)) == [9, 15, 20, 22]
    assert list(open_matches(tree, enums)) == [26]
    assert [missing for _, _, missing in dictionaries(tree, enums)] == [{"STILL"}]
