"""What an edition under review is held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.policy import Policy
from tomsapp.domain.problems import Where


@dataclass(frozen=True, slots=True)
class Checked:
    """An edition under review: on which day, the file of each measure, and the policy with the dated wages."""

    edition: MenuEdition
    today: date
    file_of: Mapping[str, str]
    policy: Policy | None = None

    def where(self, measure: str, field: str) -> Where:
        """The place of a measure's key."""
        return Where(file=self.file_of.get(measure, ""), measure=measure, field=field)
