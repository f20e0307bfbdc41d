"""The first two pages of a valuation, each set closer where it would not stay one page.

The first can be published alone; the second has every commitment at a glance and, where they fit, the policy checks.
"""

from dataclasses import replace
from typing import Final

from tomsapp.reports.context import ReportContext
from tomsapp.reports.contract_facts import PrintedValuation
from tomsapp.reports.contract_policy import policy_checks
from tomsapp.reports.contract_summary import MOST_FIGURES, answer, counts, name_and_parties
from tomsapp.reports.contract_table import ROOMY, at_a_glance
from tomsapp.reports.contract_themes import where_from
from tomsapp.reports.contract_trust import (
    BAREST,
    CLOSE,
    CLOSEST,
    NORMAL,
    TIGHTEST,
    how_sure,
    is_tightest,
    not_said,
    page_facts,
)
from tomsapp.reports.flowables import Block, NewPage
from tomsapp.reports.fonts import FontSet
from tomsapp.reports.one_page import is_one_page, roomiest
from tomsapp.reports.paging import paginate
from tomsapp.reports.styles import PANEL
from tomsapp.reports.tables import TableLook

_CLOSER: Final = (
    (NORMAL, MOST_FIGURES, True),
    (TableLook(line_gap=1.5), MOST_FIGURES, True),
    (TableLook(line_gap=1.5), MOST_FIGURES - 1, True),
    (CLOSEST, MOST_FIGURES - 1, True),
    (CLOSEST, MOST_FIGURES - 2, True),
    (TIGHTEST, MOST_FIGURES - 2, True),
    (TIGHTEST, MOST_FIGURES - 2, False),
    (BAREST, MOST_FIGURES - 2, True),
    (BAREST, MOST_FIGURES - 2, False),
    (BAREST, 0, False),
)
"""How the tables are set, how many counts are told, and whether there is a bar beside its table: roomy to close.

Counts give way last, to what must be known beside the pounds: they stand in the table of the second page too.
"""


_GAPS: Final = (ROOMY.line_gap, 1.2, 0.6)
"""The white space in the rows of the second page, from roomy to close."""


def first_page(page: PrintedValuation, context: ReportContext, fonts: FontSet, *, has_data: bool) -> list[Block]:
    """Parties, answer, counts, where the value comes from, how sure it is, what it does not say, and whom to ask."""
    blocks: list[Block] = []
    for look, most, has_bar in _CLOSER:
        blocks = [
            *name_and_parties(page),
            *answer(page, CLOSE if is_tightest(look) else PANEL),
            *(counts(page, most) if most else ()),
            *where_from(page, look, has_bar=has_bar),
            *how_sure(page, look, context.today),
            *not_said(page, look),
            *page_facts(page, context, has_data=has_data),
        ]
        if is_one_page(blocks, fonts, paginate):
            break
    return blocks


def second_page(page: PrintedValuation, fonts: FontSet) -> list[Block]:
    """The commitments at a glance, on one page with the policy checks where both fit, or else alone where it does."""
    looks = [replace(ROOMY, line_gap=gap) for gap in _GAPS]

    def table(look: TableLook) -> list[Block]:
        return list(at_a_glance(page, look))

    def both(look: TableLook) -> list[Block]:
        return [*at_a_glance(page, look), *policy_checks(page, look)]

    *_, closest = looks
    look = roomiest(looks, both, fonts)
    if look is not None:
        return both(look)
    # Drawn together it is a page of its own, which what follows would tear apart.
    if is_one_page(both(closest), fonts, paginate):
        return [*both(closest), NewPage()]
    # Else the table alone, so that no last row of it stands on the next page.
    look = roomiest(looks, table, fonts)
    if look is not None:
        return [*table(look), *policy_checks(page)]
    if is_one_page(table(closest), fonts, paginate):
        return [*table(closest), NewPage(), *policy_checks(page)]
    return [*table(closest), *policy_checks(page)]
