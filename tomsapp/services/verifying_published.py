"""A delivered valuation held against the database that published it: whether it is the paper that is kept there.

The bytes that are kept have the signature in them, so that a paper of other bytes is another paper, whatever it says.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tomsapp.domain.delivery.publishing import newest_paper
from tomsapp.domain.wording import format_date
from tomsapp.store.kept import sha256_of

if TYPE_CHECKING:
    from tomsapp.domain.delivery.published import DeliveredPaperKept
    from tomsapp.exchange.delivered_read import DeliveredFile
    from tomsapp.services.verification import Verification
    from tomsapp.services.workspace import Workspace


def held_against(workspace: Workspace, stated: DeliveredFile, data: bytes, found: Verification) -> Verification:
    """What was found of a paper, with what the database knows of it; a draft is published by none.

    `data` are its bytes as they came, signature and all. A frozen paper that says that it comes from this database, and
    is none that is kept here, does not hold.
    """
    frozen, history = stated.frozen, stated.made.history
    if frozen is None:
        return found
    digest = sha256_of(data)
    with workspace.look() as uow:
        papers = [paper for own in uow.papers.by_contract().values() for paper in own]
        is_ours = history is not None and uow.lists.has_link(history)
    kept = next((paper for paper in papers if paper.sha256 == digest), None)
    if kept is not None:
        return replace(found, lines=(*found.lines, *_published(kept, papers)))
    if not is_ours:
        return replace(found, lines=(*found.lines, "The open database did not publish it."))
    what = f"number {frozen.number} to {format_date(stated.until)}"
    return replace(
        found,
        is_unpublished=True,
        lines=(
            *found.lines,
            f"It says that it is {what}, frozen from this database, and no paper with its bytes is published there.",
        ),
    )


def _published(kept: DeliveredPaperKept, papers: list[DeliveredPaperKept]) -> list[str]:
    said = [f"It is the paper that this database published, byte for byte: {kept.words}."]
    own = [paper for paper in papers if paper.contract_id == kept.contract_id]
    newest = newest_paper(own, kept.until)
    if newest is not None and newest.id != kept.id:
        why = f": {newest.reason.rstrip('.')}" if newest.reason.strip() else ""
        said.append(f"It was replaced by the one {newest.words}{why}.")
    return said
