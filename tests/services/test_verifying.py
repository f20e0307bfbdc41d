from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from tests.reports.valuations import AREA, CONTEXT, CONTRACT, EDITION, LINES, MENUS, POLICY, commitment, fonts, valued
from tomsapp.domain.errors import MenuError, TomsError
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Answer
from tomsapp.reports.attachments import Attachment, checksum
from tomsapp.reports.contract_report import build_contract_report
from tomsapp.services import verification
from tomsapp.services.reporting import attachments_of
from tomsapp.services.verification import Verification
from tomsapp.services.verifying import verify_pdf


def pdf(checked: CheckedOffer, attachments: object = None) -> bytes:
    files = attachments_of(checked, AREA, CONTEXT) if attachments is None else attachments
    return build_contract_report(checked, AREA, CONTEXT, fonts(), files).data


def attached(checked: CheckedOffer) -> object:
    """The files that go with the pages."""
    return attachments_of(checked, AREA, CONTEXT)


def verify(data: bytes, folder: Path, menus: object = MENUS) -> Verification:
    path = folder / "valuation.pdf"
    path.write_bytes(data)
    return verify_pdf(menus, path)


def with_file(checked: CheckedOffer, name: str, old: bytes, new: bytes) -> bytes:
    """The PDF with one text in one attachment changed, its checksum made right again."""
    files = [replace(a, data=a.data.replace(old, new)) if a.name == name else a for a in attached(checked)]
    assert any(a.data != b.data for a, b in zip(files, attached(checked), strict=True))
    return pdf(checked, files)


def long_contract() -> CheckedOffer:
    return valued(LINES, replace(CONTRACT, end_on=date(2036, 3, 31)))


@pytest.mark.parametrize(
    "checked",
    [
        valued(),
        valued(()),
        long_contract(),
        valued((*LINES, commitment("13", "NOPE", 1), commitment("14", "V04", "-1.5"))),
        valued(contract=replace(CONTRACT, supplier="<b>שלום & Søn", title="=cmd|' /C calc'!A0", value=Decimal("0.00"))),
        valued(answers={"no-statement:V04": Answer("Later, on £5.00 × 2.", "B")}),
        replace(valued(), policy_checks=()),
    ],
)
def test_what_the_program_made_holds(checked: CheckedOffer, tmp_path: Path):
    outcome = verify(pdf(checked), tmp_path)
    assert outcome.holds, outcome.lines
    assert "every figure comes out again" in outcome.lines[0]


def test_a_changed_figure_in_the_attachment_is_named_with_both_values(tmp_path):
    outcome = verify(with_file(valued(), "valuation.json", b'"2265.00"', b'"2265.01"'), tmp_path)
    assert not outcome.holds
    assert "S08, line 5, year 1, value: the attachment says 2265.01, and 2265.00 comes out." in outcome.lines


def test_a_changed_total_and_a_changed_policy_sum_are_found(tmp_path):
    outcome = verify(with_file(valued(), "valuation.json", b'"total": "200449.39"', b'"total": "210000.00"'), tmp_path)
    assert "Social value: the attachment says 210000.00, and 200449.39 comes out." in outcome.lines
    short = b'"word": "Not enough: short by \xc2\xa39,550.61"'
    outcome = verify(with_file(valued(), "valuation.json", short, b'"word": "Enough"'), tmp_path)
    assert any("the attachment says Enough" in line for line in outcome.lines)


def test_a_changed_rule_changes_what_comes_out(tmp_path):
    outcome = verify(with_file(valued(), "valuation.json", b'"share": "0.05"', b'"share": "0.01"'), tmp_path)
    assert not outcome.holds
    assert any(line.startswith("Policy 2,") for line in outcome.lines)


def test_a_changed_quantity_in_the_offer_is_found(tmp_path):
    outcome = verify(with_file(valued(), "offer.json", b'"18"', b'"19"'), tmp_path)
    assert "The attached file offer.json differs from what comes out." in outcome.lines
    outcome = verify(with_file(valued(), "valuation.csv", b"2265.00", b"2265.10"), tmp_path)
    assert "The attached file valuation.csv differs from what comes out." in outcome.lines


def test_a_missing_side_file_is_said(tmp_path):
    files = [item for item in attached(valued()) if item.name == "valuation.json"]
    outcome = verify(pdf(valued(), files), tmp_path)
    assert "The attached file offer.json is missing." in outcome.lines
    assert "The attached file valuation.csv is missing." in outcome.lines


