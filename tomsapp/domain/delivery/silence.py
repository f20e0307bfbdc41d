"""What our summary makes of commitments of which no return is on record, beside others of which there is one.

They count with what is due of them, and nothing accepted: a supplier who returns only what went well must not look the
better for it. But nobody may take the council's missing records for a failure, so it is told wherever the summary is.
Source: docs/method.md, section 9.
"""

from tomsapp.domain.delivery.figures import Delivered
from tomsapp.domain.money import total
from tomsapp.domain.wording import format_pounds, plural


def silence_words(delivered: Delivered) -> str:
    """How much of what is due is silent, and what the summary would be otherwise if that is another word; or ""."""
    told = delivered.summary_of_returned
    if told is None:
        return ""
    silent = [line.pounds.due for line in delivered.lines if line.rated.is_silent and line.pounds.due]
    of = plural(len(silent), "commitment")
    words = f"{format_pounds(total(silent))} of what is due is of {of} with no return on record: nothing of it counts."
    if told.rating is delivered.summary.rating:
        return words
    return f"{words} Of the others alone it would be {told.rating.words}, {told.sum_words}."
