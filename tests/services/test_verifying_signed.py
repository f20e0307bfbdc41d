"""What verify says of a signed paper: it agrees with itself, is unchanged since it was signed, and by whom."""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.keys import EXPIRED, PASSWORD, VALID, certificate, key_file, key_file_of, pem
from tests.pdf_overlay import with_overlay, words
from tests.reports.valuations import LINES, MENUS, commitment, valued
from tests.services.council import begin, open_as, promise, sign
from tests.services.test_signers import made, sealed
from tests.services.test_verifying import long_contract, pdf, with_file
from tests.services.test_verifying_book import book
from tests.signing.test_signature import changed, draw_on_page, flips, key, open_something, sign_again, validated
from tomsapp.domain.errors import TomsError
from tomsapp.domain.facts import MOST_LINE, MOST_LONG
from tomsapp.services import signers, verifying_signature
from tomsapp.services.verification import Verification
from tomsapp.services.verifying import verify_pdf
from tomsapp.signing.keys import make_key, read_key
from tomsapp.signing.sign import sign_pdf
from tomsapp.store import records, types

EARLIER = Path(__file__).with_name("earlier")
YES = "Unchanged since it was signed: yes. The signature is over the whole file."
CHANGED = "Unchanged since it was signed: no. It was changed after it was signed, or the signature was."


def verify(data: bytes, folder: Path, menus: object = MENUS, certificate: bytes = b"") -> Verification:
    path, given = folder / "valuation.pdf", folder / "council.pem"
    path.write_bytes(data)
    given.write_bytes(certificate)
    return verify_pdf(menus, path, certificate=given if certificate else None)


def signed(data: bytes = b"") -> bytes:
    return sign_pdf(data or pdf(valued()), key())


# What is said


def test_three_things_are_said_apart(tmp_path):
    found = verify(signed(), tmp_path)
    assert found.holds
    assert found.verdict == "holds"
    told = found.told
    assert told[0] == "Agrees with itself: yes."
    assert "every figure comes out again" in told[1]
    at = told.index(YES)
    assert told[at + 1] == "Signed by: Larkmere Council, O: self-made, nobody else vouches for it."
    assert told[at + 2].startswith("Certificate valid from ")
    assert key().certificate.fingerprint_words in told[at + 2]
    assert told[at + 3].startswith("Signed on ")
    assert told[at + 3].endswith("by the clock of the computer that signed.")
    assert told[at + 4].startswith("Anybody can make a certificate with any name.")


@pytest.mark.parametrize("checked", [valued(()), long_contract(), valued((*LINES, commitment("13", "NOPE", 1)))])
def test_every_paper_of_the_program_holds_when_it_is_signed(checked, tmp_path):
    found = verify(signed(pdf(checked)), tmp_path)
    assert found.holds, found.told
    assert found.lines == verify(pdf(checked), tmp_path).lines


def test_unsigned_file_says_that_nothing_proves_who_made_it(tmp_path):
    found = verify(pdf(valued()), tmp_path)
    assert found.holds
    assert found.told[-3:-1] == (
        "Unchanged since it was signed: it is not signed.",
        "Signed by: nobody. Nothing proves who made it, nor that it is as it was made.",
    )


@pytest.mark.parametrize("name", sorted(path.name for path in EARLIER.glob("*.pdf")))
def test_papers_of_earlier_versions_are_verified_as_before_signed_or_not(name, tmp_path):
    data = (EARLIER / name).read_bytes()
    plain, found = verify(data, tmp_path), verify(sign_pdf(data, key()), tmp_path)
    assert (found.agrees, found.lines) == (plain.agrees, plain.lines)
    assert plain.signature.told[0] == "Unchanged since it was signed: it is not signed."
    assert YES in found.told


def test_menu_book_is_verified_and_says_that_it_is_not_signed(tmp_path):
    found = verify(book(), tmp_path)
    assert (found.holds, found.told[0]) == (True, "Agrees with itself: yes.")
    assert "Unchanged since it was signed: it is not signed." in found.told
    assert verify(sign_pdf(book(), key()), tmp_path).holds


# What was changed


def test_signed_file_that_does_not_agree_with_itself_is_told_as_both(tmp_path):
    forged = with_file(valued(), "valuation.json", b'"2265.00"', b'"2265.01"')
    found = verify(signed(forged), tmp_path)
    assert not found.holds
    assert found.told[0] == "Agrees with itself: no."
    assert YES in found.told
    assert found.verdict == "does not hold"


def test_white_box_drawn_after_signing_is_noticed_by_both(tmp_path):
    forged = with_overlay(signed(), words("Social value £99,999,999.99"))
    found = verify(forged, tmp_path)
    assert not found.holds
    assert found.told[0] == "Agrees with itself: no."
    assert any("£99,999,999.99" in line for line in found.lines)
    assert not validated_or_gone(forged)


