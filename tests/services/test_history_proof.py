"""A history is the one that a paper or backup came from, and contracts are what was sealed."""

import re
from dataclasses import replace
from datetime import date, datetime

import pytest
from pypdf import PdfReader

from tests.services.council import begin, promise, reopen, shipped, sign
from tests.store.test_acts import before
from tests.store.test_history_kept import behind, link_anew
from tomsapp.domain.errors import TomsError
from tomsapp.domain.history import typed_head
from tomsapp.domain.supplier import Supplier
from tomsapp.domain.wording import format_date
from tomsapp.services import checking, databases
from tomsapp.services.history_proof import stated_head
from tomsapp.services.menu_books import menu_book_pdf
from tomsapp.services.reporting import contract_pdf
from tomsapp.services.suppliers import add_supplier
from tomsapp.services.verifying import verify_pdf
from tomsapp.store.check_history import history_problems
from tomsapp.store.database import open_database
from tomsapp.store.engine import open_engine

ON = date(2026, 11, 29)


@pytest.fixture
def signed(ann):
    made = begin(ann, promise("V01", "60000", "60000"))
    sign(ann, made.id)
    return made


@pytest.fixture
def paper(ann, signed, tmp_path):
    path = tmp_path / "C1.pdf"
    path.write_bytes(contract_pdf(ann, signed.id, ON))
    return path


def codes(target, against=None) -> list[str]:
    return [problem.code for problem in checking.check(target, against)]


def test_paper_states_the_history_that_it_came_from_and_still_verifies(ann, council_target, paper):
    head = ann.history_head()
    assert stated_head(paper) == head
    assert verify_pdf(ann, paper).holds
    assert codes(council_target, paper) == []
    assert (
        f"with {head.place} of these changes, and nothing since." in checking.history_words(council_target, paper)[-1]
    )
    add_supplier(ann, Supplier("Later Ltd"))
    assert codes(council_target, paper) == []
    assert "and 1 change since." in checking.history_words(council_target, paper)[-1]


@pytest.mark.parametrize("server", ["sqlite"])
def test_foot_of_a_paper_can_be_typed(ann, council_target, paper):
    words = " ".join(PdfReader(paper).pages[0].extract_text().split())
    foot = re.search(r"History: .*? … [0-9a-f]{4}", words)
    head = typed_head(foot[0])
    assert head.place == ann.history_head().place
    assert codes(council_target, head) == []
    add_supplier(ann, Supplier("Later Ltd"))
    assert codes(council_target, head) == []
    assert codes(council_target, replace(head, place=head.place + 1)) == ["database-history-other"]


@pytest.mark.parametrize("server", ["sqlite"])
def test_book_and_backup_state_it_too(ann, council_target, tmp_path):
    book, copy = tmp_path / "book.pdf", tmp_path / "copy.db"
    book.write_bytes(menu_book_pdf(ann, "barnet-open", "2026.2", ON))
    databases.back_up(ann.database, copy)
    assert stated_head(book) == stated_head(copy) == ann.history_head()


def test_what_belongs_to_no_database_states_none(tmp_path):
    path = tmp_path / "offer.json"
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(TomsError, match=r"offer.json does not say which history"):
        stated_head(path)


QUIETLY = (
    "UPDATE commitment_year SET quantity = quantity * 10 WHERE id = 1",
    """UPDATE history SET "after" = replace("after", '60000.0000', '600000.0000')
    WHERE kind = 'commitment_year' AND record_id = 1""",
)


def test_who_alters_row_history_and_chain_is_found_by_the_sealed_document_and_by_the_paper(
    ann, council_target, signed, paper
):
    ann.close()
    engine = open_engine(council_target, checks_keys=False)
    with behind(engine, is_kept=True) as connection:
        for statement in QUIETLY:
            connection.exec_driver_sql(statement)
        link_anew(connection)
    engine.dispose()
    (problem,) = checking.check(council_target)
    assert problem.code == "database-sealed"
    assert f"contract {signed.id} is not what was sealed with act 1: commitments" in problem.message
    assert codes(council_target, paper) == ["database-history-other", "database-sealed"]


def test_document_that_is_not_whole_is_found(ann, council_target, signed):
    ann.close()
    engine = open_engine(council_target, checks_keys=False)
    with behind(engine, is_kept=True) as connection:
        kind = "BLOB" if engine.dialect.name == "sqlite" else "BYTEA"
        connection.exec_driver_sql(f"UPDATE act SET content = CAST('x' AS {kind})")
    engine.dispose()
    assert codes(council_target) == ["database-bytes", "database-sealed"]


def test_contract_that_was_reopened_and_changed_is_held_to_no_document(ann, council_target, signed):
    reopen(ann, signed.id)
    begin(ann, reference="C2")
    assert codes(council_target) == []


@pytest.fixture
def upgraded(tmp_path):
    """A database of version 0003 with signed contracts, upgraded."""
    path = tmp_path / "before.toms"
    before(str(path))
    open_database(path, upgrade=True).close()
    return path


def test_database_of_before_is_chained_since_its_upgrade(upgraded):
    chained = checking.history_words(upgraded)[1]
    today = format_date(datetime.now().astimezone().date())
    assert chained == f"It is chained since {today}; 1 change stood there then."


@pytest.mark.parametrize(
    ("statement", "named"),
    [
        ("UPDATE act SET reason = 'Other' WHERE id = 1", "act 1: reason was changed"),
        ("UPDATE act SET role = 'Other' WHERE id = 2", "act 2: role was changed"),
        ("UPDATE change SET who = 'Other'", "change 1 of “Other”"),
        ("DELETE FROM act WHERE id = 2", "act 2: the history tells of it"),
    ],
)
def test_what_stood_when_the_chain_began_is_held_too(upgraded, statement, named):
    engine = open_engine(upgraded, checks_keys=False)
    with engine.connect() as connection:
        before = list(history_problems(connection, "before"))
    with behind(engine) as connection:
        connection.exec_driver_sql(statement)
        found = [each.message for each in history_problems(connection, "before") if each not in before]
    engine.dispose()
    assert any(named in message for message in found), found


def test_head_of_another_database_is_another_history(ann, tmp_path, paper):
    other = tmp_path / "other.db"
    workspace = databases.make_database(other, shipped(), "Ann", "Elsewhere")
    for number in range(ann.history_head().place):
        add_supplier(workspace, Supplier(f"Supplier {number}"))
    workspace.close()
    assert codes(other, paper) == ["database-history-other"]
