"""Names that every system takes as those of files."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tomsapp.domain.file_names import MOST_NAME, file_name_of, is_device, is_file_name

DEVICES = [
    "CON", "con", "Prn", "AUX", "nul", "conin$", "CONOUT$", "Clock$",
    "COM0", "com1", "com9", "COM¹", "com²", "com³", "LPT1", "lpt¹", "LPT²", "lpt³",
]  # fmt: skip
ENDINGS = ["", ".txt", ".tar.gz", " .txt", "  .pdf", ".", " ", "..", ". .txt", " . "]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_device_is_one_whatever_follows(device: str, ending: str) -> None:
    name = f"{device}{ending}"
    assert is_device(name)
    assert not is_file_name(name)
    made = file_name_of(name, ".pdf", most=80, otherwise="report")
    assert is_file_name(made)
    assert made.startswith(f"_{device}")


@pytest.mark.parametrize(
    "name",
    ["con-1.pdf", "null.pdf", "x", "CONSOLE.txt", "com10.pdf", "com.pdf", "lpt¹².pdf", "conin.txt", "a.con", "Ünï"],
)
def test_what_only_begins_like_a_device_is_none(name: str) -> None:
    assert is_file_name(name)
    assert file_name_of(name, "", most=80, otherwise="report") == name


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", " a", "a ", "a.", ".a", "a/b", "a\\b", "C:x", "a\x00", "n" * 256, "a\u202eb"]
)
def test_what_leads_elsewhere_or_is_cut_is_no_name(name: str) -> None:
    assert not is_file_name(name)


def test_what_a_file_system_refuses_is_replaced() -> None:
    assert file_name_of('T/2026: "x"', ".pdf", most=80, otherwise="report") == "T-2026- -x-.pdf"
    assert file_name_of(" . ", ".pdf", most=80, otherwise="report") == "report.pdf"
    assert file_name_of("a", ".b c .", most=80, otherwise="report") == "a.b c"
    assert file_name_of("x" * 100, ".pdf", most=80, otherwise="report") == f"{'x' * 80}.pdf"


@given(some.text(max_size=120), some.sampled_from(["", ".pdf", ".tomspack"]))
def test_any_text_makes_the_name_of_a_file(text: str, ending: str) -> None:
    made = file_name_of(text, ending, most=80, otherwise="report")
    assert is_file_name(made)
    assert len(made) <= MOST_NAME
