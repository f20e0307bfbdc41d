"""Expected failures."""

from tomsapp.domain.errors import TomsError


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    error = TomsError("The file is empty", "Choose another file")
    assert str(error) == "The file is empty. Choose another file"
    assert (error.message, error.fix) == ("The file is empty", "Choose another file")


def test_an_error_may_say_it_all_at_once() -> None:
    assert str(TomsError("The file is empty")) == "The file is empty"
