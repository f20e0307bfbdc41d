"""Everything that an edition says about one measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QWidget

from tomsapp.domain.measure_words import (
    TOGETHER,
    counting_words,
    measure_facts,
    proxy_facts,
    together_words,
    withdrawn_words,
)
from tomsapp.domain.menu import EditionStatus, Measure, MenuEdition, Place
from tomsapp.domain.proxy import ProxyValue
from tomsapp.domain.wording import format_date, licence_words, plural
from tomsapp.gui.menu.unit_value_box import UnitValueBox
from tomsapp.gui.widgets.buttons import LinkButton, web_link
from tomsapp.gui.widgets.edges import TOP
from tomsapp.gui.widgets.layouts import STRETCH, Part, add_part, holding, in_column, in_grid, in_row
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline, marked_part
from tomsapp.services.menu_library import ContractListRow

_MOST_CONTRACTS = 40
_DATED = "The value changes each year. A contract year takes the value of the year in which it starts."


class MeasureView(QFrame):
    """One measure: its unit value and how it was made, what counts, the evidence, the source, and where it is used."""

    contract_wanted = Signal(int)
    """Number of a contract that uses the measure."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._area = ScrollArea("The measure")
        in_column(self._area, inside=self, margins=(20, 12, 8, 12))
        self._contracts: Sequence[ContractListRow] = ()

    def show_measure(
        self, place: Place, edition: MenuEdition, contracts: Sequence[ContractListRow], today: date
    ) -> None:
        """Show a measure, and the contracts of this database that use it under this edition."""
        self._contracts = contracts
        measure = place.measure
        withdrawn, proxy = withdrawn_words(edition), measure.proxy
        is_dated = proxy is not None and proxy.is_dated
        parts: tuple[Part, ...] = (
            _head(place, edition),
            Text(withdrawn, "note", "warning", wrap=True, selectable=True) if withdrawn else None,
            Text(measure.title, "h2", wrap=True, selectable=True),
            Text(measure.description, wrap=True, selectable=True) if measure.description else None,
            hairline(),
            Text(f"Unit value for each {measure.each_name}", "h3", wrap=True),
            Text(_DATED, "note", "text_muted", wrap=True) if is_dated else None,
            UnitValueBox(measure, edition, today.year),
            _captioned("Counts", counting_words(measure)),
            _guidance(measure, edition),
            *(_captioned(fact.label, fact.text) for fact in measure_facts(measure)),
            hairline(),
            *(_source(measure, proxy) if proxy is not None else ()),
            self._build_use(measure, edition),
            STRETCH,
        )
        self._area.setWidget(holding(in_column(*parts, margins=(0, 0, 12, 0), gap=8), "clear"))

    def clear(self) -> None:
        """Show nothing: no measure is chosen."""
        self._area.setWidget(QWidget())

    def _build_use(self, measure: Measure, edition: MenuEdition) -> QHBoxLayout:
        if self._contracts:
            self.use = LinkButton(plural(len(self._contracts), "contract"), role="note", does=self._on_use)
        used = self.use if self._contracts else Text("no contract of this database", "note")
        facts = []
        if measure.review_due is not None:
            facts.append(f"Review due {format_date(measure.review_due)}.")
        if owner := measure.owner or edition.owner:
            facts.append(f"Kept by {owner}.")
        return in_row(Text("Used in", "note_strong"), used, 8, (Text(" ".join(facts), "note", wrap=True), 1), gap=5)

    def _on_use(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in self._contracts[:_MOST_CONTRACTS]:
            words = f"{row.reference}  {row.title}".replace("&", "&&")
            menu.addAction(words).setData(row.id)
        left = len(self._contracts) - _MOST_CONTRACTS
        if left > 0:
            menu.addAction(f"and {left:,} more").setEnabled(False)
        menu.triggered.connect(lambda action: self.contract_wanted.emit(int(action.data())))
        menu.popup(self.use.mapToGlobal(QPoint(0, self.use.height())))


def status_words(edition: MenuEdition) -> tuple[str, str, str]:
    """What the state of an edition means: icon, tone, sentence."""
    if edition.status is EditionStatus.DRAFT:
        return "pencil-line", "warning", "Draft. Values can still change."
    published = f"Published {format_date(edition.published_on)}. " if edition.published_on else ""
    if edition.status is EditionStatus.WITHDRAWN:
        return "lock", "text_muted", f"{published}Withdrawn. Values are fixed."
    return "lock", "success", f"{published}Values are fixed."


def _head(place: Place, edition: MenuEdition) -> QHBoxLayout:
    icon, tone, words = status_words(edition)
    way = f"{place.measure.code}  ·  {place.theme.title}  ›  {place.outcome.title}"
    state = (IconLabel(icon, tone, 16), TOP), (Text(words, "note_strong", tone), TOP)
    return in_row((Text(way, "note", "text_muted", wrap=True), 1), *state, gap=6)


def _source(measure: Measure, proxy: ProxyValue) -> list[QHBoxLayout]:
    """Where the value was published, how it was worked out, and how sure it is."""
    source = proxy.source
    published = ", ".join(filter(None, (source.cited, proxy.source_detail)))
    rows = [_captioned("Source", f"{published}. {licence_words(source.licence)}.")]
    add_part(rows[0], (web_link("See the source", proxy.address or source.address), TOP))
    if proxy.derivation:
        rows.append(_captioned("How it was worked out", proxy.derivation))
    rows += [_captioned(fact.label, fact.text) for fact in proxy_facts(measure)]
    if proxy.confidence:
        note = f". {proxy.confidence_note}" if proxy.confidence_note else "."
        rows.append(_captioned("Confidence", f"{proxy.confidence.capitalize()}{note}"))
    return rows


def _guidance(measure: Measure, edition: MenuEdition) -> QGridLayout:
    parts = (
        ("circle-check", "success_mark", "Count", measure.count),
        ("file-text", "text_muted", "Evidence to ask for", measure.evidence),
        ("circle-x", "danger_mark", "Do not count", measure.do_not_count),
        ("split", "text_muted", TOGETHER, clash_sentences(measure, edition)),
        ("info", "info_mark", "Advice", (measure.guidance,) if measure.guidance else ()),
    )
    grid = in_grid(gaps=(24, 12), shares=(1, 1))
    for place, part in enumerate(part for part in parts if part[3]):
        grid.addWidget(marked_part(*part), place // 2, place % 2, TOP)
    return grid


def clash_sentences(measure: Measure, edition: MenuEdition) -> list[str]:
    """The measures that may count the same person, pound or tonne, what happens when both are claimed, and why."""
    sentences = []
    for group in edition.groups_of(measure.code):
        others = "; ".join([*map(edition.name_of, group.rivals_of(measure.code)), *group.elsewhere])
        sentences.append(f"{others}. {together_words(group, edition)} {group.reason}")
    return sentences


def _captioned(caption: str, words: str) -> QHBoxLayout:
    said = Text(words, "note", wrap=True, selectable=True)
    return in_row((Text(caption, "note_strong"), TOP), (said, 1), gap=8)
