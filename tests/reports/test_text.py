import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.sample import fonts
from tomsapp.reports.line_fill import is_figure
from tomsapp.reports.styles import BODY, RUNNING
from tomsapp.reports.text import LinkRun, Run, Typesetter, in_segments, web_address


def joined(lines: list) -> str:
    return "".join(part.text for line in lines for part in line.fragments)


def test_a_soft_line_end_keeps_its_space_for_those_who_copy_text() -> None:
    lines = Typesetter(fonts()).lines("one two three four five six seven", BODY, 60)
    assert len(lines) > 2
    assert joined(lines) == "one two three four five six seven"


def test_a_hard_line_end_reads_as_a_space() -> None:
    lines = Typesetter(fonts()).lines("4 needed\n13 committed", BODY, 300)
    assert [line.fragments[0].text for line in lines] == ["4 needed ", "13 committed"]


def test_a_word_may_change_its_weight_inside() -> None:
    lines = Typesetter(fonts()).lines([Run("short by "), Run("£5", bold=True), Run(". The end")], BODY, 300)
    assert [part.text for part in lines[0].fragments] == ["short by ", "£5", ". The end"]
    assert len({part.look.face.name for part in lines[0].fragments}) == 2


def test_a_no_break_space_does_not_break() -> None:
    lines = Typesetter(fonts()).lines("aaaa bbbb\u00a0cccc", BODY, 50)
    assert [joined([line]) for line in lines] == ["aaaa ", "bbbb\u00a0cccc"]


@settings(deadline=None)
@given(st.text(st.characters(), max_size=300), st.floats(20, 400))
def test_every_line_fits_and_no_character_is_lost(text: str, width: float) -> None:
    setter = Typesetter(fonts())
    lines = setter.lines(text, BODY, width)
    assert all(line.width <= width + 0.001 for line in lines)
    assert "".join(joined(lines).split()) == "".join(setter.clean(text).split())


def test_a_word_wider_than_the_line_is_cut_not_lost() -> None:
    lines = Typesetter(fonts()).lines("x" * 5_000, BODY, 200)
    assert joined(lines) == "x" * 5_000
    assert max(line.width for line in lines) <= 200


def test_one_line_is_cut_with_an_ellipsis() -> None:
    line = Typesetter(fonts()).one_line("A very long name of a document", RUNNING, 60)
    assert line.fragments[0].text.endswith("…")
    assert line.width <= 60


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "data:text/html,x",
        "https://",
        "//example.org",
        "https://exa mple.org",
        "http://[::1",
        "https://example.org/\x00",
        "mailto:a@example.org",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert web_address(address) == ""
    lines = Typesetter(fonts()).lines([LinkRun("here", address)], BODY, 100)
    assert lines[0].fragments[0].look.address == ""


def test_a_web_address_is_percent_encoded() -> None:
    assert web_address(" https://example.org/a?b=£&c=d#e ") == "https://example.org/a?b=%C2%A3&c=d#e"


@pytest.mark.parametrize("width", [90, 120, 150, 200])
def test_a_figure_is_never_broken_and_a_sign_stays_with_the_figure_after_it(width: float) -> None:
    text = "1,234.5 × £875,053,191.16 × 25% − (£2.00 + 3) ÷ 7 = £416.65…"
    lines = [joined([line]).strip() for line in Typesetter(fonts()).lines(text, BODY, width)]
    assert " ".join(lines) == text
    assert not any(line.endswith(("×", "÷", "−", "+", "=")) for line in lines)
    assert set(" ".join(lines).split()) == set(text.split())


def test_a_sign_at_the_end_and_one_before_a_word_stay_as_they_are() -> None:
    setter = Typesetter(fonts())
    assert joined(setter.lines("quantity × unit value =", BODY, 40)) == "quantity × unit value ="
    assert joined(setter.lines("2 × 3 × ", BODY, 20)).split() == ["2", "×", "3", "×"]


