"""As sealed and as of today, side by side, with the reason for each difference."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pypdfium2

from tests.services.council import acts, begin, opened, promise, reopen, sign
from tests.services.test_sealing import rule
from tests.services.test_signed_valuations import signed_under_2026_1
from tomsapp.domain.commitment import Rate
from tomsapp.domain.contract import ContractKind, YearSpend
from tomsapp.domain.policy import PolicyResult
from tomsapp.domain.rules.rule import RuleUnit
from tomsapp.domain.wording import format_date
from tomsapp.reports.render import printed_text
from tomsapp.services import contracts, council, suppliers
from tomsapp.services.reporting import contract_pdf
from tomsapp.services.sealed_view import _amounts, sealed_view
from tomsapp.services.sealed_words import today_words
from tomsapp.services.verifying import verify_pdf

TODAY = date(2026, 12, 1)


def view(workspace, contract_id):
    return sealed_view(workspace, opened(workspace, contract_id), TODAY)


def test_a_draft_has_none(ann):
    assert view(ann, begin(ann).id) is None


def test_the_same_edition_and_rules_differ_in_nothing(ann):
    made = begin(ann)
    sign(ann, made.id)
    shown = view(ann, made.id)
    assert (shown.whole, shown.act) == (True, acts(ann, made.id)[0])
    assert (shown.as_sealed, shown.today, shown.difference) == (20000, 20000, 0)
    (line,) = shown.lines
    assert (line.code, line.quantities, line.difference, line.reason) == ("V01", "10000, 10000", 0, "")
    checks = {one.rule.title: one.word for one in opened(ann, made.id).checked.policy_checks}
    assert {one.title: one.word for one in shown.rules} == checks
    assert all((one.word, one.reason, one.without) == (one.today_word, "", "") for one in shown.rules)
    assert "£20,000.00; asked: £125,000.00" in {one.amounts for one in shown.rules}


def test_a_later_edition_is_named_with_its_measure_and_the_result_without_it(ann):
    made = signed_under_2026_1(ann, promise("J11", "12", "12"), promise("V01", "5", "5"))
    shown = view(ann, made.id)
    raised, cash = shown.lines
    assert (shown.edition, shown.edition_today) == ("barnet-open 2026.1", "barnet-open 2026.2")
    assert (raised.as_sealed, raised.today) == (Decimal("121212.00"), Decimal("97812.00"))
    assert raised.reason.startswith("barnet-open 2026.2: unit value £5,050.50 → £4,075.50")
    assert (cash.difference, cash.reason) == (0, "")
    assert shown.difference == raised.difference == Decimal("-23400.00")
    minimum = next(one for one in shown.rules if one.title == "5% minimum" or "5%" in one.title)
    assert minimum.reason == "Edition barnet-open 2026.2"
    assert minimum.without == f"without 2026.2: {minimum.word}"
    assert minimum.today_amounts == "£97,822.00; asked: £125,000.00"


def test_rules_that_came_changed_or_went_say_whether_they_bind(ann):
    made = begin(ann)
    sign(ann, made.id)
    by_code = {one.record.code: one for one in council.list_rules(ann)}
    council.save_rule(ann, by_code["minimum"], replace(by_code["minimum"].record, share=Decimal("0.5")))
    scope = by_code["scope"].record
    council.save_rule(ann, by_code["scope"], replace(scope, title="Scope", binds_signed_from=scope.in_force_from))
    council.delete_rule(ann, next(one for code, one in by_code.items() if code not in {"minimum", "scope"}))
    council.add_rule(ann, rule("green", "0.9", in_force_from=date(2026, 10, 1)))
    council.add_rule(ann, rule("blue", "0.9", binds_signed_from=date(2026, 10, 1)))
    council.add_rule(ann, rule("future", "0.9", in_force_from=date(2090, 10, 1)))
    found = {one.title: one for one in view(ann, made.id).rules}
    assert "Future" not in found
    assert (found["Green"].today_word, found["Green"].today_amounts) == ("Does not bind", "rule of 1 October 2026")
    assert found["Green"].reason == "A later rule, which never changes what was sealed"
    assert found["Blue"].today_result is PolicyResult.SHORT
    assert found["Blue"].reason == "A later rule, which binds signed contracts from 1 October 2026"
    assert {found[name].word for name in ("Green", "Blue")} == {"Not in force"}
    reasons = {one.reason.split(",")[0].split(" binds")[0] for one in found.values()}
    assert reasons >= {"The rule has been changed since", "The rule has been deleted since", "A later version"}


def test_spend_that_was_recorded_since_is_the_reason(ann):
    line = replace(promise("V01"), quantities=(), rate=Rate(Decimal(1), Decimal(100)))
    spend = (YearSpend(0, Decimal("100000.00")), YearSpend(1, Decimal("100000.00")))
    made = begin(ann, line, kind=ContractKind.FRAMEWORK, spend=spend)
    sign(ann, made.id)
    page = opened(ann, made.id)
    spent = replace(page.contract, spend=(*spend, YearSpend(0, Decimal("300000.00"), True)))
    contracts.save_contract(ann, page.stored, page.supplier_id, spent, page.supplier_id)
    shown = view(ann, made.id)
    assert (shown.as_sealed, shown.today) == (2000, 4000)
    assert shown.lines[0].reason == "Spend has been recorded since"


def test_a_seal_that_is_not_whole_says_so_and_compares_nothing(ann):
    made = begin(ann)
    sign(ann, made.id)
    page = opened(ann, made.id)
    for change in ({"role": "Another"}, {"sha256": "0"}):
        broken = replace(page, acts=(replace(page.acts[0], **change),))
        shown = sealed_view(ann, broken, TODAY)
        assert (shown.whole, shown.as_sealed, shown.lines) == (False, 20000, ())


# On page 1


def test_page_1_says_what_a_later_edition_makes_of_what_was_signed(ann):
    shown = view(ann, signed_under_2026_1(ann, promise("J11", "12", "12"), promise("V01", "5", "5")).id)
    assert today_words(shown).startswith(
        "With barnet-open 2026.2 it is £97,822.00 today (J11 −£23,400.00), £48,906.00 of it past the dates of "
        "its values. Confidence today: "
    )
    assert "Confidence today: J11 medium (£121,212.00 as signed). " in today_words(shown)
    surer = replace(shown, lines=tuple(replace(line, confidence_today="") for line in shown.lines))
    assert "onfidence" not in today_words(surer)
    assert today_words(None) == today_words(replace(shown, whole=False)) == ""
    assert today_words(replace(shown, edition=shown.edition_today)) == ""
    same = replace(shown, today=shown.as_sealed, lines=shown.lines[1:], rules=())
    assert today_words(replace(same, lines=(replace(same.lines[0], past_today=Decimal(5)),))) == (
        "With barnet-open 2026.2 its pounds are the same, £5.00 of them past the dates of their values."
    )
    assert today_words(same) == "With barnet-open 2026.2 its pounds are the same."
    many = replace(shown, lines=tuple(replace(shown.lines[0], code=f"J1{n}") for n in range(4)), rules=())
    assert today_words(many) == (
        "With barnet-open 2026.2 it is £97,822.00 today (4 measures differ), £195,624.00 of it past "
        "the dates of its values. The confidence of 4 measures "
        "(£484,848.00 as signed) differs."
    )


def test_jobs_that_a_later_edition_counts_otherwise_are_told_with_both_numbers(ann):
    shown = view(ann, signed_under_2026_1(ann, promise("J11", "12", "12")).id)
    (rule_,) = [one for one in shown.rules if one.outcomes]
    assert (rule_.outcomes, rule_.outcomes_today) == ("12", "0")
    assert today_words(shown).endswith(f"{rule_.title}: 12 as signed, today 0: not enough.")
    enough = replace(rule_, outcomes_today="6", today_result=PolicyResult.MET)
    assert today_words(replace(shown, rules=(enough,))).endswith(": 12 as signed, today 6: enough.")
    assert "12 as signed" not in today_words(replace(shown, rules=(replace(rule_, outcomes_today=rule_.outcomes),)))


def test_both_numbers_of_jobs_are_told_where_today_leaves_it_open_whether_they_are_the_same_people(ann):
    shown = view(ann, signed_under_2026_1(ann, promise("J01", "4", "4"), promise("S02", "2", "2")).id)
    told = {one.outcomes_today for one in shown.rules if one.outcomes_today}
    assert told == {"12 if all are different people, as few as 4 if not"}


# In the PDF


def printed(workspace, contract_id, path):
    """The words of a contract's PDF, each line end a blank, without the end of the history, which goes on."""
    path.write_bytes(contract_pdf(workspace, contract_id, TODAY))
    pages = pypdfium2.PdfDocument(path)
    words = " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pages).split())
    return re.sub(r"History: \d+ changes?, SHA-256 \w+ \w+ … \w+", "", words)


