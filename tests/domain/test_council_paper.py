"""A paper is one object: what it says, in which order, and what its charts say to whoever cannot see them."""

from decimal import Decimal

from tests.papers import CHART, TABLE, paper
from tomsapp.domain.papers.council_paper import EXAMPLE_MARK, PaperBar, PaperChart


def test_words_are_told_in_reading_order():
    made = paper()
    words = list(made.words)
    assert words[:3] == ["Social value: report to committee", EXAMPLE_MARK, "What was delivered to 30 September 2026."]
    assert words[-4:] == [
        "Notes",
        "Proxy pounds are not money that anybody pays.",
        "Sources",
        "Barnet Open 2026.2, SHA-256 4be1.",
    ]
    start = words.index(TABLE.caption)
    assert words[start + 1 : start + 7] == ["Theme", "Accepted", "Rating", *TABLE.rows[0]]


def test_a_real_council_has_no_mark_and_a_paper_without_sources_no_list_of_them():
    words = list(paper(is_example=False, notes=(), sources=()).words)
    assert EXAMPLE_MARK not in words
    assert not {"Notes", "Sources"} & set(words)


def test_a_chart_says_every_bar_in_words():
    assert paper().charts == (CHART,)
    assert CHART.alternative == (
        "Bar chart. Social value accepted, in proxy pounds: Fair work and poverty £137,493.68; Greener places "
        "£21,000.00; Learning £0.00."
    )
    assert CHART.longest == Decimal("137493.68")
    assert PaperChart("Nothing", (PaperBar("None", Decimal(-3), "−£3.00"),)).longest == 1
