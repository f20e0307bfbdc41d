"""The steps of setting a tender up, in their order, and what stands beside them: the only list of them."""

from __future__ import annotations

from typing import NamedTuple

from tomsapp.domain.tender.setup import Step
from tomsapp.gui.loading import load_module
from tomsapp.gui.session import Session
from tomsapp.gui.tenders.tab import SetUpPanel, SetUpStep


class StepEntry(NamedTuple):
    """A step: which it is, what it is for in a sentence, and the class that makes it when it is first shown."""

    step: Step
    sentence: str
    module: str
    class_name: str

    def make(self, session: Session) -> SetUpStep:
        """The step, with nothing in it yet."""
        made: SetUpStep = getattr(load_module(self.module), self.class_name)(session)
        return made


STEPS: tuple[StepEntry, ...] = (
    StepEntry(
        Step.FACTS,
        "What is bought, who is in charge, and until when offers may come.",
        "tomsapp.gui.tenders.step_facts",
        "FactsStep",
    ),
    StepEntry(
        Step.LOTS,
        "Each lot becomes a contract of its own, with its value, its days and its places.",
        "tomsapp.gui.tenders.step_lots",
        "LotsStep",
    ),
    StepEntry(
        Step.MENU,
        "A target is a guide for bidders, not a limit. It may be left blank.",
        "tomsapp.gui.tenders.step_menu",
        "MenuStep",
    ),
    StepEntry(
        Step.WEIGHTS,
        "What price, quality and social value give, and what bidders answer in words.",
        "tomsapp.gui.tenders.step_weights",
        "WeightsStep",
    ),
    StepEntry(
        Step.CHECK,
        "What is missing or contradicts itself, and what is to be confirmed.",
        "tomsapp.gui.tenders.step_check",
        "CheckStep",
    ),
)
"""A further step is its module and one line here, in the order of `Step`."""


class PanelEntry(NamedTuple):
    """The class of what stands in the right-hand panel beside all steps."""

    module: str
    class_name: str

    def make(self, session: Session) -> SetUpPanel:
        """The panel, with nothing in it yet."""
        made: SetUpPanel = getattr(load_module(self.module), self.class_name)(session)
        return made


PANEL: PanelEntry | None = PanelEntry("tomsapp.gui.tenders.setup_side", "SetUpSide")
"""What stands beside the steps; None for nothing."""
