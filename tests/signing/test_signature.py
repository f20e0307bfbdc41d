"""The signature of a PDF: what it is over, what it does to the file, and that every change of it is noticed."""

import random
import shutil
import subprocess
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import pem as asn1_pem
from asn1crypto import x509 as asn1_x509
from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject, TextStringObject, pdf_name
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from tests.keys import DAY, EXPIRED, NOW, PASSWORD, certificate, key_file, key_file_of, pem
from tests.reports.conformance import faults_of
from tests.reports.sample import new_document, summary
from tests.reports.test_conformance import everything
from tests.reports.valuations import built, valued
from tests.reports.verapdf import broken_rules
from tomsapp.reports.render import PdfPages
from tomsapp.signing import read as signature_read
from tomsapp.signing.errors import SigningError
from tomsapp.signing.keys import SigningKey, make_key, read_key
from tomsapp.signing.read import read_signature
from tomsapp.signing.sign import _Appended, sign_pdf
from tomsapp.signing.signed import SignedPdf


@cache
def paper() -> bytes:
    return built(valued()).data


@cache
def key(name: str = "Larkmere Council") -> SigningKey:
    return read_key(key_file(name), PASSWORD)


@cache
def signed() -> bytes:
    return sign_pdf(paper(), key())


def read(data: bytes, given: str = "") -> SignedPdf:
    found = read_signature(data, given)
    assert found is not None
    return found


def is_vouched_for(found: SignedPdf, given: str) -> bool:
    return read(found.signed, given).is_vouched


def validated(data: bytes, root: str):
    """What pyHanko itself says, as any other reader of signatures would."""
    signature = PdfFileReader(BytesIO(data)).embedded_regular_signatures[0]
    trusted = asn1_x509.Certificate.load(asn1_pem.unarmor(root.encode())[2])
    context = ValidationContext(trust_roots=[trusted], allow_fetching=False)
    return validate_pdf_signature(signature, context)


# What it is


def test_signature_comes_after_the_document_which_stays_as_it_was():
    data = signed()
    assert data.startswith(paper())
    found = read(data)
    assert (found.document, found.signed, found.added) == (paper(), data, 0)
    assert (found.is_alone, found.is_intact, found.later) == (True, True, ())
    assert found.certificate == key().certificate
    assert found.chain == (key().pem,)
    assert abs(found.signed_at - datetime.now(UTC)) < timedelta(hours=1)


def test_other_readers_find_the_same_signature():
    status = validated(signed(), key().pem)
    assert status.bottom_line
    assert status.docmdp_ok
    assert "Common Name: Larkmere Council" in status.signing_cert.subject.human_friendly


