"""The versions of a delivery plan that there are, each with all its entries, to be listed and compared."""

from dataclasses import dataclass

from tomsapp.domain.delivery.acts import PLANS, DeliveryAct
from tomsapp.domain.delivery.plan import PlanEntry, plan_in_force
from tomsapp.exchange.delivery_act_json import read_delivery_act
from tomsapp.services.delivery import OpenDelivery
from tomsapp.services.delivery_plans import working_plan
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A version of a plan: what holds by default, what was proposed, returned or accepted, and what is worked on.

    Attributes:
        act: that sealed it; None by default, and of what is worked on.
        is_taken_back: whether the act stands no more.
    """

    name: str
    entries: tuple[PlanEntry, ...]
    act: DeliveryAct | None = None
    is_taken_back: bool = False


def plan_versions(workspace: Workspace, opened: OpenDelivery) -> tuple[PlanVersion, ...]:
    """Every version, the oldest first, and last the plan as it is worked on.

    Raises:
        OfferUnreadable: the document of an act cannot be read.
    """
    lines = [line.record for line in opened.commitments]
    usual = plan_in_force(opened.contract, opened.edition, lines)
    by_default = tuple(
        PlanEntry(key, quarter, quantity)
        for key, line in usual.items()
        for quarter, quantity in line.quantities.items()
    )
    stand = {act.id for act in opened.standing}
    acts = [act for act in opened.acts if act.kind in PLANS]
    with workspace.look() as uow:
        documents = [uow.delivery_acts.document(act.id) for act in acts]
    sealed = (
        PlanVersion(act.words, read_delivery_act(data).plan, act, act.id not in stand)
        for act, data in zip(acts, documents, strict=True)
    )
    return (
        PlanVersion("Default split", by_default),
        *sealed,
        PlanVersion("As it is worked on", working_plan(opened)),
    )