def test_the_pdf_says_what_was_sealed_and_what_differs_today_and_verifies(ann, tmp_path):
    made = signed_under_2026_1(ann, promise("J11", "12", "12"), promise("V01", "5", "5"))
    council.add_rule(ann, rule("green", "0.9", in_force_from=date(2026, 10, 1)))
    words = printed(ann, made.id, tmp_path / "signed.pdf")
    assert "As signed and as of today" in words
    assert (
        "As signed £121,222.00 with barnet-open 2026.1, today £97,822.00 with barnet-open 2026.2: −£23,400.00" in words
    )
    assert "£121,212.00 as signed, £97,812.00 today" in words
    assert "Green: Not in force as signed (no such rule when it was sealed); Does not bind today" in words
    assert "today (£97,822.00; asked: £125,000.00)" in words
    page_1 = words[: words.index("What this does not say")]
    assert "for reasons that stand under Menu. With barnet-open 2026.2 it is £97,822.00 today (J11 −£23,400.00), " in (
        page_1
    )
    assert "12 as signed, today 0: not enough." in page_1
    (act,) = acts(ann, made.id)
    assert act.entered_on is not None
    entered = f"Entered and sealed here on {format_date(act.entered_on)}."
    assert f"{act.words}, with effect from 24 November 2026. {entered} Reason: {act.reason}" in words
    assert act.sha256 in words.replace(" ", "")
    found = verify_pdf(ann, tmp_path / "signed.pdf")
    assert found.holds, found.lines


