"""What was sealed beside the values of the day: one section of the valuation, once something is sealed."""

from tomsapp.reports.context import ReportContext
from tomsapp.reports.flowables import Block, Bullets, Heading, Paragraph
from tomsapp.reports.styles import CELL_MUTED

TODAY_TAKES = "Today takes the quantities as signed: whether each unit counts by today’s rules was not asked."
"""What a figure of today does not say, wherever one stands beside what was signed."""
SEALED_STAYS = f"No act changes what was sealed. Today’s values are for information. {TODAY_TAKES}"
"""The note under figures of today beside sealed ones."""


def as_signed_and_today(context: ReportContext) -> list[Block]:
    """The sealed acts and each difference with its reason; nothing while nothing is sealed."""
    if not context.sealed:
        return []
    first, *others = context.sealed
    return [
        Heading("As signed and as of today", bookmark="sealed"),
        Paragraph(first),
        *([Bullets(others)] if others else []),
        Paragraph(SEALED_STAYS, CELL_MUTED, tail=True),
    ]
