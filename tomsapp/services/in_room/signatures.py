"""In the room: reads the signature of a PDF of unknown origin, and gives what it is over and whose it is."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from tomsapp.reports.errors import ReportError
from tomsapp.reports.pdf_bounds import look_at_bytes
from tomsapp.room.child import Answered
from tomsapp.room.plain import plain_bytes
from tomsapp.signing.errors import SigningError
from tomsapp.signing.read import read_signature


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """Read a signature; it is held to the certificate `given`, where one is.

    Raises:
        SigningError: there is one that cannot be read, or the PDF would become too much.
    """
    try:
        look_at_bytes(runs[0])
    except ReportError as error:
        # Why it is refused is said when its files are read.
        raise SigningError(error.message, error.fix) from error
    found = read_signature(runs[0], str(values["given"]))
    if found is None:
        return {}, [plain_bytes(None)]
    told = {
        "document": len(found.document),
        "signed": len(found.signed),
        "is_alone": found.is_alone,
        "is_intact": found.is_intact,
        "certificate": asdict(found.certificate),
        "chain": list(found.chain),
        "signed_at": found.signed_at,
        "later": list(found.later),
        "is_vouched": found.is_vouched,
    }
    return {}, [plain_bytes(told)]
