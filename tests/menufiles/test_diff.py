"""What changed between two editions, and why."""

from decimal import Decimal
from fractions import Fraction

from tests.menufiles.sample import sample_texts
from tomsapp.menufiles.builder import build_edition
from tomsapp.menufiles.diff import compare_editions


def edition_of(*changes):
    built = build_edition(sample_texts(*changes))
    assert built.edition is not None, built.problems
    return built.edition


def changes_to(*changes):
    return compare_editions(edition_of(), edition_of(*changes))


def test_nothing_changed():
    changes = changes_to()
    assert (changes.values, changes.added, changes.withdrawn, changes.rules, changes.wording) == ((), (), (), (), ())


def test_changed_value_has_its_reason_and_both_sums():
    (change,) = changes_to(
        ("value = 14_610", "value = 15_000"), ("Earnings of £14,044 plus £566.", "Earnings of £14,434 plus £566.")
    ).values
    assert change.place.measure.code == "J01"
    assert (change.before.value, change.after.value) == (Decimal("20202.72"), Decimal("20742.01"))
    assert change.change == Decimal("539.29")
    assert change.change_share == Fraction(53929, 2020272)
    assert change.reason == (
        "Published value: £14,610.00 at 2012-13 prices, now £15,000.00 at 2012-13 prices; "
        "Derivation: Earnings of £14,044 plus £566, now Earnings of £14,434 plus £566"
    )
    assert change.before_sum == "£14,610.00 at 2012-13 prices × 100 ÷ 72.317 = £20,202.72"
    assert "£20,742.01" in change.after_sum


def test_new_price_base_of_the_menu_and_a_revised_deflator_are_reasons():
    base = changes_to(('price_base = "2024"', 'price_base = "2022"'))
    assert {change.place.measure.code for change in base.values} == {"J01", "G01"}
    assert base.values[0].reason == "Prices of the menu: 2024, now 2022"
    assert [change.year for change in base.values] == [None, 2026, 2027]
    revised = changes_to(('"2012-13" = 72.317', '"2012-13" = 72.4'))
    assert revised.values[0].reason == "The deflator was revised"


def test_source_is_a_reason():
    (change,) = changes_to(("value = 1\n", 'value = 2\nsource_detail = "row 9"\n')).values
    assert change.reason == (
        "Source: GDP deflators, 2025, now GDP deflators, 2025, row 9; "
        "Published value: £1.00 at any prices, now £2.00 at any prices"
    )


def test_years_that_come_and_go():
    other = edition_of(("year = 2026", "year = 2028"))
    added, withdrawn = compare_editions(edition_of(), other).values
    assert (added.year, added.before, added.change, added.change_share) == (2028, None, None, None)
    assert (withdrawn.year, withdrawn.after, withdrawn.after_sum) == (2026, None, "")
    assert "values for 2026 to 2027 at 2022 prices, now values for 2027 to 2028" in added.reason


def test_one_value_in_place_of_a_value_for_each_year():
    planet = sample_texts()["theme-2-planet.toml"]
    dated = planet[planet.index("[[outcome.measure.proxy.dated]]") : planet.index('[[outcome.measure]]\ncode = "V01"')]
    single = edition_of((dated, ""), ('price_base = "2022"', 'price_base = "2022"\nvalue = 280.00'))
    reasons = [change.reason for change in compare_editions(edition_of(), single).values]
    assert any("values for 2026 to 2027 at 2022 prices, now £280.00 at 2022 prices" in reason for reason in reasons)


def test_measure_that_is_valued_from_now_on_or_no_longer():
    proxy = sample_texts()["theme-2-planet.toml"].rpartition("[outcome.measure.proxy]")[2]
    without = edition_of(("[outcome.measure.proxy]" + proxy, ""))
    (change,) = compare_editions(without, edition_of()).values
    assert change.reason == "It was counted and not valued"
    (change,) = compare_editions(edition_of(), without).values
    assert change.reason == "It is counted and no longer valued"


def test_added_and_withdrawn_measures():
    changes = changes_to(('code = "G01"', 'code = "G02"'))
    assert [place.measure.code for place in changes.added] == ["G02"]
    assert [place.measure.code for place in changes.withdrawn] == ["G01"]


