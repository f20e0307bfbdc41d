"""Under which paths Windows keeps a file, and what is said of the others."""

import pytest

from tomsapp.domain.windows_places import MOST_OF_A_PATH, UnusablePlace, check_length, check_windows_place


@pytest.mark.parametrize(
    "path",
    [
        "council.db",
        r"C:\Users\Ann\Documents\council.db",
        "C:/Users/Ann/council.db",
        r"..\council.db",
        r".\council.db",
        r"\\server\share\council.db",
        r"\\?\C:\Users\Ann\council.db",
        r"\\?\UNC\server\share\council.db",
        r"C:\Users\Ann.Other\a b.c\console.db",
        "com10.pdf",
        "Ł’œuvre – 2026.pdf",
    ],
)
def test_path_of_one_file_is_taken(path):
    check_windows_place(path)


@pytest.mark.parametrize("name", ["CON", "nul.txt", "com¹.pdf", "LPT9 .tar.gz", "aux.", "CONOUT$"])
@pytest.mark.parametrize("folder", ["", "C:\\Users\\", "..\\", "\\\\server\\share\\", "\\\\?\\C:\\"])
def test_name_of_a_device_is_refused(folder, name):
    with pytest.raises(UnusablePlace) as refused:
        check_windows_place(folder + name)
    said = f"Windows keeps the name “{name}” for a device, whatever its ending, and would write no file"
    assert (refused.value.message, refused.value.fix) == (said, "Choose another name")


def test_folder_of_the_name_of_a_device_is_refused():
    with pytest.raises(UnusablePlace, match="“aux” for a device"):
        check_windows_place("C:\\aux\\council.db")


@pytest.mark.parametrize(
    ("path", "said", "fix"),
    [
        ("a:b", "“a:b” is a file in whatever folder was used last on drive A:", "Write the whole path, such as A:\\b"),
        ("c:x/y.db", "“c:x/y.db” is a file in whatever folder", "Write the whole path, such as C:\\x\\y.db"),
        ("c:", "“c:” is a file in whatever folder", "Write the whole path, such as C:\\council.tomsdb"),
        ("report:v2.pdf", "“report:v2.pdf” has a colon: Windows would hide", "Choose a name without a colon"),
        ("C:\\a\\b:c.pdf", "“b:c.pdf” has a colon: Windows would hide", "Choose a name without a colon"),
        ("what?.pdf", "“what?.pdf” has ?, which Windows takes in no name", "Choose another name"),
        ("a\tb.pdf", "“a□b.pdf” has U+0009 control sign, which Windows takes in no name", "Choose another name"),
        ("council.db.", "“council.db.” ends in a dot or a blank, which Windows leaves out", "Choose another name"),
        ("D:\\papers \\a.pdf", "“papers ” ends in a dot or a blank", "Choose another name"),
    ],
)
def test_path_that_names_something_else_is_refused_and_it_is_said_why(path, said, fix):
    with pytest.raises(UnusablePlace) as refused:
        check_windows_place(path)
    assert said in refused.value.message
    assert refused.value.fix == fix


@pytest.mark.parametrize("letter", ["a", "é", "😀"])
def test_path_is_as_long_as_windows_counts_it(letter):
    counted = 2 if letter == "😀" else 1
    longest = "C:\\a" if MOST_OF_A_PATH % 2 == 0 else "C:\\"
    longest += letter * ((MOST_OF_A_PATH - len(longest)) // counted)
    check_length(longest)
    with pytest.raises(UnusablePlace, match="too long for this Windows, which takes 259") as refused:
        check_length(longest + letter)
    assert f"is {counted} characters too long" in refused.value.message
    assert "a folder nearer to the top of the disk" in refused.value.fix
    check_length("\\\\?\\" + longest + letter)
