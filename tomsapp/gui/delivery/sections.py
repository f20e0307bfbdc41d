"""The parts of the tab Delivery, in the order of their names. A further part is its module and one line here."""

from __future__ import annotations

from tomsapp.gui.delivery.section import DeliverySection, SectionEntry
from tomsapp.gui.session import Session

QUARTERS, PLAN, RETURNS, MONEY, AUDIT = "quarters", "plan", "returns", "money", "audit"
PUBLISHED, ACTS = "published", "acts"


def _quarters(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.quarters_section import QuartersSection

    return QuartersSection(session)


def _published(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.published_section import PublishedSection

    return PublishedSection(session)


def _returns(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.returns_section import ReturnsSection

    return ReturnsSection(session)


def _plan(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.plan_section import PlanSection

    return PlanSection(session)


def _acts(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.acts_section import ActsSection

    return ActsSection(session)


def _money(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.money_section import MoneySection

    return MoneySection(session)


def _audit(session: Session) -> DeliverySection:
    from tomsapp.gui.delivery.audit_section import AuditSection

    return AuditSection(session)


SECTIONS: tuple[SectionEntry, ...] = (
    SectionEntry(QUARTERS, "Quarters", _quarters),
    SectionEntry(RETURNS, "Returns", _returns),
    SectionEntry(PLAN, "Plan", _plan),
    SectionEntry(MONEY, "Money", _money),
    SectionEntry(AUDIT, "Audit", _audit),
    SectionEntry(PUBLISHED, "Published", _published),
    SectionEntry(ACTS, "Sealed acts", _acts),
)
"""The first is the one that is shown with the tab."""
