"""A varied contract as signed, as varied and as of today, on its page and on its paper."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pypdfium2
from sqlalchemy import text

from tests.services.council import opened, reopen
from tests.services.varied import REASON, drafted, extended, save_draft, sign_variation, with_quantity
from tests.store.test_history_kept import behind
from tomsapp.domain.seal import ActKind
from tomsapp.services.reporting import contract_pdf
from tomsapp.services.sealed_view import sealed_view
from tomsapp.services.verifying import verify_pdf
from tomsapp.store.engine import open_engine


def printed(path: Path) -> str:
    pages = pypdfium2.PdfDocument(path)
    return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())


def test_as_signed_as_varied_and_today_stand_side_by_side_with_the_reason_of_each_difference(ann):
    made = extended(ann)
    shown = sealed_view(ann, opened(ann, made.id), date(2028, 6, 1))
    signing, varied = shown.stages
    assert (shown.whole, shown.is_varied, shown.act.kind) == (True, True, ActKind.SIGN)
    assert (signing.name, signing.contract_value, signing.end_on) == ("As signed", 2500000, date(2028, 3, 31))
    assert (varied.name, varied.contract_value, varied.end_on) == ("Variation 1", 2900000, date(2029, 3, 31))
    assert (shown.as_sealed, shown.as_varied) == (signing.social_value, varied.social_value)
    assert varied.change == shown.as_varied - shown.as_sealed
    assert varied.words.startswith("Variation 1, ")
    assert "contract value £2,900,000.00, ends on 31 March 2029." in varied.words
    more, over, added = shown.lines
    assert (more.as_sealed, more.as_varied) == (20000, 32000)
    assert more.reason == "Variation 1: was 10,000, 10,000"
    assert over.reason.startswith("Variation 1: ended: was 2, 2")
    assert (added.as_sealed, added.reason) == (0, "Variation 1: added")
    assert added.as_varied > 0
    assert sum(line.as_sealed for line in shown.lines) == shown.as_sealed
    assert sum(line.as_varied for line in shown.lines) == shown.as_varied
    minimum = next(one for one in shown.rules if "5%" in one.title)
    assert minimum.amounts.endswith("£125,000.00")
    assert minimum.today_amounts.endswith("£145,000.00")
    assert minimum.reason == "Variation 1"


def test_two_variations_are_told_apart(ann):
    made = extended(ann)
    page = drafted(ann, made.id)
    line = page.opened.commitments[0].record
    wanted = replace(page.variation, reason=REASON, effective_on=date(2028, 4, 1), new_value=Decimal("3000000.00"))
    save_draft(ann, page.stored, wanted.with_line(with_quantity(line, 2, "13000", 3)), made.id)
    sign_variation(ann, made.id)
    shown = sealed_view(ann, opened(ann, made.id), date(2028, 6, 1))
    assert [stage.name for stage in shown.stages] == ["As signed", "Variation 1", "Variation 2"]
    assert shown.lines[0].reason == "Variation 1: was 10,000, 10,000. Variation 2: was 10,000, 10,000, 12,000"
    assert next(one for one in shown.rules if "5%" in one.title).reason == "Variations 1 and 2"


def test_a_document_in_the_chain_that_is_not_whole_compares_nothing(ann, council_target):
    made = extended(ann)
    engine = open_engine(council_target)
    with behind(engine, is_kept=True) as connection:
        connection.execute(text("UPDATE act SET value = value + 1 WHERE kind = 'vary'"))
    engine.dispose()
    shown = sealed_view(ann, opened(ann, made.id), date(2028, 6, 1))
    assert (shown.whole, shown.stages) == (False, ())


def test_the_pdf_tells_each_stage_and_verifies(ann, tmp_path):
    made = extended(ann)
    path = tmp_path / "varied.pdf"
    path.write_bytes(contract_pdf(ann, made.id, date(2028, 6, 1)))
    assert verify_pdf(ann, path).holds
    words = printed(path)
    assert "Variation 1, " in words
    assert "Contract value £2,900,000.00, was £2,500,000.00." in words
    assert "£20,000.00 as signed, £32,000.00 today (Variation 1: was 10,000, 10,000)" in words
    assert "Replaces version 1 of 2 March 2026." in words
    reopen(ann, made.id)
    path.write_bytes(contract_pdf(ann, made.id, date(2028, 6, 1)))
    assert verify_pdf(ann, path).holds
    words = printed(path)
    assert "was taken back." in words
    assert "Variation taken back on 2 March 2026 by Ann" in words