@pytest.mark.skipif(shutil.which("pdfsig") is None, reason="poppler-utils is not installed")
def test_poppler_finds_the_signature_valid_and_over_the_whole_file(tmp_path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(signed())
    told = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    assert "Signature is Valid." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told


def test_no_page_looks_or_reads_otherwise():
    pages, again = PdfPages(paper()), PdfPages(signed())
    for number in range(len(pages)):
        assert pages.text(number) == again.text(number)
        assert pages.image(number, 1).data == again.image(number, 1).data


def nearly_empty() -> bytes:
    """A page without a link: the field of the signature is all that stands beside what is drawn."""
    document = new_document()
    document.add(*summary())
    return document.build().data


@pytest.mark.parametrize("make", [paper, everything, nearly_empty])
def test_signed_pdf_keeps_to_the_rules_for_tags_and_archives(make):
    data = sign_pdf(make(), key())
    assert read(data).document == make()
    assert faults_of(data) == []


@pytest.mark.slow
@pytest.mark.parametrize("make", [paper, everything, nearly_empty])
def test_verapdf_finds_no_fault_in_a_signed_pdf(make, tmp_path: Path):
    path = tmp_path / "signed.pdf"
    path.write_bytes(sign_pdf(make(), key()))
    assert broken_rules(path) == []


def test_field_of_the_signature_takes_no_room_and_lies_outside_the_page():
    with pikepdf.open(BytesIO(signed())) as pdf:
        (field,) = pdf.Root.AcroForm.Fields
        assert [int(side) for side in field.Rect] == [-9999] * 4
        assert int(field.F) & 0b10 == 0
        assert "/AP" not in field
        assert pdf.Root.Perms.DocMDP == field.V
        assert int(field.V.Reference[0].TransformParams.P) == 1


def test_keys_of_other_kinds_sign_too():
    curve = read_key(key_file("Curve", bits=256), PASSWORD)
    assert read(sign_pdf(paper(), curve)).is_intact
    assert read(sign_pdf(paper(), make_key("Own", datetime.now(UTC)))).is_intact


# Whose it is


def test_certificate_and_what_vouches_for_it_are_told_from_others():
    authority = certificate("Authority", is_authority=True)
    made = certificate("Council", issuer="Authority")
    data = sign_pdf(paper(), read_key(key_file_of(made, "Council", others=(authority,)), PASSWORD))
    found = read(data)
    assert (found.certificate.name, found.certificate.is_self_made) == ("Council, O", False)
    assert is_vouched_for(found, pem(made).decode())
    assert is_vouched_for(found, pem(authority).decode())
    # Of the same name, with another key.
    for name in ("Authority", "Council"):
        stranger = certificate(name, is_authority=name == "Authority", of_key="Stranger")
        assert not is_vouched_for(found, pem(stranger).decode())
    assert not is_vouched_for(found, "no certificate")


def test_another_key_of_the_same_name_is_another():
    other = make_key("Larkmere Council", datetime.now(UTC))
    found = read(sign_pdf(paper(), other))
    assert not is_vouched_for(found, key().pem)
    assert is_vouched_for(found, other.pem)
    assert not validated(sign_pdf(paper(), other), key().pem).bottom_line


def test_authority_vouches_at_the_time_of_the_signature_for_what_has_expired_since(monkeypatch):
    authority = certificate("Authority", (NOW - 30 * DAY, NOW + 365 * DAY), is_authority=True)
    own = certificate("Larkmere Council", (NOW - 20 * DAY, NOW - 10 * DAY), issuer="Authority")
    out = sign_pdf(paper(), read_key(key_file_of(own, "Larkmere Council"), PASSWORD))
    given = pem(authority).decode()
    assert not read(out, given).is_vouched
    at_signing = NOW - 15 * DAY
    monkeypatch.setattr(signature_read, "_in_utc", lambda _moment: at_signing)
    assert read(out, given).is_vouched


def test_expired_certificate_is_given_away_by_its_days_and_by_pyhanko():
    authority = certificate("Authority", is_authority=True)
    made = certificate("Council", EXPIRED, issuer="Authority")
    data = sign_pdf(paper(), read_key(key_file_of(made, "Council"), PASSWORD))
    found = read(data)
    assert found.is_intact
    assert not found.certificate.is_valid_at(found.signed_at)
    assert not is_vouched_for(found, pem(authority).decode())
    assert not validated(data, pem(authority).decode()).bottom_line


# What is noticed


@pytest.mark.parametrize("data", [paper(), b"%PDF-1.7 no more", b"/ByteRange [0 1 2 3]"])
def test_file_without_a_signature_has_none(data):
    if data == paper():
        assert read_signature(data) is None
    else:
        with pytest.raises(SigningError):
            read_signature(data)


def test_what_is_added_after_the_signature_is_counted_and_the_rest_is_as_signed():
    writer = IncrementalPdfFileWriter(BytesIO(signed()))
    writer.root["/PageLayout"] = pdf_name("/OneColumn")
    writer.update_root()
    out = BytesIO()
    writer.write(out)
    found = read(out.getvalue())
    assert found.added == len(out.getvalue()) - len(signed())
    assert (found.document, found.signed, found.is_intact, found.is_alone) == (paper(), signed(), True, True)
    assert not validated(out.getvalue(), key().pem).bottom_line
    assert read(signed() + b"\n% more").added == 7


def test_noughts_that_fill_the_place_of_a_signature_and_how_it_is_written_are_held_to_it():
    """No signature is over its own place, and no reader looks at what stands behind it there."""
    data = signed()
    place = data.index(b"/Contents <3") + len(b"/Contents <")
    end = data.index(b">", place)
    assert data[end - 2 : end] == b"00"
    more = data[: end - 1] + b"1" + data[end:]
    small = data[:place] + data[place:end].lower() + data[end:]
    for changed_place in (more, small):
        assert validated(changed_place, key().pem).intact
        assert not read(changed_place).is_intact


def test_signature_that_is_not_over_the_whole_file_does_not_hold(monkeypatch):
    assert read(signed()).is_intact
    validated_by_library = signature_read._validated

    def over_a_part(*given):
        return replace(validated_by_library(*given), coverage=SignatureCoverageLevel.ENTIRE_REVISION)

    monkeypatch.setattr(signature_read, "_validated", over_a_part)
    assert not read(signed()).is_intact


def test_later_signature_is_named():
    out = sign_again(signed(), key("Supplier"))
    found = read(out)
    assert found.certificate.name == "Larkmere Council, O"
    assert found.later == ("Supplier, O",)
    assert found.added == len(out) - len(signed())


def sign_again(data: bytes, by: SigningKey) -> bytes:
    signer = signers.SimpleSigner.load_pkcs12_data(by.data, [], None)
    said = signers.PdfSignatureMetadata(field_name="Second", md_algorithm="sha256")
    # pyHanko itself refuses to sign what was certified against all changes.
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec("Second", on_page=0))
    writer.write(out)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("pyhanko.sign.signers.pdf_signer.PdfSigner._enforce_certification_constraints", lambda *_: None)
        return bytes(signers.PdfSigner(said, signer).sign_pdf(IncrementalPdfFileWriter(out)).getvalue())