def test_type_shrinks_so_that_the_widest_figure_fits_but_not_below_a_floor() -> None:
    setter = Typesetter(fonts())
    for text in ("£1,000,000,000,000.00", [Run("up to "), Run("£1,000,000,000,000.00", bold=True)]):
        fitted = setter.fitted(text, BODY, 60)
        assert fitted.size < BODY.size
        assert setter.widest_figure(text, fitted) <= 60
        assert fitted.leading < BODY.leading
    assert setter.fitted("£1.00 and words", BODY, 60) is BODY
    assert setter.fitted("unbreakablewordsarenofigures" * 3, BODY, 60) is BODY
    assert setter.fitted("1" * 200, BODY, 60).size == 5.0


@pytest.mark.parametrize("word", ["£5", "(£5,000.00)", "−£3.20,", "12.5%", "3.33…", "£1m", "a" * 64, "“40”"])
def test_what_a_figure_is(word: str) -> None:
    assert is_figure(word)


@pytest.mark.parametrize("word", ["J01", "2026/27", "£", "words", "1-2", "SHA-256", "5a"])
def test_what_no_figure_is(word: str) -> None:
    assert not is_figure(word)


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("3 × 6, then 2 × 4", 90, ["3 × 6, then 2 × 4"]),
        ("3 × 6, then 2 × 4", 60, ["3 × 6, ", "then 2 × 4"]),
        ("52,000, then 78,000, then 3 × 104,000", 80, ["52,000, ", "then 78,000, ", "then 3 × 104,000"]),
        ("3 × 12,345,678", 55, ["3 ", "× 12,345,678"]),
    ],
)
def test_a_fold_of_years_is_broken_after_its_commas_alone(text: str, width: float, lines: list[str]) -> None:
    found = Typesetter(fonts()).lines(in_segments(text), BODY, width)
    assert [joined([line]) for line in found] == lines


def test_type_shrinks_for_a_text_that_stays_whole_but_not_under_eight_points() -> None:
    setter = Typesetter(fonts())
    content = in_segments("then 2 × 4, then 10 × 104,000")
    wide = setter.widest_whole(content, BODY)
    assert setter.fitted(content, BODY, wide) is BODY
    fitted = setter.fitted(content, BODY, wide * 0.85)
    assert 8 <= fitted.size < BODY.size
    assert [joined([line]) for line in setter.lines(content, fitted, wide * 0.85)] == [
        "then 2 × 4, ",
        "then 10 × 104,000",
    ]
    assert setter.fitted(content, BODY, wide * 0.7) is BODY, "broken at a space, where whole it would be too small"
    assert setter.widest_whole("plain text", BODY) == 0


@settings(deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=8), st.floats(40, 200))
def test_no_digits_of_a_fold_are_broken_where_they_fit(numbers: list[int], width: float) -> None:
    text = ", then ".join(f"3 × {number:,}" for number in numbers)
    setter = Typesetter(fonts())
    lines = [joined([line]) for line in setter.lines(in_segments(text), BODY, width)]
    assert "".join(lines) == text
    if setter.widest_figure(text, BODY) <= width:
        assert {word for line in lines for word in line.split()} == set(text.split())


ADDRESS = "social.value.team@procurement-and-commercial.larkmere.gov.uk"


@pytest.mark.parametrize("width", [90, 113, 200])
def test_an_address_is_broken_after_its_at_and_dots_alone_or_set_smaller(width: float) -> None:
    setter = Typesetter(fonts())
    text = f"Larkmere Council, {ADDRESS}"
    style = setter.fitted(text, BODY, width)
    lines = [joined([line]) for line in setter.lines(text, style, width)]
    assert "".join(lines) == text
    assert all(line.endswith((" ", "@", ".")) for line in lines[:-1])


def test_an_address_wider_than_the_least_type_is_cut_and_not_lost() -> None:
    setter = Typesetter(fonts())
    text = f"{'x' * 200}@example.org"
    lines = setter.lines(text, setter.fitted(text, BODY, 80), 80)
    assert joined(lines) == text
    assert all(line.width <= 80 for line in lines)
