"""A field in which several are ticked out of a list."""

from __future__ import annotations

from collections.abc import Collection

from tomsapp.domain.keys import Keys, Names, in_words
from tomsapp.gui.widgets.fields import Field
from tomsapp.gui.widgets.layouts import holding, in_column
from tomsapp.gui.widgets.text import Text
from tomsapp.gui.widgets.tick_list import TickList


class SeveralField(Field):
    """What is ticked stands in words under the list, so that it is seen while the list is searched.

    A key that is ticked and no longer offered stays, as the last of the list, until its tick is taken away.
    `noun` is what one and several of them are called.
    """

    def __init__(self, label: str, hint: str, noun: tuple[str, str]) -> None:
        self.ticks = TickList(label)
        self.ticks.list.setProperty("k", "ticks")
        self._noun = noun
        self._names: Names = {}
        self._told = Text("", "note", "text_muted", wrap=True)
        super().__init__(label, self.ticks.list, hint, body=holding(in_column(self.ticks, self._told, gap=4)))
        # With its list as proxy Tab would pass over the search that stands before it.
        self.setFocusProxy(None)  # type: ignore[arg-type]  # None takes the proxy away
        self.ticks.ticked.connect(self._on_ticked)
        self.set_keys(frozenset())

    @property
    def keys(self) -> Keys:
        """What is ticked."""
        return frozenset(map(str, self.ticks.chosen))

    @property
    def names(self) -> Names:
        """What is offered, by its keys."""
        return self._names

    def set_names(self, names: Names) -> None:
        """Offer these; what is ticked stays."""
        keys = self.keys
        self._names = names
        self.set_keys(keys)

    def set_keys(self, keys: Collection[str]) -> None:
        """Tick these and no others."""
        unknown = sorted(set(keys) - self._names.keys())
        offered = [*self._names.items(), *((key, f"{key} (no longer offered)") for key in unknown)]
        self.ticks.set_options(offered, keys)
        self._tell_chosen()

    def words(self, keys: Keys) -> str:
        """Keys by the names that the field has."""
        return in_words(keys, self._names)

    @property
    def told(self) -> str:
        """What is ticked, in words."""
        return self._told.text()

    def _on_ticked(self) -> None:
        self._tell_chosen()
        self.edited.emit()

    def _tell_chosen(self) -> None:
        keys = self.keys
        one, several = self._noun
        number = f"{len(keys)} {one if len(keys) == 1 else several}: {self.words(keys)}" if keys else f"No {one} ticked"
        self._told.setText(number)
