"""The kinds of policy rule that there are; a new kind is one file beside these and one line here.

The database lists them in a check of its column as well, which a migration changes.
"""

from collections.abc import Iterable, Iterator

from tomsapp.domain.rules.employment_outcomes import EMPLOYMENT_OUTCOMES
from tomsapp.domain.rules.minimum_share import MINIMUM_SHARE
from tomsapp.domain.rules.rule import RuleKind
from tomsapp.domain.rules.scope import SCOPE


class RuleKinds:
    """The kinds in the order in which they are offered; called with a value, the kind of that value."""

    def __init__(self, kinds: Iterable[RuleKind]) -> None:
        self.by_value = {kind.value: kind for kind in kinds}

    def __iter__(self) -> Iterator[RuleKind]:
        return iter(self.by_value.values())

    def __call__(self, value: object) -> RuleKind:
        """The kind that files and the database call `value`.

        Raises:
            ValueError: there is none.
        """
        kind = self.by_value.get(str(value))
        if kind is None:
            raise ValueError(f"“{value}” is no kind of policy rule")
        return kind


RULE_KINDS = RuleKinds(
    (
        SCOPE,
        MINIMUM_SHARE,
        EMPLOYMENT_OUTCOMES,
    )
)