def validated_or_gone(data: bytes) -> bool:
    """Whether pyHanko still finds the signature good."""
    try:
        return bool(validated(data, key().pem).bottom_line)
    except Exception:  # noqa: BLE001 - whatever it says of a broken signature
        return False


def test_change_that_no_page_shows_is_noticed_too(tmp_path):
    data = bytearray(signed())
    at = data.index(b"%\xbf\xf7\xa2\xfe") + 1
    data[at] ^= 1
    found = verify(bytes(data), tmp_path)
    assert found.agrees
    assert not found.holds
    assert CHANGED in found.told
    assert not validated_or_gone(bytes(data))


def test_change_of_the_signature_alone_does_not_touch_the_paper(tmp_path):
    data = bytearray(signed())
    # The last signs of the signature itself, before the noughts that fill its place.
    end = data.index(b">", data.index(b"/Contents <30"))
    while data[end - 1 : end] == b"0" or data[end : end + 1] == b">":
        end -= 1
    data[end] = ord("1") if data[end] != ord("1") else ord("2")
    found = verify(bytes(data), tmp_path)
    assert found.agrees
    assert not found.holds
    assert found.verdict == "agrees with itself, but its signature does not hold"
    assert CHANGED in found.told


def test_what_is_added_after_the_signature_is_named(tmp_path):
    data = signed()
    nothing = verify(data + b"\n% nothing more\n", tmp_path)
    assert nothing.agrees
    assert not nothing.holds
    assert "Unchanged since it was signed: no. 16 bytes were added to the file after it was signed." in nothing.told
    assert "It looks and reads as it was signed." in nothing.told
    twice = verify(sign_again(data, key("Supplier")), tmp_path)
    assert twice.agrees
    assert not twice.holds
    assert "A later signature says that it is by Supplier, O." in twice.told
    assert "Held to the file as it was signed:" in twice.told


def test_words_added_by_an_update_after_the_signature_are_named_with_their_page(tmp_path):
    data = drawn_after(signed())
    found = verify(data, tmp_path)
    assert found.agrees
    assert not found.holds
    assert any("Page 1" in line or "page 1" in line for line in found.signature.unchanged)
    assert not validated_or_gone(data)


def drawn_after(data: bytes) -> bytes:
    """A box drawn over the first page by an update after the signature, as an editor of PDFs does it."""
    from pyhanko.pdf_utils.generic import StreamObject
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer, out = IncrementalPdfFileWriter(BytesIO(data)), BytesIO()
    writer.add_stream_to_page(0, writer.add_object(StreamObject(stream_data=b"1 0 0 rg 40 40 400 400 re f")))
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize("change", [draw_on_page, open_something])
def test_what_comes_in_with_the_signature_is_judged_with_the_paper(change, tmp_path):
    found = verify(changed(pdf(valued()), change), tmp_path)
    assert not found.agrees
    assert (
        "When it was signed, more than the signature was added to it; that is judged above with the rest." in found.told
    )


def test_signature_that_was_hidden_is_noticed(tmp_path):
    for name, other in ((b"/AcroForm", b"/AcroFarm"), (b"/FT /Sig", b"/FT /Sog"), (b"/SubFilter", b"/SubFiller")):
        data = signed()
        assert data.count(name) == 1
        found = verify(data.replace(name, other[: len(name)]), tmp_path)
        assert not found.holds, name
        assert found.told[0] == "Agrees with itself: no.", name


def test_signature_that_was_taken_off_leaves_a_file_that_proves_nothing(tmp_path):
    found = verify(signed()[: len(pdf(valued()))], tmp_path)
    assert found.agrees
    assert "Signed by: nobody. Nothing proves who made it, nor that it is as it was made." in found.told
    assert not verify(pdf(valued()), tmp_path, certificate=key().pem.encode()).holds


@pytest.mark.slow
def test_every_turned_bit_of_a_signed_paper_is_noticed(tmp_path):
    """So many of the 2,010 that were tried by hand as a test may take; none changed what is seen and went unnoticed."""
    data = signed()
    place = data.index(b"/Contents <30") + len(b"/Contents <")
    end = data.index(b">", place)
    for at, turned in flips(data, 40):
        try:
            found = verify(turned, tmp_path)
        except TomsError:
            continue
        assert not found.holds or place <= at < end, at


# By whom


def test_another_key_of_the_same_name_is_told_apart(tmp_path):
    other = make_key("Larkmere Council", datetime.now(UTC))
    data = sign_pdf(pdf(valued()), other)
    assert verify(data, tmp_path, certificate=other.pem.encode()).holds
    found = verify(data, tmp_path, certificate=key().pem.encode())
    assert found.agrees
    assert not found.holds
    assert "It is not the certificate in council.pem, nor does that one vouch for it." in found.told
    mine = verify(signed(), tmp_path, certificate=key().pem.encode())
    assert "It is the certificate in council.pem." in mine.told


