"""What could be a name in a text that people type about evidence."""

import pytest

from tomsapp.domain.delivery.names import name_in


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Volunteer log of the school", ""),
        ("Contract of Jane Smith, page 2", "Jane Smith"),
        ("“Mr O’Hara”", "Mr O’Hara"),
        ("Folder 12, HR Barnet", ""),
        ("P-001 and P-002", ""),
        ("Jane", ""),
    ],
)
def test_what_could_be_a_name_in_a_text(text, name):
    assert name_in(text) == name
