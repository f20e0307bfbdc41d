"""What a tender allows beside its menu."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TenderLimits:
    """The limits that a tender sets: most measures (None: any number) and themes that an offer must cover."""

    most_measures: int | None = None
    mandatory_themes: tuple[int, ...] = ()
