"""The parts of the tab Delivery, in the order of their names. A further part is its module and one line here."""

from __future__ import annotations

from tomsapp.gui.delivery.section import DeliverySection, SectionEntry
from tomsapp.gui.session import Session

QUARTERS, PLAN, ACTS = "quarters", "plan", "acts"


def _quarters(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.quarters_section import QuartersSection

    return QuartersSection(session)


def _plan(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.plan_section import PlanSection

    return PlanSection(session)


def _acts(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.acts_section import ActsSection

    return ActsSection(session)


SECTIONS: tuple[SectionEntry, ...] = (
    SectionEntry(QUARTERS, "Quarters", _quarters),
    SectionEntry(PLAN, "Plan", _plan),
    SectionEntry(ACTS, "Sealed acts", _acts),
)
"""The first is the one that is shown with the tab."""