def test_rules_and_wording_are_told_apart():
    changes = changes_to(
        ('counts = "once"', 'counts = "each_year"\nlocal_only = true\ndeadweight_share = 0.25\ntags = ["a", "b"]'),
        ("The supplier is accredited.", "It is accredited."),
        ("2027-03-31", "2028-03-31"),
    )
    assert [(one.code, one.field, one.before, one.after) for one in changes.rules] == [
        ("J02", "counts", "once", "each year"),
        ("J02", "local_only", "no", "yes"),
        ("J02", "deadweight_share", "0", "0.25"),
    ]
    assert [(one.code, one.field, one.before, one.after) for one in changes.wording] == [
        ("J01", "review_due", "31 March 2027", "31 March 2028"),
        ("J02", "description", "The supplier is accredited.", "It is accredited."),
        ("J02", "tags", "", "a; b"),
    ]


def test_evidence_and_examples_that_change_are_told():
    keys = 'evidence_months = 12\nevidence_if_later = "The signed contract."\nequality_group = "carers"\n'
    added = f'earned = "at_start"\n{keys}small_example = "A firm of five enters 1."\nreview_due = 2027-03-31'
    changes = changes_to(("review_due = 2027-03-31", added))
    assert [(change.field, change.before, change.after) for change in changes.rules] == [
        ("earned", "", "at start"), ("evidence_months", "0", "12"),
    ]  # fmt: skip
    assert [(change.field, change.after) for change in changes.wording] == [
        ("evidence_if_later", "The signed contract."), ("small_example", "A firm of five enters 1."),
        ("equality_group", "carers"),
    ]  # fmt: skip


def test_what_is_said_of_a_value_is_told_though_its_pounds_stay():
    facts = """kind = "price"
components = ["earnings", "health"]
in_force_from = 2026-04-01
taken_off = "Nothing."
source_deadweight = "no"
delivery_cost = { value = 132, made = "2012-13", note = "Staff." }
source = "hmt"
derivation = "Earnings and health."
confidence = "low"
"""
    old = 'source = "ucd"\nderivation = "Earnings of £14,044 plus £566."\nconfidence = "high"\n'
    step = "at 2012-13 prices × 100 ÷ 72.317"
    changes = changes_to((old, facts), ("low = 10_000\n", "low = 9_000\n"))
    assert changes.values == ()
    assert [(one.field, one.before, one.after) for one in changes.wording] == [
        ("kind", "", "price"),
        ("components", "", "earnings; health"),
        ("taken_off", "", "Nothing."),
        ("source_deadweight", "", "no"),
        ("in_force_from", "", "1 April 2026"),
        ("confidence", "high", "low"),
        ("delivery_cost", "", "£132.00 for each unit, in prices of 2012-13. Staff."),
        (
            "low to high",
            f"£10,000.00 {step} = £13,828.01, to £20,000.50 {step} = £27,656.71",
            f"£9,000.00 {step} = £12,445.21, to £20,000.50 {step} = £27,656.71",
        ),
        ("source", "Unit Cost Database, 2015", "GDP deflators, 2025"),
        ("derivation", "Earnings of £14,044 plus £566.", "Earnings and health."),
    ]


def test_source_and_derivation_of_other_pounds_stand_with_the_value():
    changes = changes_to(("value = 14_610", "value = 15_000"), ("Earnings of £14,044 plus £566.", "Rounded."))
    assert len(changes.values) == 1
    assert changes.wording == ()


def test_a_group_that_counts_its_jobs_once_from_now_on_is_a_rule_that_changed():
    reason = 'reason = "One move into work is one gain."\n'
    (change,) = changes_to((reason, f"{reason}outcomes_once = true\n")).rules
    assert (change.code, change.field, change.before, change.after) == ("one-person", "outcomes_once", "no", "yes")


def test_review_date_that_is_gone_is_empty():
    (change,) = changes_to(("review_due = 2027-03-31\n", "")).wording
    assert change.after == ""


def test_themes_and_outcomes_that_are_renamed():
    changes = changes_to(('title = "Planet"', 'title = "Green planet"'), ('title = "Net zero"', 'title = "Zero"'))
    assert {(one.code, one.field, one.after) for one in changes.wording} == {
        ("G01", "theme", "2 Green planet"), ("G01", "outcome", "2a Zero"),
        ("V01", "theme", "2 Green planet"), ("V01", "outcome", "2a Zero"),
    }  # fmt: skip


def test_exclusion_groups_that_change_come_and_go():
    (change,) = changes_to(('severity = "declare"', 'severity = "block"')).rules
    assert (change.code, change.title, change.field, change.after) == (
        "one-person", "Exclusion group", "severity", "block",
    )  # fmt: skip
    new, old = changes_to(('code = "one-person"', 'code = "one-job"')).rules
    assert (new.code, new.before, new.after) == ("one-job", "none", "J01, J02")
    assert (old.code, old.before, old.after) == ("one-person", "J01, J02", "none")
