"""What must be said of tables whose rows overlap, so that nobody adds them up."""

from tomsapp.domain.money import total
from tomsapp.domain.portfolio import OVERLAPPING, Grouping, PortfolioFigures
from tomsapp.domain.wording import format_pounds

_PRIORITIES = "A measure may serve several priorities. What serves none stands under “No priority”."
_NEIGHBOURHOODS = (
    "A ward may be in several neighbourhoods. What is promised for the whole area, outside it or in a ward of none "
    "stands under “No neighbourhood”."
)


def overlap_note(figures: PortfolioFigures, grouping: Grouping) -> str:
    """In sentences: whether lines stand in several rows of a table, and what the rows come to then.

    Empty for a table whose rows do not overlap by their nature, and for one without rows.
    """
    rows = figures.rows(grouping)
    if grouping not in OVERLAPPING or not rows:
        return ""
    is_priority = grouping is Grouping.PRIORITY
    why, several = (_PRIORITIES, "priorities") if is_priority else (_NEIGHBOURHOODS, "neighbourhoods")
    if sum(row.commitments for row in rows) == figures.commitments:
        return f"{why} Here no commitment is in two {several}, so each counts once."
    added = format_pounds(total(row.social_value for row in rows))
    return (
        f"{why} Here some commitments are in several {several} and count in each row: the rows must not be added up. "
        f"They would come to {added} of social value, and each commitment once comes to "
        f"{format_pounds(figures.social_value)}."
    )


def overlap_notes(figures: PortfolioFigures) -> tuple[str, ...]:
    """The sentences for every table of figures whose rows may overlap."""
    return tuple(filter(None, (overlap_note(figures, grouping) for grouping, _ in figures.tables)))