def changed(data: bytes, change) -> bytes:
    """A file to which something is done in the very step in which it is signed."""
    signer = signers.SimpleSigner.load_pkcs12_data(key().data, [], None)
    outside = fields.InvisSigSettings(box_out_of_bounds=True)
    place = fields.SigFieldSpec("Signature", on_page=0, box=None, invis_sig_settings=outside)
    said = signers.PdfSignatureMetadata(
        field_name="Signature",
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=fields.MDPPerm.NO_CHANGES,
    )
    writer = _Appended(BytesIO(data))
    change(writer)
    return bytes(signers.PdfSigner(said, signer, new_field_spec=place).sign_pdf(writer).getvalue())


def draw_on_page(writer) -> None:
    writer.add_stream_to_page(
        0, writer.add_object(StreamObject(dict_data={pdf_name("/Length"): pdf_name("/x")}, stream_data=b"0 g"))
    )


def open_something(writer) -> None:
    action = DictionaryObject({pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): TextStringObject("1")})
    writer.root["/OpenAction"] = action
    writer.update_root()


def add_unused(writer) -> None:
    writer.add_object(TextStringObject("hidden"))


@pytest.mark.parametrize("change", [draw_on_page, open_something, add_unused])
def test_what_comes_in_with_the_signature_is_not_taken_for_the_signature(change):
    data = changed(paper(), change)
    found = read(data)
    assert found.is_intact
    assert not found.is_alone
    assert found.document == data
    assert read(changed(paper(), lambda _writer: None)).is_alone


def flips(data: bytes, number: int, first: int = 0):
    """The file with one bit turned, at so many places drawn by lot."""
    lot = random.Random(8)
    for _ in range(number):
        at = lot.randrange(first * 8, len(data) * 8)
        turned = bytearray(data)
        turned[at // 8] ^= 1 << at % 8
        yield at // 8, bytes(turned)


@pytest.mark.slow
@pytest.mark.parametrize("first", [0, len(paper())])
def test_every_turned_bit_of_what_is_signed_is_noticed(first):
    """A bit inside the signature that stands for nothing that is read may be turned: nothing else changes with it."""
    data = signed()
    place = data.index(b"/Contents <3") + len(b"/Contents <")
    end = data.index(b">", place)
    for at, turned in flips(data, 120, first):
        try:
            found = read_signature(turned)
        except SigningError:
            continue
        if found is None or not found.is_intact:
            continue
        assert place <= at < end, at
        assert found.document == paper()
