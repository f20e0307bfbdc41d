from tomsapp.reading.cleaning import unprintable_in, with_plain_breaks, without_control_characters


def test_breaks_of_a_word_processor_are_line_ends():
    assert with_plain_breaks("one\x0btwo\x0cthree\nfour") == "one\ntwo\nthree\nfour"


def test_first_sign_that_no_page_can_print_is_found():
    assert unprintable_in("a\tb\r\nc") is None
    assert unprintable_in("a\x1fb\x7f") == "\x1f"
    assert without_control_characters("a\x1fb\x7f\tc") == "ab\tc"
