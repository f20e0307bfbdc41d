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


PANEL: PanelEntry | None = None
"""What stands beside the steps; None for nothing."""