def test_a_rule_of_later_changes_nothing_in_the_pdf_of_what_was_signed(ann, tmp_path):
    made = begin(ann)
    sign(ann, made.id)
    before = printed(ann, made.id, tmp_path / "before.pdf")
    council.add_rule(ann, rule("green", "0.9", in_force_from=date(2090, 1, 1)))
    assert printed(ann, made.id, tmp_path / "after.pdf") == before
    binding = rule("blue", "0.9", binds_signed_from=date(2026, 10, 1))
    council.add_rule(ann, binding)
    assert "Blue" in printed(ann, made.id, tmp_path / "bound.pdf")
    assert verify_pdf(ann, tmp_path / "bound.pdf").holds


def test_a_draft_says_nothing_of_a_seal_and_one_that_was_reopened_says_what_was_done(ann, tmp_path):
    made = begin(ann)
    assert "As signed and as of today" not in printed(ann, made.id, tmp_path / "draft.pdf")
    sign(ann, made.id)
    reopen(ann, made.id)
    words = printed(ann, made.id, tmp_path / "reopened.pdf")
    assert "Signed on 2 March 2026 by Ann" in words
    assert "Reason: A year was wrong, as we found" in words
    assert verify_pdf(ann, tmp_path / "reopened.pdf").holds


def test_a_value_that_only_another_confidence_changes_is_told_once_in_the_pdf(ann, tmp_path):
    made = signed_under_2026_1(ann, promise("J01", "2", "2"), promise("J11", "12", "12"))
    words = printed(ann, made.id, tmp_path / "signed.pdf")
    assert "£80,810.88 as signed and today (barnet-open 2026.2: confidence high → medium)" in words
    assert re.findall(r"(£[\d,.]+) as signed, \1 today", words) == []


def test_what_is_committed_and_goes_on_is_told_so_that_nobody_takes_it_for_cut_text():
    assert _amounts(Fraction(41, 3), Fraction(4), RuleUnit.OUTCOMES) == "4 needed, over 13.66 committed"


def test_the_name_that_signed_stays_on_the_paper_beside_the_one_of_today(ann):
    begun = begin(ann, promise("V01", "200000", "200000"))
    assert "now called" not in paper_of(ann, begun.id)
    sign(ann, begun.id)
    assert "now called" not in paper_of(ann, begun.id)
    suppliers.save_supplier(ann, begun.supplier, replace(begun.supplier.record, name="New Owner Holdings plc"))
    paper = paper_of(ann, begun.id)
    assert "Bridge Works Ltd. 1 April 2026 to 31 March 2028" in paper
    assert "Bridge Works Ltd signed. The supplier is now called New Owner Holdings plc." in paper
    reopen(ann, begun.id)
    assert "New Owner Holdings plc. 1 April 2026" in paper_of(ann, begun.id)


def paper_of(workspace, contract_id):
    """The words of a contract's PDF, on one line."""
    return " ".join(printed_text(contract_pdf(workspace, contract_id, date(2026, 6, 1))).split())
