"""What the pages of a portfolio were made with beside its figures, as JSON, so that they can be printed again."""

from tomsapp.exchange.made_with import OF_EVERY_PAPER, MadeWith, read_some_made, some_made_values
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.reading.text_formats import read_json

MADE_FORMAT = "tomsapp-portfolio-made-1"
_MOST_BYTES = 1_000_000


def write_portfolio_made(made: MadeWith) -> bytes:
    """What the pages of a portfolio are made with as JSON in UTF-8, the same bytes for the same."""
    return to_json({"format": MADE_FORMAT, "made": some_made_values(made, OF_EVERY_PAPER)})


def read_portfolio_made(data: bytes, file: str) -> MadeWith:
    """What the pages of a portfolio were made with, for `tomsapp verify`.

    Raises:
        OfferUnreadable: it is not strict JSON, or not of a portfolio.
    """
    values = usable(read_json(data, file, _MOST_BYTES))
    context = values.get("made")
    if values.get("format") != MADE_FORMAT or not isinstance(context, dict):
        raise _not_of_a_portfolio(file, "Use the PDF as this program made it")
    made, wrong = read_some_made(context, file)
    if made is None:
        raise _not_of_a_portfolio(file, "; ".join(map(str, wrong)))
    return made


def _not_of_a_portfolio(file: str, fix: str) -> OfferUnreadable:
    return OfferUnreadable(f"{file} does not say what a portfolio of this program was made with ({MADE_FORMAT})", fix)
