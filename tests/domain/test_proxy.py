import pytest

from tomsapp.domain.proxy import is_copy


@pytest.mark.parametrize(
    ("address", "copy"),
    [
        ("https://github.com/someone/data", True),
        ("https://raw.githubusercontent.com/x", True),
        ("https://notgithub.com/x", False),
        ("https://www.gov.uk/x", False),
        ("no address", False),
        ("", False),
    ],
)
def test_what_is_a_copy_and_not_the_publishers_own(address: str, copy: bool) -> None:
    assert is_copy(address) is copy
