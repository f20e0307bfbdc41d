"""Where the commitments of an awarded contract came from, as JSON that is kept with the act."""

from collections.abc import Iterable, Mapping

from tomsapp.domain.tender.award import AwardedLine
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.record_json import NoRecord, table_in, text_in
from tomsapp.exchange.result_read import MOST_RESULT_BYTES
from tomsapp.reading.text_formats import read_json

AWARD_FORMAT = "tomsapp-award-1"
_FILE, _RESTORE = "What is kept of the award", "Restore the database from a backup"


def write_award(lines: Iterable[AwardedLine]) -> bytes:
    """The lines as bytes, the same for the same lines."""
    told = [{"commitment": each.commitment, "receipt": each.receipt, "line": each.line} for each in lines]
    return to_json({"format": AWARD_FORMAT, "lines": told})


def read_award(data: bytes) -> tuple[AwardedLine, ...]:
    """The lines in the bytes of an award.

    Raises:
        OfferUnreadable: they are none.
    """
    values = usable(read_json(data, _FILE, MOST_RESULT_BYTES))
    lines = values.get("lines")
    if values.get("format") != AWARD_FORMAT or not isinstance(lines, list):
        raise OfferUnreadable(f"{_FILE} cannot be read", _RESTORE)
    try:
        return tuple(_line(table_in(each)) for each in lines)
    except NoRecord as error:
        raise OfferUnreadable(f"{_FILE} cannot be read: {error.message}", _RESTORE) from error


def _line(values: Mapping[str, object]) -> AwardedLine:
    commitment, receipt = values.get("commitment"), values.get("receipt")
    if type(commitment) is not int or type(receipt) is not int:
        raise NoRecord("A line has no commitment or no receipt")
    return AwardedLine(commitment, receipt, text_in(values, "line"))
