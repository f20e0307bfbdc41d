"""Whose policy rules a contract is held against, who adopted them, and why they bind it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from tomsapp.domain.policy import RulesFrom
from tomsapp.domain.rules.rule import PolicyRule
from tomsapp.domain.wording import format_date, listed


@dataclass(frozen=True, slots=True)
class RulesOrigin:
    """Where the rules come from, and the council that has adopted them, where that is known."""

    rules_from: RulesFrom = RulesFrom.UNKNOWN
    council: str = ""

    def who_asks(self, rule: PolicyRule) -> str:
        """The council that adopted a rule; while none has, whoever published it."""
        adopted = self.rules_from in {RulesFrom.MENU, RulesFrom.COUNCIL}
        return (self.council if adopted else _publisher(rule)) or "the council"

    def in_short(self, rules: Iterable[PolicyRule]) -> str:
        """Whose the rules are that the council adopted, in a sentence: it took them over from Barnet Council.

        Empty where they are its own, nobody has published them, or none has adopted them.
        """
        publishers = dict.fromkeys(map(_publisher, rules))
        others = [each for each in publishers if each and each.casefold() != self.council.casefold()]
        if not others:
            return ""
        match self.rules_from:
            case RulesFrom.MENU:
                return f"{self._begun} took its rules over from {listed(others)}."
            case RulesFrom.COUNCIL:
                return f"{self._begun} names {listed(others)} as the source of its rules."
            case RulesFrom.OFFER | RulesFrom.UNKNOWN:
                return ""
            case _:
                assert_never(self.rules_from)

    @property
    def _begun(self) -> str:
        """The council as a sentence begins with it."""
        return self.council or "The council"

    def words(self, rules: Iterable[PolicyRule], menu: str = "") -> str:
        """Whose rules they are, their document and date, and why they bind; empty where nothing is known of it.

        `menu` names the edition with which they come, where no council has adopted them.
        """
        known = list(rules)
        if self.rules_from is RulesFrom.UNKNOWN or not known:
            return ""
        publishers = {_publisher(rule).casefold() for rule in known if rule.source is not None}
        own = bool(self.council) and publishers == {self.council.casefold()}
        whose = listed(list(dict.fromkeys(map(_published, known))))
        return f"The rules are {'the council’s own: ' if own else ''}{whose}. {self._why(menu, own=own)}"

    def _why(self, menu: str, *, own: bool) -> str:
        """Why they bind the contracts."""
        council = self.council or "the council"
        bind = f"bind the contracts of {council} that begin while they are in force."
        match self.rules_from:
            case RulesFrom.MENU if own:
                return f"They {bind}"
            case RulesFrom.MENU:
                return f"{self._begun} took them over with its menu, so they {bind}"
            case RulesFrom.COUNCIL:
                return f"{self._begun} has set them in its policy rules, so they {bind}"
            case RulesFrom.OFFER | RulesFrom.UNKNOWN:
                return f"They come with the menu {menu}; this offer is in no council’s records yet."
            case _:
                assert_never(self.rules_from)


NOT_KNOWN = RulesOrigin()
"""Of rules of which nobody has said where they come from."""

SEALED_RULES = "A signed contract keeps the rules that were sealed with it."
"""What is said beside the rules where contracts are signed."""


def _publisher(rule: PolicyRule) -> str:
    return rule.source.publisher if rule.source is not None else ""


def _published(rule: PolicyRule) -> str:
    """Who published a rule, in what, and from when it holds: "Barnet Council (Social value, 2023), in force from …"."""
    source, since = rule.source, f"in force from {format_date(rule.in_force_from)}"
    if source is None:
        return f"“{rule.title}” without a published source, {since}"
    document = ", ".join(filter(None, (source.title.partition(" (read in ")[0], source.year)))
    return f"those of {source.publisher} ({document}), {since}"
