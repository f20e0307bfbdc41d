"""Councils at random: the one place from which the databases of these tests come."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from tests.portfolio import add_own_groups, fill_small, new_workspace
from tests.services.council import said
from tests.services.deliveries import begin_signed
from tests.services.random_histories import History, let_one_person_do_all
from tests.services.test_delivery_totals import LINES, deliver
from tests.totals.screen import Screen
from tomsapp.config.preferences import Preferences
from tomsapp.domain.errors import TomsError
from tomsapp.domain.seal import ActKind
from tomsapp.gui.jobs import inline_jobs
from tomsapp.gui.session import Session
from tomsapp.services import overview, sealing
from tomsapp.services.contracts import OpenContract, list_contracts, open_contract
from tomsapp.services.delivery import OpenDelivery, open_delivery
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.overview import Filters
from tomsapp.services.overview_delivered import load_delivered
from tomsapp.services.workspace import Workspace

SEEDS = (3, 8)
UNTIL, TODAY = date(2026, 9, 30), date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 12, tzinfo=UTC)
DRAWN, LIVED, STEPS, RETURNED = 6, 3, 30, 2
"""Contracts of every kind with what was promised; with a history, and what was done to each; and with returns."""


@dataclass
class Council:
    """A council's database with what the window shows of it, and what the tests read of it again and again."""

    path: Path
    workspace: Workspace
    screen: Screen
    call: Callable[..., str]
    folder: Path
    counted: Iterator[int] = field(default_factory=lambda: iter(range(1_000)))

    def file(self, ending: str) -> Path:
        """A file that is not there yet."""
        return self.folder / f"{next(self.counted)}{ending}"

    def new_folder(self) -> Path:
        """An empty folder."""
        made = self.file("")
        made.mkdir()
        return made

    @cached_property
    def cube(self) -> Any:
        return overview.load_cube(self.workspace)

    @cached_property
    def checked(self) -> Any:
        return overview.check_contracts(self.workspace, self.cube, [each.id for each in self.cube.contracts])

    @cached_property
    def delivered(self) -> Any:
        return load_delivered(self.workspace, UNTIL)

    @cached_property
    def references(self) -> dict[int, str]:
        return {row.id: row.reference for row in list_contracts(self.workspace)}

    @cached_property
    def signed(self) -> list[int]:
        """The contracts of which something is due, those with a history and with returns last."""
        return [row.id for row in list_contracts(self.workspace) if row.status in HAS_DELIVERIES and row.commitments]

    @cached_property
    def drafts(self) -> list[int]:
        """Drafts without errors."""
        rows = list_contracts(self.workspace)
        drafts = [row.id for row in rows if row.status not in HAS_DELIVERIES and row.commitments]
        return [each for each in drafts if not self.opened(each).checked.has_errors]

    @property
    def told(self) -> list[int]:
        """One with a history, and one with returns."""
        return [self.signed[-RETURNED - 1], self.signed[-1]]

    def opened(self, contract_id: int) -> OpenContract:
        return open_contract(self.workspace, contract_id, TODAY)

    def delivery(self, contract_id: int) -> OpenDelivery:
        return open_delivery(self.workspace, contract_id, UNTIL)


def fill(workspace: Workspace, seed: int) -> None:
    """Contracts of both menus that are drafts, signed or closed; of three much was claimed, decided and varied."""
    dice = random.Random(seed)
    let_one_person_do_all(workspace)
    fill_small(workspace, DRAWN, seed)
    add_own_groups(workspace)
    histories = [History(workspace, dice, number) for number in range(LIVED)]
    for each in histories:
        for _ in range(STEPS):
            each.step()
    for number in range(RETURNED):
        deliver(workspace, begin_signed(workspace, *LINES, reference=f"R{number}"), dice)
    opened = open_contract(workspace, histories[0].made.id, TODAY)
    with suppress(TomsError):  # it has not ended yet
        sealing.seal(workspace, opened, said(ActKind.CLOSE, TODAY), TODAY)


@contextmanager
def random_council(folder: Path, seed: int, call: Callable[..., str]) -> Iterator[Council]:
    """A council made by the dice of a seed, with the window over it."""
    workspace = new_workspace(folder)
    fill(workspace, seed)
    session = Session(inline_jobs(), workspace.catalogue, Preferences(folder / "preferences.json"), "A. Okafor")
    session.set_workspace(workspace)
    screen = Screen(session, UNTIL, random.Random(seed))
    yield Council(folder / "council.db", workspace, screen, call, folder)
    screen.close()
    session.set_workspace(None)


__all__ = ["NOW", "SEEDS", "TODAY", "UNTIL", "Council", "Filters", "random_council"]
