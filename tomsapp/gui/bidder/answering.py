"""The offer that the window shows: what is done to it, what is kept of it, and who is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from tomsapp.domain.errors import TomsError
from tomsapp.domain.wording import format_clock
from tomsapp.gui.widgets.pauses import after_a_pause
from tomsapp.services.bidding.keeping import Keeper, SavedFile, made_of
from tomsapp.services.bidding.opening import BegunOffer
from tomsapp.services.bidding.typing import type_in
from tomsapp.services.bidding.work import OfferWork, Place

_PAUSE_MS = 400
"""After the last key what is typed is kept: whoever ends the program then loses nothing."""


class Answering(QObject):
    """Holds the offer as it stands; each change is told at once and kept a moment later."""

    changed = Signal()
    kept = Signal()
    """What is typed was kept, or could not be: see `trouble`."""
    undo_changed = Signal()

    def __init__(self, begun: BegunOffer, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._work, self._keeper, self._now = begun.work, begun.keeper, now
        self._before: OfferWork | None = None
        self._undo_words = ""
        self.typing: Place | None = None
        """Where something is being typed at this moment: what stands there is left as it is typed."""
        self.kept_at: datetime | None = None
        self.trouble: TomsError | None = None
        self._pause = after_a_pause(self, _PAUSE_MS, self.keep)

    @property
    def work(self) -> OfferWork:
        """The offer as it stands."""
        return self._work

    @property
    def keeper(self) -> Keeper:
        """What keeps it."""
        return self._keeper

    # What is done

    def type_in(self, place: Place, text: str) -> None:
        """Take what was typed at a place."""
        self.typing = place
        self._take(type_in(self._work, place, text))
        self.typing = None

    def put(self, work: OfferWork, undo_words: str = "") -> None:
        """Go on with another state of the offer; with words it can be undone until something else is done."""
        before = self._work
        self._take(work)
        if undo_words and work is not before:
            self._before, self._undo_words = before, undo_words
            self.undo_changed.emit()

    def undo(self) -> None:
        """Take back what was done last, if that can be."""
        before = self._before
        if before is not None:
            self._take(before)

    @property
    def undo_words(self) -> str:
        """What Undo would take back: "J06 taken out"; empty where there is nothing."""
        return self._undo_words if self._before is not None else ""

    def _take(self, work: OfferWork) -> None:
        if work is self._work:
            return
        self._work = work
        if self._before is not None:
            self._before = None
            self.undo_changed.emit()
        self._pause.start()
        self.changed.emit()

    # What is kept

    def keep(self) -> None:
        """Keep what is typed now."""
        self._pause.stop()
        now = self._now()
        try:
            self._keeper.keep(self._work, now)
        except TomsError as error:
            self.trouble = error
        else:
            self.trouble, self.kept_at = None, now
        self.kept.emit()

    def flush(self) -> None:
        """Keep what waits to be kept."""
        if self._pause.isActive():
            self.keep()

    def go_on_here(self) -> None:
        """Keep what is typed in this window, although another one kept something else."""
        self._keeper.go_on_here()
        self.keep()

    def note_saved(self, saved: SavedFile) -> None:
        """Remember that the offer stands in a file now."""
        self._keeper.note_saved(saved)
        self.keep()
        self.changed.emit()

    @property
    def saved_words(self) -> str:
        """Whether the offer is in a file as it stands: "Saved at 10:14"; empty where it was never saved."""
        saved = self._keeper.saved
        if saved is None:
            return ""
        is_same = saved.made == made_of(self._work.offer)
        return f"Saved at {format_clock(saved.at.astimezone())}" if is_same else "Changed since you saved"

    @property
    def is_saved(self) -> bool:
        """Whether the offer stands in a file as it is."""
        saved = self._keeper.saved
        return saved is not None and saved.made == made_of(self._work.offer)
