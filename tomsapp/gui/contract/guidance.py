"""What to know about a measure before it is added: its value, what counts, the evidence, and what clashes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from tomsapp.domain.contract_dates import ContractYear
from tomsapp.domain.measure_words import counting_words
from tomsapp.domain.menu import Clash, ExclusionGroup, Measure, MenuEdition, Place
from tomsapp.domain.uprating import uprating_text
from tomsapp.domain.wording import format_pounds, listed
from tomsapp.gui.widgets.layouts import STRETCH, holding, in_column, in_grid
from tomsapp.gui.widgets.problems import ProblemRow
from tomsapp.gui.widgets.text import Text, marked_part


def build_guidance(place: Place, edition: MenuEdition, used: Sequence[str], years: Sequence[ContractYear]) -> QWidget:
    """The guidance of one measure, beside the measures that the contract has already, at the values of its years."""
    measure = place.measure
    way = f"{measure.code}  ·  {place.theme.title}  ›  {place.outcome.title}"
    described = Text(measure.description, "note", wrap=True, selectable=True) if measure.description else None
    parts = (
        ("circle-check", "success_mark", "Count", measure.count),
        ("circle-x", "danger_mark", "Do not count", measure.do_not_count),
        ("file-text", "text_muted", "Evidence to ask for", measure.evidence),
        ("info", "info_mark", "Advice", (measure.guidance,) if measure.guidance else ()),
    )
    column = in_column(
        Text(way, "note", "text_muted", wrap=True),
        Text(measure.title, "h2", wrap=True),
        described,
        _value_box(measure, edition, years),
        *(marked_part(*part, "note_strong") for part in parts if part[3]),
        *(ProblemRow("info", sentence) for sentence in clash_notes(measure, edition, used)),
        STRETCH,
        margins=(0, 0, 8, 8),
        gap=12,
    )
    content = holding(column, "clear")
    content.setAccessibleName(f"Guidance for {measure.full_name}")
    return content


def value_facts(measure: Measure, edition: MenuEdition, years: Sequence[ContractYear]) -> Iterable[tuple[str, str]]:
    """Caption and words of everything about the unit value; a dated one has its value in each contract year."""
    proxy = measure.proxy
    if proxy is None:
        yield "Unit value", "None: it is counted, not valued"
    else:
        found = [(year, measure.unit_value_in(year.starts_on.year)) for year in years]
        valued = [(year, value) for year, value in found if value is not None]
        if proxy.is_dated and valued:
            said = "\n".join(f"{year.label}: {format_pounds(value.value)}" for year, value in valued)
            yield f"Unit value for each {measure.each_name}", said
            year, value = valued[0]
            yield f"How that of {year.label} was made", uprating_text(value, edition.price_base)
        else:
            for value in measure.unit_values[:1]:
                dated = f" in {value.year}, another value each year" if value.year is not None else ""
                yield "Unit value", f"{format_pounds(value.value)} for each {measure.each_name}{dated}"
                yield "How it was made", uprating_text(value, edition.price_base)
        source = proxy.source
        yield "Source", ", ".join(filter(None, (source.cited, proxy.source_detail)))
        yield "Licence", source.licence
        yield "Confidence", proxy.confidence.capitalize()
    yield "Counts", counting_words(measure)


def clash_notes(measure: Measure, edition: MenuEdition, used: Sequence[str]) -> list[str]:
    """What may not be claimed for the same thing; measures of this contract first."""
    notes: list[str] = []
    for group in sorted(
        edition.groups_of(measure.code), key=lambda group: not set(group.rivals_of(measure.code)) & set(used)
    ):
        rivals = group.rivals_of(measure.code)
        here = [code for code in rivals if code in used]
        named = list(map(edition.name_of, here or rivals))
        others = [*named[:3], *(["others"] if len(named) > 3 else [])] if named else list(group.elsewhere)
        if others:
            notes.append(_clash_sentence(group, listed(others, "or"), has_rival_here=bool(here)))
    return notes


def _clash_sentence(group: ExclusionGroup, others: str, *, has_rival_here: bool) -> str:
    first = f"Do not claim the same {group.same} under {others}."
    if group.severity is Clash.BLOCK:
        then = (
            " It is in this contract, so one of them must come out."
            if has_rival_here
            else " They cannot stand together."
        )
    elif has_rival_here:
        then = " It is in this contract: if you add this one, you will be asked to confirm that they are different."
    else:
        then = " If you add both, you will be asked to confirm that they are different."
    return first + then


def _value_box(measure: Measure, edition: MenuEdition, years: Sequence[ContractYear]) -> QFrame:
    box = QFrame()
    box.setProperty("k", "inset")
    grid = in_grid(inside=box, margins=(14, 10, 14, 10), gaps=(12, 4), shares=(0, 1))
    for row, (caption, words) in enumerate(value_facts(measure, edition, years)):
        grid.addWidget(Text(caption, "note", "text_muted", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(Text(words, "note" if row else "note_strong", wrap=True, selectable=True), row, 1)
    return box