def test_pages_that_print_other_figures_than_the_attachment_are_found(tmp_path):
    richer = valued((*LINES[:-1], commitment("12", "V01", 1, 1, 1, statement="x")))
    outcome = verify(pdf(richer, attached(valued())), tmp_path)
    assert not outcome.holds
    assert any("comes out and is not printed on page 1" in line for line in outcome.lines)


def test_one_figure_changed_on_the_pages_alone_is_found(tmp_path):
    checked = valued()
    forged = replace(checked.valuation, social_value=Decimal("210449.39"))
    data = build_contract_report(replace(checked, valuation=forged), AREA, CONTEXT, fonts(), attached(checked)).data
    assert not verify(data, tmp_path).holds


def test_pages_of_another_version_are_searched_for_totals_and_lines(tmp_path, monkeypatch):
    data = pdf(valued())
    monkeypatch.setattr("tomsapp.__version__", "99.0")
    assert verify(data, tmp_path).holds
    richer = valued((*LINES[:-1], commitment("12", "V01", 1, 1, 1, statement="x")))
    assert not verify(pdf(richer, attached(valued())), tmp_path).holds


class OtherMenus:
    """A catalogue whose edition of the same name has other bytes."""

    def load(self, _code: str, _edition: str) -> object:
        return replace(EDITION, sha256="cd" * 32)


def test_an_edition_of_the_same_name_with_other_bytes_is_refused(tmp_path):
    outcome = verify(pdf(valued()), tmp_path, OtherMenus())
    assert not outcome.holds
    assert f"It names the SHA-256 {EDITION.sha256}." in outcome.lines
    assert any("cd" * 32 in line for line in outcome.lines)


def test_a_menu_that_is_not_installed_is_named(tmp_path):
    checked = valued()
    data = with_file(checked, "valuation.json", b'"edition": "2026.1"', b'"edition": "1999.1"')
    with pytest.raises(MenuError, match=r"barnet-open 1999\.1 is not installed"):
        verify(data, tmp_path)


def test_a_pdf_without_a_valuation_says_so(tmp_path):
    with pytest.raises(TomsError, match="no valuation attached"):
        verify(pdf(valued(), []), tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"format": "tomsapp-result-2"}', b'{"a": NaN}'])
def test_an_attachment_that_is_no_result_says_so(content: bytes, tmp_path):
    file = Attachment("valuation.json", content, "application/json", "x")
    with pytest.raises(TomsError):
        verify(pdf(valued(), [file]), tmp_path)


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_pdf_that_is_cut_off_says_so(share: float, tmp_path):
    data = pdf(valued())
    with pytest.raises(TomsError, match="damaged or was not made by this program"):
        verify(data[: int(len(data) * share)], tmp_path)


def test_other_files_and_no_file_say_so(tmp_path):
    with pytest.raises(TomsError, match="damaged or was not made"):
        verify(b"PK\x03\x04 no pdf", tmp_path)
    with pytest.raises(TomsError, match="There is no file"):
        verify_pdf(MENUS, tmp_path / "gone.pdf")
    with pytest.raises(TomsError, match="is a folder"):
        verify_pdf(MENUS, tmp_path)


def test_a_locked_pdf_says_so(tmp_path):
    locked = BytesIO()
    with pikepdf.open(BytesIO(pdf(valued()))) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(TomsError, match="locked with a password"):
        verify(locked.getvalue(), tmp_path)


def test_an_attachment_changed_without_its_checksum_is_damage(tmp_path):
    with pikepdf.open(BytesIO(pdf(valued()))) as opened:
        stream = opened.Root.Names.EmbeddedFiles.Names[5].EF.F
        stream.write(stream.read_bytes().replace(b"2265.00", b"2265.01"))
        out = BytesIO()
        opened.save(out)
    with pytest.raises(TomsError, match="damaged"):
        verify(out.getvalue(), tmp_path)
    assert checksum(b"a") != checksum(b"b")


def test_many_differences_are_cut_short(tmp_path, monkeypatch):
    monkeypatch.setattr(verification, "MOST_DIFFERENCES", 2)
    outcome = verify(with_file(valued(), "valuation.json", b"2265", b"2266"), tmp_path)
    assert outcome.lines[-1].startswith("And ")
    assert len(outcome.lines) == 4


def test_a_rule_that_cannot_be_read_is_refused(tmp_path):
    assert POLICY.rules
    for old, new in (
        (b'"kind": "scope"', b'"kind": "other"'),
        (b'"per": "1000000.00"', b'"per": "0.00"'),
        (b'"threshold": "25000.00"', b'"threshold": "many"'),
        (b'"in_force_from": "2023-10-18"', b'"in_force_from": "then"'),
    ):
        with pytest.raises(TomsError, match="policy rules"):
            verify(with_file(valued(), "valuation.json", old, new), tmp_path)
