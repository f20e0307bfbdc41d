"""Plain values of an edition's files in, a menu edition or Problems out: everything that is wrong at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from tomsapp.domain.menu import EditionStatus, MenuEdition, Theme
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.menufiles.errors import problem_at
from tomsapp.menufiles.exclusions import read_apart, read_groups
from tomsapp.menufiles.files import MENU_FILE
from tomsapp.menufiles.measures import read_theme
from tomsapp.menufiles.proxies import PriceContext
from tomsapp.menufiles.sources import read_deflator, read_price_base, read_sources
from tomsapp.reading.fields import EDITION_PATTERN, FieldReader
from tomsapp.reading.text_formats import parse_toml

THEME_FILES = "theme-*.toml"


@dataclass(frozen=True, slots=True)
class Built:
    """An edition as its files say it (None when they have errors), and the file of each measure."""

    edition: MenuEdition | None
    problems: tuple[Problem, ...]
    file_of: Mapping[str, str]


def build_edition(texts: Mapping[str, str]) -> Built:
    """The edition whose TOML texts are given by file name; its unit values are computed."""
    problems: list[Problem] = []
    parsed = _parse_all(texts, problems)
    menu = parsed.pop(MENU_FILE, None)
    if menu is None:
        if MENU_FILE not in texts:
            fix = "Add menu.toml with the edition’s code, title, price base and sources"
            problems.append(problem_at("missing-file", "The edition has no menu.toml", fix, Where(file=MENU_FILE)))
        return Built(None, tuple(problems), {})
    edition, file_of = _build(FieldReader(menu, Where(file=MENU_FILE), problems), parsed, problems)
    return Built(None if has_errors(problems) else edition, tuple(problems), file_of)


def _parse_all(texts: Mapping[str, str], problems: list[Problem]) -> dict[str, dict[str, object]]:
    parsed: dict[str, dict[str, object]] = {}
    for name in sorted(texts):
        values = parse_toml(texts[name], name)
        if isinstance(values, Problem):
            problems.append(values)
        else:
            parsed[name] = values
    return parsed


def _build(
    reader: FieldReader, theme_values: Mapping[str, dict[str, object]], problems: list[Problem]
) -> tuple[MenuEdition, dict[str, str]]:
    owner = reader.text("owner")
    sources = read_sources(reader)
    context = PriceContext(sources, read_price_base(reader, of_one_year=True), read_deflator(reader, sources))
    themes = {name: read_theme(values, name, context, owner, problems) for name, values in theme_values.items()}
    file_of = _check_codes(themes, problems)
    if not themes:
        fix = "Add a file for each theme, such as theme-1-fair-work.toml"
        problems.append(problem_at("missing-file", "The edition has no theme file", fix, Where(file=THEME_FILES)))
    edition = MenuEdition(
        code=reader.code("code"),
        edition=reader.code("edition", EDITION_PATTERN),
        title=reader.text("title", required=True),
        status=reader.choice("status", EditionStatus),
        price_base=context.price_base,
        themes=tuple(sorted(themes.values(), key=lambda theme: theme.number)),
        summary=reader.text("summary"),
        in_force_from=reader.day("in_force_from"),
        in_force_until=reader.day("in_force_until"),
        owner=owner,
        area=reader.code("area") if reader.has("area") else "",
        policy=reader.code("policy") if reader.has("policy") else "",
        supersedes=reader.code("supersedes", EDITION_PATTERN) if reader.has("supersedes") else "",
        discount_rate=reader.share("discount_rate"),
        deflator=context.deflator,
        sources=tuple(sources.values()),
        exclusion_groups=read_groups(reader, file_of),
        apart=read_apart(reader, file_of),
    )
    reader.finish()
    _check_dates(reader, edition)
    return edition, file_of


def _check_dates(reader: FieldReader, edition: MenuEdition) -> None:
    begins, ends = edition.in_force_from, edition.in_force_until
    if begins and ends and ends < begins:
        reader.report("dates-out-of-order", "It ends before it begins", "Put the dates in order", "in_force_until")


def _check_codes(themes: Mapping[str, Theme], problems: list[Problem]) -> dict[str, str]:
    """The file of each measure; codes and theme numbers that stand twice are Problems."""
    file_of: dict[str, str] = {}
    outcome_files: dict[str, str] = {}
    theme_files: dict[str, str] = {}
    for name, theme in themes.items():
        _claim(
            theme_files, str(theme.number or ""), name, "theme number", Where(file=name, field="theme.number"), problems
        )
        for outcome in theme.outcomes:
            where = Where(file=name, field=f"outcome {outcome.code}, code")
            _claim(outcome_files, outcome.code, name, "outcome code", where, problems)
            for measure in outcome.measures:
                where = Where(file=name, measure=measure.code, field="code")
                _claim(file_of, measure.code, name, "measure code", where, problems)
    return file_of


def _claim(holders: dict[str, str], code: str, file: str, what: str, where: Where, problems: list[Problem]) -> None:
    if code and code in holders:
        message = f"The {what} {code} is used twice (also in {holders[code]})"
        problems.append(problem_at("duplicate-code", message, f"Give one of the two another {what}", where))
    if code:
        holders.setdefault(code, file)
