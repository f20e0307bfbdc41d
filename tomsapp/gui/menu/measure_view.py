"""Everything that an edition says about one measure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from tomsapp.domain.measure_words import (
    TOGETHER,
    measure_facts,
    proxy_facts,
    together_words,
    withdrawn_words,
)
from tomsapp.domain.menu import Counts, EditionStatus, Measure, MenuEdition, Place
from tomsapp.domain.proxy import ProxyValue
from tomsapp.domain.wording import format_date, format_percent, licence_words, plural
from tomsapp.gui.menu.unit_value_box import UnitValueBox
from tomsapp.gui.widgets.buttons import LinkButton
from tomsapp.gui.widgets.scroll_area import ScrollArea
from tomsapp.gui.widgets.text import IconLabel, Text, hairline
from tomsapp.services.menu_library import ContractListRow

_MOST_CONTRACTS = 40
_COUNTS = {
    Counts.EACH_YEAR: "Counts in every year in which it happens.",
    Counts.ONCE: "Counts once, in the year it happens.",
    Counts.FIRST_12_MONTHS: "Counts each person once, in the year they start.",
}


class MeasureView(QFrame):
    """One measure: its unit value and how it was made, what counts, the evidence, the source, and where it is used."""

    contract_wanted = Signal(int)
    """Number of a contract that uses the measure."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("k", "card")
        self._area = ScrollArea("The measure")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 12, 8, 12)
        column.addWidget(self._area)
        self._contracts: Sequence[ContractListRow] = ()

    def show_measure(
        self, place: Place, edition: MenuEdition, contracts: Sequence[ContractListRow], today: date
    ) -> None:
        """Show a measure, and the contracts of this database that use it under this edition."""
        self._contracts = contracts
        measure = place.measure
        inner = QWidget()
        inner.setProperty("k", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addLayout(_head(place, edition))
        if withdrawn := withdrawn_words(edition):
            column.addWidget(Text(withdrawn, "note", "warning", wrap=True, selectable=True))
        column.addWidget(Text(measure.title, "h2", wrap=True, selectable=True))
        if measure.description:
            column.addWidget(Text(measure.description, wrap=True, selectable=True))
        column.addWidget(hairline())
        column.addWidget(Text(f"Unit value for each {measure.each_name}", "h3", wrap=True))
        if measure.proxy is not None and measure.proxy.is_dated:
            words = "The value changes each year. A contract year takes the value of the year in which it starts."
            column.addWidget(Text(words, "note", "text_muted", wrap=True))
        column.addWidget(UnitValueBox(measure, edition, today.year))
        column.addWidget(Text(" ".join(_terms(measure)), "note", "text_muted", wrap=True))
        column.addLayout(_guidance(measure, edition))
        for fact in measure_facts(measure):
            column.addLayout(_captioned(fact.label, fact.text))
        column.addWidget(hairline())
        if measure.proxy is not None:
            self._add_source(column, measure, measure.proxy)
        column.addLayout(self._build_use(measure, edition))
        column.addStretch(1)
        self._area.setWidget(inner)

    def clear(self) -> None:
        """Show nothing: no measure is chosen."""
        self._area.setWidget(QWidget())

    def _add_source(self, column: QVBoxLayout, measure: Measure, proxy: ProxyValue) -> None:
        source = proxy.source
        parts = (source.title, source.publisher, source.year, proxy.source_detail)
        published = ", ".join(part for part in parts if part)
        row = _captioned("Source", f"{published}. {licence_words(source.licence)}.")
        address = proxy.address or source.address
        if address.startswith(("https://", "http://")):
            link = LinkButton("See the source", role="note")
            link.setToolTip(address)
            link.clicked.connect(lambda: QDesktopServices.openUrl(QUrl(address)))
            row.addWidget(link, 0, Qt.AlignmentFlag.AlignTop)
        column.addLayout(row)
        if proxy.derivation:
            column.addLayout(_captioned("How it was worked out", proxy.derivation))
        for fact in proxy_facts(measure):
            column.addLayout(_captioned(fact.label, fact.text))
        if proxy.confidence:
            note = f". {proxy.confidence_note}" if proxy.confidence_note else "."
            column.addLayout(_captioned("Confidence", f"{proxy.confidence.capitalize()}{note}"))

    def _build_use(self, measure: Measure, edition: MenuEdition) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(5)
        row.addWidget(Text("Used in", "note_strong"))
        if self._contracts:
            self.use = LinkButton(plural(len(self._contracts), "contract"), role="note")
            self.use.clicked.connect(self._on_use)
            row.addWidget(self.use)
        else:
            row.addWidget(Text("no contract of this database", "note"))
        facts = []
        if measure.review_due is not None:
            facts.append(f"Review due {format_date(measure.review_due)}.")
        if owner := measure.owner or edition.owner:
            facts.append(f"Kept by {owner}.")
        row.addSpacing(8)
        row.addWidget(Text(" ".join(facts), "note", wrap=True), 1)
        return row

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
    row = QHBoxLayout()
    row.setSpacing(6)
    way = f"{place.measure.code}  ·  {place.theme.title}  ›  {place.outcome.title}"
    row.addWidget(Text(way, "note", "text_muted", wrap=True), 1)
    row.addWidget(IconLabel(icon, tone, 16), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(words, "note_strong", tone), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _terms(measure: Measure) -> list[str]:
    found = [_COUNTS[measure.counts]]
    if measure.real_pounds:
        found.append("The real pounds handed over are counted beside it and never added.")
    if measure.local_only:
        found.append("Only what happens in the borough counts.")
    if measure.employment_outcome:
        outcomes = plural(measure.employment_outcome, "employment outcome", "employment outcomes")
        found.append(f"Each counts as {outcomes}.")
    for share, words in (
        (measure.deadweight_share, "would have happened anyway"),
        (measure.displacement_share, "is moved from elsewhere"),
        (measure.drop_off_share, "is lost in each later year"),
    ):
        if share:
            found.append(f"{format_percent(share)} {words}.")
    if measure.benefit_years > 1:
        found.append(f"The benefit lasts {plural(measure.benefit_years, 'year')}.")
    return found


def _guidance(measure: Measure, edition: MenuEdition) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(12)
    parts = (
        ("circle-check", "success_mark", "Count", measure.count),
        ("file-text", "text_muted", "Evidence to ask for", measure.evidence),
        ("circle-x", "danger_mark", "Do not count", measure.do_not_count),
        ("split", "text_muted", TOGETHER, clash_sentences(measure, edition)),
        ("info", "info_mark", "Advice", (measure.guidance,) if measure.guidance else ()),
    )
    shown = [part for part in parts if part[3]]
    for place, part in enumerate(shown):
        grid.addWidget(_part(*part), place // 2, place % 2, Qt.AlignmentFlag.AlignTop)
    for column in range(2):
        grid.setColumnStretch(column, 1)
    return grid


def clash_sentences(measure: Measure, edition: MenuEdition) -> list[str]:
    """The measures that may count the same person, pound or tonne, what happens when both are claimed, and why."""
    sentences = []
    for group in edition.groups_of(measure.code):
        rivals = [edition.find_measure(code) for code in group.rivals_of(measure.code)]
        named = [f"{rival.code} {rival.title}" for rival in rivals if rival is not None]
        others = "; ".join([*named, *group.elsewhere])
        sentences.append(f"{others}. {together_words(group, edition)} {group.reason}")
    return sentences


def _part(icon: str, tone: str, heading: str, sentences: Sequence[str]) -> QWidget:
    part = QWidget()
    row = QHBoxLayout(part)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(9)
    row.addWidget(IconLabel(icon, tone, 17), 0, Qt.AlignmentFlag.AlignTop)
    column = QVBoxLayout()
    column.setSpacing(3)
    column.addWidget(Text(heading, "strong"))
    for sentence in sentences:
        column.addWidget(Text(sentence, "note", wrap=True, selectable=True))
    column.addStretch(1)
    row.addLayout(column, 1)
    return part


def _captioned(caption: str, words: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addWidget(Text(caption, "note_strong"), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Text(words, "note", wrap=True, selectable=True), 1)
    return row
