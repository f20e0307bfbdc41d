"""Editions from folders and bundles: published bytes never change, and an edition is the same from either."""

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.menufiles.sample import sample_texts, write_edition
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.problems import Severity
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.menufiles.bundle_format import bundle_bytes, sha256_of
from tomsapp.menufiles.edition_reader import load_path, read_bundle_bytes, read_folder
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.menufiles.publishing import publish

DAY = date(2026, 3, 2)


@pytest.fixture
def published(tmp_path):
    folder = write_edition(tmp_path / "sample" / "1")
    publish(folder, DAY)
    return folder


def codes(problems):
    return [problem.code for problem in problems]


def replace_in(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_draft_is_read_with_computed_unit_values(tmp_path):
    reading = read_folder(write_edition(tmp_path / "e"))
    edition = reading.get_edition()
    assert reading.problems == ()
    assert (edition.status, edition.published_on) == (EditionStatus.DRAFT, None)
    assert edition.places["J01"].measure.unit_values[0].value == Decimal("20202.72")
    assert json.loads(reading.bundle)["published_on"] == ""
    assert edition.sha256 == sha256_of(reading.bundle)


def test_published_edition_comes_back_the_same_from_its_bundle(published):
    reading = read_folder(published)
    edition = reading.get_edition()
    assert (edition.status, edition.published_on) == (EditionStatus.PUBLISHED, DAY)
    again = read_bundle(reading.bundle)
    assert again == edition
    assert isinstance(again, MenuEdition)
    assert again.sha256 == edition.sha256 == sha256_of(reading.bundle)


def test_line_ends_and_byte_order_marks_do_not_change_a_published_edition(published):
    sha256 = read_folder(published).get_edition().sha256
    for path in published.glob("*.toml"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_folder(published).get_edition().sha256 == sha256


def test_published_unit_values_are_not_recomputed(published):
    reading = read_folder(published)
    content = json.loads(reading.bundle)
    content["unit_values"]["J01"] = "20202.70"
    edition = read_bundle(json.dumps(content).encode())
    assert isinstance(edition, MenuEdition)
    value = edition.places["J01"].measure.unit_values[0]
    assert (value.value, value.published, value.index_from) == (
        Decimal("20202.70"),
        Decimal(14610),
        Decimal("72.317"),
    )


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("theme-1-jobs.toml", "A resident starts a job.", "A resident starts any job."),
        ("menu.toml", "Sample menu", "Changed menu"),
        ("published.toml", '"20202.72"', '"20202.73"'),
        ("published.toml", "2026-03-02", "2026-03-03"),
    ],
)
def test_published_edition_whose_bytes_changed_is_refused(published, file, old, new):
    replace_in(published / file, old, new)
    reading = read_folder(published)
    assert reading.edition is None
    (problem,) = reading.problems
    assert problem.code == "published-edition-changed"
    assert "a published edition whose bytes changed" in problem.message
    assert "make the change in a new edition" in problem.fix
    assert (problem.where.file, problem.where.field) == ("published.toml", "sha256")


def test_changed_bytes_that_also_break_the_edition_say_both(published):
    replace_in(published / "menu.toml", 'title = "Sample menu"', "")
    assert sorted(codes(read_folder(published).problems)) == ["missing-key", "published-edition-changed"]


def test_published_status_without_published_values_is_refused(tmp_path, published):
    (published / "published.toml").unlink()
    (problem,) = read_folder(published).problems
    assert (problem.code, problem.where.file, problem.where.field) == ("not-published", "menu.toml", "status")
    assert "Put published.toml back" in problem.fix


def test_withdrawn_edition_keeps_its_bytes(published):
    sha256 = read_folder(published).get_edition().sha256
    replace_in(published / "published.toml", "published_on", "withdrawn_on = 2027-01-01\npublished_on")
    edition = read_folder(published).get_edition()
    assert (edition.status, edition.sha256) == (EditionStatus.WITHDRAWN, sha256)


@pytest.mark.parametrize(
    ("old", "new", "code", "field"),
    [
        ("published_on", "on", "missing-key", "published_on"),
        ("published_on", "by = 1\npublished_on", "unknown-key", "by"),
        ('"2026" =', '"twenty" =', "wrong-type", "unit_values.G01.twenty"),
        ('"20202.72"', "20202.72", "wrong-type", "unit_values.J01"),
        ("[unit_values", "[values", "unknown-key", "values"),
        ("sha256 = ", "sha256 ! ", "invalid-toml", "line 4"),
    ],
)
def test_published_file_is_read_strictly(published, old, new, code, field):
    replace_in(published / "published.toml", old, new)
    reading = read_folder(published)
    assert reading.edition is None
    assert (code, "published.toml", field) in {(p.code, p.where.file, p.where.field) for p in reading.problems}


