"""In the room: reads the tenders that notices of Find a Tender tell of."""

from collections.abc import Mapping, Sequence

from tomsapp.exchange.notices.releases import NoticeFile
from tomsapp.exchange.notices.tender_notice import plain_tender, read_tender_notices
from tomsapp.room.child import Answered
from tomsapp.room.frames import WrongForm


def work(values: Mapping[str, object], runs: Sequence[bytes]) -> Answered:
    """The tenders of the `files`, each with its name.

    Raises:
        OfferUnreadable: one of them is no notice, or there is too much in them.
    """
    names = values["files"]
    if not isinstance(names, list):
        raise WrongForm("There are no names")
    files = [NoticeFile(str(name), data) for name, data in zip(names, runs, strict=True)]
    return {"tenders": [plain_tender(tender) for tender in read_tender_notices(files)]}, []
