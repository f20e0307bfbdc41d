"""Names in a register that are drawn like one in a row above and written with other letters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tomsapp.domain.alike import alike
from tomsapp.domain.lookalikes import drawn

if TYPE_CHECKING:
    from tomsapp.exchange.labelled.contract_row import ReadContract


@dataclass(frozen=True)
class NamesAbove:
    """The names in the rows of a register that were compared already."""

    _texts: dict[tuple[str, str], dict[str, tuple[str, ReadContract]]] = field(default_factory=dict)
    """By the fact and by how it is drawn, each name with its text and the row that says it first."""
    _seen: set[tuple[str, str]] = field(default_factory=set)
    """Each fact with each of its texts: most rows name whom a row above named."""

    def like(self, fact: str, text: str, read: ReadContract) -> tuple[str, ReadContract] | None:
        """What a row above says of a fact that is drawn as this and written with other letters, and that row.

        What this row says is then known to those below it.
        """
        if not text or (fact, text) in self._seen:
            return None
        self._seen.add((fact, text))
        near, plain = self._texts.setdefault((fact, drawn(text)), {}), alike(text)
        if plain in near:
            return None
        found = next(iter(near.values()), None)
        near[plain] = text, read
        return found


def in_row(read: ReadContract, above: ReadContract) -> str:
    """Where a row above is, as seen from this one: "Row 3 has", "Row 3 of Parks has"."""
    sheet = "" if above.sheet.name == read.sheet.name else f" of {above.sheet.name}"
    return f"Row {above.row.number}{sheet} has"
