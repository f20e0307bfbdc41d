"""What part of the portfolio is looked at; free of data frames, so that it is at hand before they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import Grouping


@dataclass(frozen=True)
class Filters:
    """What is looked at; nothing chosen under a heading lets everything pass.

    Attributes:
        statuses: contracts in one of these states.
        keys: for each grouping, the keys of which a line must have one.
        contracts: contracts with these numbers; empty for all.
        facts: by the names of `PORTFOLIO_FACTS`: what they must say of the contract.
    """

    statuses: frozenset[ContractStatus] = frozenset()
    keys: Mapping[Grouping, frozenset[str]] = field(default_factory=dict)
    contracts: frozenset[int] = frozenset()
    facts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def of(self, grouping: Grouping) -> frozenset[str]:
        """The keys chosen under a grouping."""
        return self.keys.get(grouping, frozenset())

    def choosing(self, grouping: Grouping, keys: Iterable[str]) -> Filters:
        """The same filters with other keys under one grouping."""
        return replace(self, keys={**self.keys, grouping: frozenset(keys)})

    @property
    def parts_contracts(self) -> bool:
        """Whether only some of a contract's lines may pass."""
        return any(keys for grouping, keys in self.keys.items() if grouping is not Grouping.SUPPLIER)

    @property
    def chosen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is chosen as plain texts: pairs of what is filtered and the values that pass."""
        pairs = [
            ("status", tuple(sorted(status.value for status in self.statuses))),
            *((grouping.value, tuple(sorted(self.of(grouping)))) for grouping in Grouping),
            *((name, tuple(sorted(words))) for name, words in self.facts.items()),
            ("contract", tuple(map(str, sorted(self.contracts)))),
        ]
        return tuple((name, values) for name, values in pairs if values)