def test_authority_vouches_for_the_certificates_that_it_issued(tmp_path):
    authority = certificate("Authority", is_authority=True)
    issued = certificate("Council", VALID, issuer="Authority")
    data = sign_pdf(pdf(valued()), read_key(key_file_of(issued, "Council"), PASSWORD))
    found = verify(data, tmp_path, certificate=pem(authority))
    assert found.holds
    assert "Signed by: Council, O: issued by Authority, O." in found.told
    assert "The certificate in council.pem vouches for it." in found.told


def test_certificate_that_had_expired_proves_nothing(tmp_path):
    expired = read_key(key_file("Council", valid=EXPIRED), PASSWORD)
    found = verify(sign_pdf(pdf(valued()), expired), tmp_path)
    assert found.agrees
    assert not found.holds
    assert YES in found.told
    assert "The certificate was not valid then, so this does not prove who signed." in found.told


def test_certificate_that_has_expired_since_still_tells_who_signed(tmp_path, monkeypatch):
    class Later:
        @staticmethod
        def now(zone: object) -> datetime:
            return datetime.now(UTC).replace(year=datetime.now(UTC).year + 20)

    data = signed()
    monkeypatch.setattr(verifying_signature, "datetime", Later)
    found = verify(data, tmp_path)
    assert found.holds
    assert any(line.startswith("The certificate has expired since, on ") for line in found.told)


def test_open_database_knows_its_keys_old_and_new(ann, tmp_path):
    contract = sealed(ann)
    first = made(ann, contract).data
    signers.use_own_key(ann, make_new=True)
    second = made(ann, contract).data
    path = tmp_path / "council.p12"
    path.write_bytes(key_file("Council"))
    signers.use_certificate(ann, path, PASSWORD)
    third = made(ann, contract).data
    for data in (first, second):
        found = verify(data, tmp_path, ann)
        assert found.holds, found.told
        assert any(
            line.startswith("It is a key of the open database. Whoever has that database") for line in found.told
        )
    assert "It is the council’s certificate, as the open database has it." in verify(third, tmp_path, ann).told


def test_open_database_does_not_know_the_key_of_another(ann, council_template, tmp_path):
    other = open_as(copied(council_template, tmp_path), "Else")
    try:
        begun = begin(other)
        sign(other, begun.id)
        data = made(other, begun.id).data
    finally:
        other.close()
    found = verify(data, tmp_path, ann)
    assert found.holds
    assert "The open database has never signed with this certificate. Anybody can make one with any name." in found.told


def copied(template: Path, folder: Path) -> Path:
    path = folder / "other.db"
    path.write_bytes(template.read_bytes())
    return path


def test_file_that_is_no_certificate_is_refused(tmp_path):
    with pytest.raises(TomsError, match="holds no certificate"):
        verify(signed(), tmp_path, certificate=b"no certificate")


def test_signed_paper_opens_and_keeps_its_attachments():
    with pikepdf.open(BytesIO(signed())) as opened:
        assert sorted(opened.attachments) == ["offer.json", "valuation.csv", "valuation.json"]


# Signs and lengths of what people type


@pytest.mark.parametrize(
    ("title", "statement"),
    [
        ("a\x0bb", "Work\x0bweek\x0cand \x85 \u2028 \u2029 done"),
        ("T" * MOST_LINE, "x"),
        ("Title", "word " * (MOST_LONG // 5)),
        ("\ufffex", "\u202e\u200b\ufeff"),
        ("/ByteRange [0 1 2 3]", "/ByteRange [0 1 2 3] %%EOF startxref"),
    ],
)
@pytest.mark.parametrize("server", ["sqlite"])
def test_any_words_that_a_database_keeps_hold_signed_and_unsigned(ann, title, statement, tmp_path, monkeypatch):
    monkeypatch.setattr(records, "check_lines", lambda *_: None)  # as a database of before took them
    begun = begin(ann, promise(statement=statement), title=title)
    draft = verify(made(ann, begun.id).data, tmp_path)
    sign(ann, begun.id)
    paper = made(ann, begun.id)
    found = verify(paper.data, tmp_path, ann)
    assert draft.holds, draft.told
    assert found.holds, found.told
    assert paper.signature.is_signed


@pytest.mark.parametrize("server", ["sqlite"])
def test_words_that_an_earlier_version_kept_are_printed_as_they_can_be_and_said(ann, tmp_path, monkeypatch):
    monkeypatch.setattr(types, "with_plain_breaks", str)
    monkeypatch.setattr(types, "unprintable_in", lambda _text: None)
    monkeypatch.setattr(records, "check_lengths", lambda *_: None)
    monkeypatch.setattr(records, "check_lines", lambda *_: None)
    begun = begin(ann, promise(statement="a\x0bb\x1fc"), title="T" * (MOST_LINE + 1))
    sign(ann, begun.id)
    paper = made(ann, begun.id)
    assert [note.code for note in paper.notes] == ["text-not-printable"]
    found = verify(paper.data, tmp_path)
    assert found.holds, found.told
