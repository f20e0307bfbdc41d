"""The bar chart of a council's paper: names at the left, bars from one zero, each figure after its bar."""

import io
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import pypdfium2

from tomsapp.domain.papers.council_paper import PaperChart
from tomsapp.reports.document import ReportDocument, RunningText
from tomsapp.reports.finish import Details
from tomsapp.reports.flowables import Figure
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.styles import ACCEPTED, CHART, CHART_MUTED, SIDE_MARGIN, TEXT, TOP_MARGIN, Shape
from tomsapp.reports.tags import TaggedCanvas
from tomsapp.reports.text import Typesetter

_NAMES: Final = 150.0
_FIGURES: Final = 110.0
_BAR: Final = 14.0
_STEP: Final = 20.0
_GAP: Final = 6.0
_LEAST: Final = 1.0
_EDGE: Final = 4.0
_PICTURE_SCALE: Final = 3.0
"""How many pixels of a picture stand for a point: 216 to the inch, which prints well."""


@dataclass(frozen=True)
class PaperBars:
    """A chart as the pages of a PDF draw it."""

    chart: PaperChart

    @property
    def height(self) -> float:
        """Its height in points."""
        return _STEP * len(self.chart.bars)

    def draw(self, canvas: TaggedCanvas, typesetter: Typesetter, left: float, top: float, width: float) -> None:
        """Draw the bars downwards from the top edge."""
        zero, scale = left + _NAMES, (width - _NAMES - _FIGURES) / float(self.chart.longest)
        y = top
        for bar in self.chart.bars:
            long = max(float(bar.amount) * scale, _LEAST) if bar.amount > 0 else 0.0
            if long:
                canvas.rectangle((zero, y - _BAR, zero + long, y), ACCEPTED)
            name = typesetter.one_line(bar.name, replace(CHART_MUTED, colour=TEXT), _NAMES - 2 * _GAP)
            figure = typesetter.one_line(bar.figure, CHART, _FIGURES - _GAP)
            baseline = y - _BAR / 2 - 0.33 * CHART.size
            canvas.text([(name, zero - _GAP - name.width, baseline), (figure, zero + long + _GAP, baseline)])
            y -= _STEP
        canvas.upright(zero, y + _STEP - _BAR - 3, top + 2, TEXT, 0.9)


def chart_picture(chart: PaperChart, fonts: FontSet) -> bytes:
    """The same chart as a PNG picture, for files that hold pictures; the same chart gives the same bytes."""
    details = Details(chart.caption or "Chart", "tomsapp", datetime(2000, 1, 1, tzinfo=UTC))
    document = ReportDocument(fonts, RunningText("", "", ""), details)
    bars = PaperBars(chart)
    document.add(Figure(bars, chart.alternative))
    page = pypdfium2.PdfDocument(document.build().data)[0]
    shape = Shape.PORTRAIT
    bottom = max(shape.height - TOP_MARGIN - bars.height - 2 * _EDGE, 0.0)
    edges = (SIDE_MARGIN - _EDGE, bottom, SIDE_MARGIN - _EDGE, TOP_MARGIN - _EDGE)
    picture = page.render(scale=_PICTURE_SCALE, crop=edges).to_pil()
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
