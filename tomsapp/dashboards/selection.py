"""What part of the portfolio is looked at; free of data frames, so that it is at hand before they are loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.portfolio import BY_TIME, FACT_GROUPINGS, Grouping

_OF_WHOLE_CONTRACTS = frozenset({Grouping.SUPPLIER, Grouping.SUPPLIER_KIND}) | BY_TIME
"""Groupings whose keys take whole contracts, or are a period, which takes quarters and no lines."""


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
        """The keys chosen under a grouping; of one by a fact of the contract, the words chosen of the fact."""
        if grouping in FACT_GROUPINGS:
            return self.facts.get(FACT_GROUPINGS[grouping], frozenset())
        return self.keys.get(grouping, frozenset())

    def choosing(self, grouping: Grouping, keys: Iterable[str]) -> Filters:
        """The same filters with other keys under one grouping."""
        if grouping in FACT_GROUPINGS:
            return replace(self, facts={**self.facts, FACT_GROUPINGS[grouping]: frozenset(keys)})
        return replace(self, keys={**self.keys, grouping: frozenset(keys)})

    @property
    def parts_contracts(self) -> bool:
        """Whether only some of a contract's lines may pass."""
        return any(keys for grouping, keys in self.keys.items() if grouping not in _OF_WHOLE_CONTRACTS)

    @property
    def without_period(self) -> Filters:
        """The same filters for all time."""
        return replace(self, keys={grouping: keys for grouping, keys in self.keys.items() if grouping not in BY_TIME})

    @property
    def chosen(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is chosen as plain texts: pairs of what is filtered and the values that pass."""
        pairs = [
            ("status", tuple(sorted(status.value for status in self.statuses))),
            *(
                (grouping.value, tuple(sorted(self.of(grouping))))
                for grouping in Grouping
                if grouping not in FACT_GROUPINGS
            ),
            *((name, tuple(sorted(words))) for name, words in self.facts.items()),
            ("contract", tuple(map(str, sorted(self.contracts)))),
        ]
        return tuple((name, values) for name, values in pairs if values)
