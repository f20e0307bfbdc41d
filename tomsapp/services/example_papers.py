"""The papers of the example council: what each contract promises, and what was delivered of those that have begun."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from tomsapp.domain.delivery.publishing import quarter_ending
from tomsapp.domain.delivery.quarters import ended_by, quarters_of
from tomsapp.services.contracts import open_contract
from tomsapp.services.delivered_paper import delivered_report
from tomsapp.services.delivery_held import HAS_DELIVERIES
from tomsapp.services.progress import Progress
from tomsapp.services.publishing import paper_bytes, publish, to_publish
from tomsapp.services.reporting import contract_pdf, write_report
from tomsapp.services.workspace import Workspace

_ROLE = "Procurement lead"


class ExamplePapers(NamedTuple):
    """The names of the files that were written."""

    promised: list[str]
    delivered: list[str]


def write_papers(
    workspace: Workspace, made: Sequence[tuple[int, str]], folder: Path, today: date, progress: Progress
) -> ExamplePapers:
    """Write the valuation of each contract, and of each that has begun what was delivered of it."""
    written = ExamplePapers([], [])
    for done, (contract_id, reference) in enumerate(made):
        progress.report(done, len(made), f"{done} of {len(made)} contracts with their PDFs")
        written.promised.append(f"{reference} valuation.pdf")
        write_report(contract_pdf(workspace, contract_id, today), folder / written.promised[-1])
        until = delivered_until(workspace, contract_id, today)
        if until is not None:
            written.delivered.append(f"{reference} delivered.pdf")
            write_report(delivered_pdf(workspace, contract_id, until, today), folder / written.delivered[-1])
    return written


def delivered_pdf(workspace: Workspace, contract_id: int, until: date, today: date) -> bytes:
    """The PDF of what was delivered of a contract to the end of a quarter: published where something was returned."""
    ready = to_publish(workspace, contract_id)
    quarter = quarter_ending(ready.contract, until)
    if quarter is None or not ready.to(until).deliveries:
        return delivered_report(workspace, contract_id, until, today).data
    facts = replace(ready.facts, quarter=quarter.quarter, done_on=today, role=ready.facts.role or _ROLE)
    return paper_bytes(workspace, publish(workspace, ready, facts, on=today).result.id)


def delivered_until(workspace: Workspace, contract_id: int, today: date) -> date | None:
    """The end of the last quarter of a signed or closed contract that has ended; None where none has."""
    contract = open_contract(workspace, contract_id).contract
    if contract.status not in HAS_DELIVERIES:
        return None
    last = ended_by(quarters_of(contract), today)
    return last[-1].ends_on if last else None
