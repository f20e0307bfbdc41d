"""An open database with the menus around it: what every page and command works in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tomsapp.domain.errors import MenuError
from tomsapp.menufiles.catalogue import Catalogue

if TYPE_CHECKING:
    from tomsapp.domain.area import Area
    from tomsapp.domain.council import CouncilSettings
    from tomsapp.domain.history import HistoryHead
    from tomsapp.domain.menu import MenuEdition
    from tomsapp.domain.offer import Surroundings
    from tomsapp.domain.policy import Policy
    from tomsapp.signing.keys import SigningKey
    from tomsapp.store.database import Database
    from tomsapp.store.unit_of_work import UnitOfWork

__all__ = ["Catalogue", "Workspace"]


@dataclass(frozen=True, slots=True)
class _Held:
    """What the council has set, all of it from the moment of one change."""

    change: int
    settings: CouncilSettings
    policy: Policy | None
    area: bytes | None


@dataclass
class Workspace:
    """A database, the menus installed on this machine, and who is working.

    The menu editions that contracts use come from the database, which keeps their bytes, so that it values the same
    on a machine that never had those files.

    Attributes:
        unlocked: the keys that sign which were opened, by the SHA-256 of their certificates; never kept anywhere else.
    """

    database: Database
    catalogue: Catalogue
    who: str
    unlocked: dict[str, SigningKey] = field(default_factory=dict, repr=False)
    _editions: dict[tuple[str, str], MenuEdition] = field(default_factory=dict)
    _held: _Held | None = None
    _areas: dict[bytes, Area] = field(default_factory=dict)
    _installed: dict[str, Policy] = field(default_factory=dict)

    def work(self, what: str) -> UnitOfWork:
        """One transaction in this database, signed with who works and what they do."""
        return self.database.work(self.who, what)

    def look(self) -> UnitOfWork:
        """The records of this database, to be read only."""
        return self.database.look()

    def forget(self) -> None:
        """Read settings, policy and areas anew when next asked: they were changed."""
        self._held = None

    def _held_at(self, uow: UnitOfWork | None) -> _Held:
        """What the council has set: as it is in a transaction, or without one as it was when last read."""
        held = self._held
        if uow is None:
            if held is not None:
                return held
            with self.look() as looking:
                return self._held_at(looking)
        change = uow.lists.change_number()
        if held is None or held.change != change:
            settings = uow.settings.now().record
            area = uow.areas.get(settings.area) if settings.area else None
            held = _Held(change, settings, uow.policies.get(), area)
            if self._held is None or self._held.change < change:
                self._held = held
        return held

    @property
    def settings(self) -> CouncilSettings:
        """What the council has set for all its contracts."""
        return self._held_at(None).settings

    def settings_at(self, uow: UnitOfWork) -> CouncilSettings:
        """What the council has set, from the same moment as the rest of a transaction."""
        return self._held_at(uow).settings

    def history_head(self) -> HistoryHead | None:
        """The last link of the history's chain as it is now: what is made from here on states it."""
        with self.database.read() as reader:
            return reader.history_head()

    def database_mark(self) -> str:
        """What names this database and its copies for good: papers that come back to it say so."""
        with self.database.read() as reader:
            return reader.history_first()

    @property
    def policy(self) -> Policy | None:
        """The dated policy rules of the council, from the database."""
        return self._held_at(None).policy

    def installed_policy(self, code: str) -> Policy:
        """A policy as it is installed, read once.

        Raises:
            MenuError: it is not installed or has errors.
        """
        if code not in self._installed:
            self._installed[code] = self.catalogue.policy(code)
        return self._installed[code]

    def area(self) -> Area | None:
        """The council's area, from the database; None when none is set."""
        return self._area_of(self._held_at(None))

    def _area_of(self, held: _Held) -> Area | None:
        from tomsapp.menufiles.areas import read_area

        if held.area is None:
            return None
        if held.area not in self._areas:
            self._areas[held.area] = read_area(held.area, f"{held.settings.area}.toml")
        return self._areas[held.area]

    def edition(self, menu: str, edition: str, sha256: str = "") -> MenuEdition:
        """The menu edition, from the database when it keeps it, else from the installed menus.

        Of installed copies that differ it is the one of a SHA-256, where that is named.

        Raises:
            MenuError: neither has it.
        """
        key = (menu, edition)
        if key in self._editions:
            return self._editions[key]
        kept = self._kept_edition(menu, edition)
        if kept is None:
            # Not remembered here: the files of a draft may change while the program runs.
            return self.catalogue.load(menu, edition, sha256)
        kept = self._as_withdrawn(kept)
        self._editions[key] = kept
        return kept

    def bundle(self, menu: str, edition: str) -> bytes:
        """The canonical bytes of a menu edition, from where `edition` takes it.

        Raises:
            MenuError: as `edition`.
        """
        with self.look() as uow:
            kept = uow.editions.get_bundle(menu, edition)
        return kept.bundle if kept else self.catalogue.bundle(menu, edition)

    def _as_withdrawn(self, kept: MenuEdition) -> MenuEdition:
        """The kept edition with the withdrawal that the installed menus tell of: its bytes were fixed before it."""
        from dataclasses import replace

        try:
            installed = self.catalogue.load(kept.code, kept.edition)
        except MenuError:
            return kept
        if installed.sha256 != kept.sha256 or installed.withdrawn_on is None:
            return kept
        return replace(
            kept,
            status=installed.status,
            withdrawn_on=installed.withdrawn_on,
            withdrawn_because=installed.withdrawn_because,
        )

    def _kept_edition(self, menu: str, edition: str) -> MenuEdition | None:
        from tomsapp.domain.menu import MenuEdition
        from tomsapp.menufiles.bundle import read_bundle

        with self.look() as uow:
            kept = uow.editions.get_bundle(menu, edition)
        if kept is None:
            return None
        loaded = read_bundle(kept.bundle, f"{menu} {edition} in {self.database.name}")
        if not isinstance(loaded, MenuEdition):
            problems = "; ".join(map(str, loaded))
            message = f"The database keeps {menu} {edition} and it cannot be read: {problems}"
            raise MenuError(message, "Restore the database from a backup")
        if loaded.sha256 != kept.sha256:
            message = f"The {menu} {edition} that the database keeps is not what was published: its bytes changed"
            raise MenuError(message, "Restore the database from a backup")
        return loaded

    def surroundings(self, uow: UnitOfWork) -> Surroundings:
        """What offers are held against here, from the same moment as the rest of a transaction: policy and area."""
        from tomsapp.domain.offer import Surroundings

        held = self._held_at(uow)
        return Surroundings(policy=held.policy, area=self._area_of(held))

    def keep_edition(self, uow: UnitOfWork, menu: str, edition: str) -> MenuEdition:
        """The edition, its bytes kept in the database from now on because a contract uses it."""
        from tomsapp.domain.menu import EditionStatus

        loaded = self.edition(menu, edition)
        if loaded.status is EditionStatus.DRAFT:
            raise MenuError(f"{loaded.name} is a draft, so its values can still change", "Choose a published edition")
        if uow.editions.get_bundle(menu, edition) is None:
            if loaded.status is EditionStatus.WITHDRAWN:
                raise MenuError(f"{loaded.name} is withdrawn", "Choose an edition that is in force")
            uow.editions.add(menu, edition, loaded.sha256, self.catalogue.bundle(menu, edition), loaded.title)
        return loaded

    def close(self) -> None:
        """Close the database, and forget the keys that were opened."""
        self.unlocked.clear()
        self.database.close()
