"""Whether a picture can be a council's logo: asked of the code that prints it, in the locked room."""

from tomsapp.reports.errors import ReportError
from tomsapp.room.asking import Question
from tomsapp.room.limits import MEGABYTE, Limits
from tomsapp.services.progress import Progress
from tomsapp.services.strangers import ask_watched, watched_by

_LIMITS = Limits(memory=160 * MEGABYTE, seconds=10, answer=MEGABYTE)


def judge_logo(data: bytes, file: str, progress: Progress | None = None) -> None:
    """Whether every document can print this logo.

    Raises:
        ReportError: none can; says why and what to choose.
        RoomError: it took too much memory or time, or ended what read it.
        Cancelled: nobody waits for it any more.
    """
    with watched_by(progress):
        ask_watched(Question("pictures", file, {}, [data], {"ReportError": ReportError}, _LIMITS))