@pytest.mark.parametrize(
    ("change", "measure"),
    [({"X99": "1.00"}, "X99"), ({"G01": "306.32"}, "G01"), ({"G01": {"2026": "306.32"}}, "G01")],
)
def test_published_values_must_be_those_of_the_measures(published, change, measure):
    content = json.loads(read_folder(published).bundle)
    content["unit_values"] |= change
    problems = read_bundle(json.dumps(content).encode(), "menu in council.db")
    assert not isinstance(problems, MenuEdition)
    assert [(p.code, p.where.file, p.where.measure) for p in problems] == [
        ("published-values", "menu in council.db", measure)
    ]
    assert problems[0].fix == "Put the edition’s files back as they were published"


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"{", "invalid-bundle", "is not a menu bundle"),
        (b"[]", "invalid-bundle", "holds no JSON object"),
        (b'{"files": {}, "files": {}}', "invalid-bundle", "the name “files” stands twice"),
        (b"[" * 100_000, "invalid-bundle", "is not a menu bundle"),
        (b"\xff", "wrong-encoding", "byte 1"),
        (b'{"files": 3}', "wrong-type", "not a table"),
        (b'{"files": {"menu.toml": 3}}', "wrong-type", "not text"),
        (b'{"files": {"menu.toml": "\\ud800"}}', "invalid-bundle", "half a character"),
        (b'{"files": {"../x.toml": "a = 1"}}', "unknown-file", "menu.toml and theme files only"),
        (b'{"files": {}, "published_on": "soon"}', "wrong-type", "not a date"),
        (b'{"files": {}, "more": 1}', "unknown-key", "not a key"),
        (b"{}", "missing-file", "no menu.toml"),
    ],
)
def test_hostile_bundle_is_a_problem(data, code, words):
    problems = read_bundle(data)
    assert not isinstance(problems, MenuEdition)
    assert any(p.code == code and words in p.message and p.fix for p in problems), [str(p) for p in problems]


@given(st.binary(max_size=100) | st.text(max_size=100).map(str.encode))
def test_any_bytes_are_an_edition_or_problems(data):
    reading = read_bundle_bytes(data)
    assert reading.edition is None
    assert all(problem.fix for problem in reading.problems)


@given(
    title=st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters='"\\'), min_size=1, max_size=60),
    pounds=st.decimals(min_value=Decimal("0.0001"), max_value=10**9, places=4),
    day=st.dates(min_value=date(2000, 1, 1)),
)
def test_bundle_round_trip(title, pounds, day):
    texts = sample_texts(("Resident into work", title), ("value = 14_610", f"value = {pounds:f}"),
                         ("low = 10_000\nhigh = 20_000.50\n", ""), ('"draft"', '"published"'))  # fmt: skip
    drafted = read_bundle_bytes(bundle_bytes(texts, None, {}))
    assert codes(drafted.problems) == ["not-published"]
    values = {"J01": {None: pounds}, "V01": {None: Decimal("1.00")},
              "G01": {2026: Decimal("306.32"), 2027: Decimal("310.97")}}  # fmt: skip
    bundle = bundle_bytes(texts, day, values)
    reading = read_bundle_bytes(bundle)
    edition = reading.get_edition()
    assert reading.bundle == bundle
    assert edition.places["J01"].measure.title == title
    assert edition.places["J01"].measure.unit_values[0].value == pounds


def test_canonical_bytes_are_sorted_and_without_spaces():
    assert (
        bundle_bytes({"b": "£\n", "a": ""}, DAY, {"J01": {None: Decimal("1.50")}, "G01": {2026: Decimal(2)}})
        == (
            '{"files":{"a":"","b":"£\\n"},"published_on":"2026-03-02","unit_values":{"G01":{"2026":"2"},"J01":"1.50"}}'
        ).encode()
    )


def test_path_is_a_folder_or_a_bundle(tmp_path, published):
    bundle = tmp_path / "sample.json"
    bundle.write_bytes(read_folder(published).bundle)
    assert load_path(bundle).edition == load_path(published).edition
    reading = load_path(tmp_path / "none.json")
    assert codes(reading.problems) == ["missing-file"]
    with pytest.raises(MenuFileError):
        reading.get_edition()


def test_folder_that_is_missing_and_files_that_are_not_read(tmp_path):
    (problem,) = read_folder(tmp_path / "none").problems
    assert (problem.code, problem.where.file) == ("unreadable-file", "none")
    folder = write_edition(tmp_path / "e")
    (folder / "jobs.toml").write_text("", encoding="utf-8")
    reading = read_folder(folder)
    assert reading.edition is not None
    assert [(p.code, p.severity, p.where.file) for p in reading.problems] == [
        ("unread-file", Severity.WARNING, "jobs.toml")
    ]


def test_file_in_a_wrong_encoding_is_one_problem_among_others(tmp_path):
    folder = write_edition(tmp_path / "e")
    (folder / "theme-2-planet.toml").write_bytes("title = 'café'".encode("latin-1"))
    replace_in(folder / "theme-1-jobs.toml", '"fte_jobs"', '"jobs"')
    found = {(p.where.file, p.code) for p in read_folder(folder).problems}
    assert found >= {("theme-2-planet.toml", "wrong-encoding"), ("theme-1-jobs.toml", "unknown-word")}
