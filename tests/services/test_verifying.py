from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from shutil import copytree

import pikepdf
import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from tests.pdf_overlay import with_overlay, words
from tests.reports.sample import new_document
from tests.reports.valuations import AREA, CONTEXT, CONTRACT, EDITION, LINES, MENUS, POLICY, commitment, fonts, valued
from tomsapp.config.paths import menus_dir
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.errors import MenuError, TomsError
from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.problems import Answer
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.menufiles.errors import MenuFileError
from tomsapp.reports.attachments import Attachment, checksum, read_attachments
from tomsapp.reports.contract_report import build_contract_report
from tomsapp.services import printed_pages, verification
from tomsapp.services.printed_pages import _other_words
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


def test_what_cannot_be_counted_is_told_as_claimed(tmp_path):
    wrong = valued((*LINES, commitment("13", "V01", 750, place="Nowhere", statement="Cash.")))
    assert wrong.valuation.real_pounds - wrong.admissible.real_pounds == Decimal(750)
    social, real = (
        [f"{amount:,.2f}" for amount in (getattr(wrong.valuation, name), getattr(wrong.admissible, name))]
        for name in ("social_value", "real_pounds")
    )
    assert verify(pdf(wrong), tmp_path).lines[1] == (
        f"Social value: £{social[0]} is claimed, of which £{social[1]} can be counted. "
        f"Real pounds: £{real[0]} is claimed, of which £{real[1]} can be counted."
    )
    alone = valued((commitment("13", "V01", 750, place="Nowhere", statement="Cash."),))
    assert "£750.00 is claimed, of which nothing can be counted." in verify(pdf(alone), tmp_path).lines[1]
    assert "claimed" not in verify(pdf(valued()), tmp_path).lines[1]


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


def test_another_version_may_word_a_policy_sum_otherwise_and_not_change_its_numbers(tmp_path, monkeypatch):
    worded = with_file(valued(), "valuation.json", b" outcomes needed, ", b" needed, ")
    assert not verify(worded, tmp_path).holds
    changed = with_file(valued(), "valuation.json", b"4 outcomes needed, ", b"5 outcomes needed, ")
    monkeypatch.setattr("tomsapp.__version__", "99.0")
    assert verify(worded, tmp_path).holds
    outcome = verify(changed, tmp_path)
    assert not outcome.holds
    assert outcome.verdict == "cannot be judged here"
    assert "it was made by version 0.5.0 of the program, and version 99.0 does not know the rules" in outcome.lines[0]


class OtherMenus:
    """A catalogue whose edition of the same name has other bytes."""

    def load(self, _code: str, _edition: str, _sha256: str) -> object:
        return replace(EDITION, sha256="cd" * 32)


OTHER_WORDS = replace(MENUS.load("barnet-open", "2026.1"), withdrawn_because="As it was first put.")


@pytest.mark.parametrize(
    "made", [EDITION, MENUS.load("barnet-open", "2026.1"), OTHER_WORDS], ids=["before", "after", "in other words"]
)
def test_a_valuation_holds_whether_it_was_made_before_or_after_its_edition_was_withdrawn(made, tmp_path):
    now = MENUS.load(made.code, made.edition)
    assert (now.withdrawn_on is not None, now.sha256) == (True, made.sha256)
    outcome = verify(pdf(valued(edition=made)), tmp_path)
    assert outcome.holds, outcome.lines
    assert outcome.lines[-1].startswith("barnet-open 2026.1 was withdrawn on 29 November 2026. ")


def test_an_edition_of_the_same_name_with_other_bytes_is_refused(tmp_path):
    outcome = verify(pdf(valued()), tmp_path, OtherMenus())
    assert outcome.verdict == "cannot be judged here"
    assert f"It names the SHA-256 {EDITION.sha256}." in outcome.lines
    assert any("cd" * 32 in line for line in outcome.lines)
    assert "tomsapp verify --menus DIR FILE.pdf" in outcome.lines[3]


def test_of_two_copies_of_an_edition_the_paper_chooses_the_one_that_it_names(tmp_path):
    other = tmp_path / "menus" / EDITION.code / EDITION.edition
    copytree(menus_dir() / EDITION.code / EDITION.edition, other)
    (other / "published.toml").unlink()
    menu = other / "menu.toml"
    menu.write_text(menu.read_text(encoding="utf-8").replace('"published"', '"draft"'), encoding="utf-8")
    copies = Catalogue([tmp_path / "menus", menus_dir()])
    with pytest.raises(MenuFileError, match="the copies differ"):
        copies.load(EDITION.code, EDITION.edition)
    outcome = verify(pdf(valued()), tmp_path, copies)
    assert outcome.holds, outcome.lines


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
    with pytest.raises(TomsError, match="is damaged or incomplete"):
        verify(b"PK\x03\x04 no pdf", tmp_path)
    with pytest.raises(TomsError, match="is an offer in JSON, and a PDF valuation is read here"):
        verify(b'{"contract": {}}', tmp_path)
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
    assert outcome.lines[-2].startswith("And ")
    assert len(outcome.lines) == 5


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


# What is drawn onto a page, taken off it, or put between


def white_box(canvas: Canvas) -> None:
    """Nothing but a white box, over words that stay where they are."""
    canvas.setFillGray(1)
    canvas.rect(60, 600, 400, 60, stroke=0, fill=1)


@pytest.mark.parametrize("text", ["9,999,999.00", "Social value £99,999,999.99", "Another Supplier Ltd", "£5.00"])
def test_what_is_added_to_a_page_is_found(text: str, tmp_path):
    outcome = verify(with_overlay(pdf(valued()), words(text)), tmp_path)
    assert not outcome.holds
    assert f"{text} is printed on page 1 and does not come out." in outcome.lines


def test_a_white_box_over_a_figure_is_found(tmp_path):
    outcome = verify(with_overlay(pdf(valued()), white_box), tmp_path)
    assert any(line.startswith("Page 1 looks otherwise than it comes out") for line in outcome.lines), outcome.lines

    def box_and_figure(canvas: Canvas) -> None:
        white_box(canvas)
        canvas.setFillGray(0)
        canvas.drawString(70, 620, "£99,999,999.99")

    outcome = verify(with_overlay(pdf(valued()), box_and_figure), tmp_path)
    assert "£99,999,999.99 is printed on page 1 and does not come out." in outcome.lines


def test_a_pdf_that_another_program_saved_again_still_holds(tmp_path):
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf(valued()))) as opened:
        opened.save(out, linearize=True)
    assert verify(out.getvalue(), tmp_path).holds


def test_pages_left_out_or_added_are_found(tmp_path):
    data = pdf(valued())
    fewer, more = BytesIO(), BytesIO()
    with pikepdf.open(BytesIO(data)) as opened:
        number = len(opened.pages)
        del opened.pages[1]
        opened.save(fewer)
    outcome = verify(fewer.getvalue(), tmp_path)
    assert f"The PDF has {number - 1} pages, and {number} come out." in outcome.lines
    assert any(line.startswith("A page that comes out is left out") for line in outcome.lines)
    page = BytesIO()
    canvas = Canvas(page, pagesize=(595, 842))
    canvas.drawString(100, 700, "Annex: social value 9,999,999.00")
    canvas.save()
    with pikepdf.open(BytesIO(data)) as opened, pikepdf.open(page) as other:
        opened.pages.append(other.pages[0])
        opened.save(more)
    outcome = verify(more.getvalue(), tmp_path)
    assert any(
        "is not among the pages that come out: “Annex: social value 9,999,999.00”" in line for line in outcome.lines
    )


@pytest.mark.parametrize(
    "other",
    [
        replace(CONTRACT, supplier="Somebody Else Ltd"),
        replace(CONTRACT, reference="C-2026-999"),
        replace(CONTRACT, title="Something else"),
    ],
)
def test_another_supplier_reference_or_title_on_the_pages_is_found(other, tmp_path):
    outcome = verify(pdf(valued(contract=other), attached(valued())), tmp_path)
    assert not outcome.holds
    assert any("does not come out" in line for line in outcome.lines)


def test_another_council_maker_or_day_on_the_pages_is_found(tmp_path):
    for context in (replace(CONTEXT, council="Other Council"), replace(CONTEXT, made_on=date(2020, 1, 1))):
        data = build_contract_report(valued(), AREA, context, fonts(), attached(valued())).data
        assert not verify(data, tmp_path).holds


def test_words_in_another_order_are_told():
    assert list(_other_words(1, ["a", "b"], ["b", "a"])) == [
        "The words of page 1 stand in another order than they come out."
    ]


def test_words_in_another_order_are_found_before_anything_else_is_compared(monkeypatch):
    data = new_document().build().data
    real, opened = printed_pages.words_of, []

    def words_of(pages, number):
        opened.append(pages)
        found = real(pages, number)
        return found[::-1] if pages is opened[0] else found

    monkeypatch.setattr(printed_pages, "words_of", words_of)
    told = list(printed_pages.page_differences(data, data))
    assert told[0] == "The words of page 1 stand in another order than they come out."


def test_a_signed_contract_with_a_logo_is_printed_again_with_them(tmp_path):
    picture = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(picture, "PNG")
    logo = picture.getvalue()
    context = replace(CONTEXT, logo=logo, signed_on=date(2026, 4, 1), version_words="1 of 1 April 2026.")
    context = replace(context, contact="Social value team, 020 7946 0018")
    checked = valued(contract=replace(CONTRACT, status=ContractStatus.SIGNED))
    files = attachments_of(checked, AREA, context)
    assert [item.name for item in files] == ["valuation.json", "valuation.csv", "offer.json", "logo"]
    data = build_contract_report(checked, AREA, context, fonts(), files).data
    assert verify(data, tmp_path).holds
    jpeg = BytesIO()
    Image.new("RGB", (40, 20), "navy").save(jpeg, "JPEG")
    assert attachments_of(checked, AREA, replace(context, logo=jpeg.getvalue()))[-1].mime == "image/jpeg"


def test_a_problem_that_is_left_out_is_found(tmp_path):
    checked = valued((*LINES, commitment("13", "NOPE", 1)))
    silent = replace(checked, problems=())
    outcome = verify(pdf(silent), tmp_path)
    assert any(line.startswith("This error comes out and is not stated: ") for line in outcome.lines)


def test_a_pdf_of_another_version_is_searched_both_ways(tmp_path, monkeypatch):
    data = pdf(valued())
    monkeypatch.setattr("tomsapp.__version__", "99.0")
    assert verify(data, tmp_path).holds
    outcome = verify(with_overlay(data, words("£99,999,999.99")), tmp_path)
    assert "£99,999,999.99 is printed on page 1 and follows from nothing in the attachment." in outcome.lines


def test_a_result_without_its_context_is_searched_both_ways(tmp_path):
    data = pdf(valued(), attachments_of(valued()))
    outcome = verify(data, tmp_path)
    assert outcome.holds
    assert "It does not carry what its pages were made with, so their words were not compared." in outcome.lines
    assert not any("not compared" in line for line in verify(pdf(valued()), tmp_path).lines)
    assert not verify(with_overlay(data, words("9,999,999.00")), tmp_path).holds


# Documents of the earlier method


EARLIER = Path(__file__).parent / "earlier" / "framework.pdf"


def test_a_document_of_the_earlier_method_holds_by_it_and_says_what_comes_out_today():
    outcome = verify_pdf(MENUS, EARLIER)
    assert outcome.holds, outcome.lines
    assert outcome.lines[0] == "framework.pdf was made by the earlier method and holds by it."
    assert outcome.lines[1].startswith("244 figures of totals, lines and years come out again from 12 commitments")
    assert outcome.lines[-2] == (
        "By today’s method the social value is £1,177,734.09, and the employment outcomes are 44 if all are different "
        "people, as few as 37.33 if not, in place of 43.99."
    )


@pytest.mark.parametrize("text", ["£99,999,999.99", "9,999,999.00", "1234567", "77.7%", "£98.76m"])
def test_a_figure_added_to_an_earlier_document_is_found(text: str, tmp_path):
    outcome = verify(with_overlay(EARLIER.read_bytes(), words(text)), tmp_path)
    assert f"{text} is printed on page 1 and follows from nothing in the attachment." in outcome.lines
    assert "by the earlier method" not in outcome.lines[0]


def earlier_with(name: str, old: bytes, new: bytes, paper: Path = EARLIER) -> bytes:
    """An earlier document with one text of an attachment changed."""
    files = read_attachments(paper.read_bytes())
    changed = files[name].replace(old, new, 1)
    assert changed != files[name]
    out = BytesIO()
    with pikepdf.open(paper) as opened:
        for index in range(1, len(opened.Root.Names.EmbeddedFiles.Names), 2):
            spec = opened.Root.Names.EmbeddedFiles.Names[index]
            if str(spec.UF) == name:
                spec.EF.F.write(changed)
                spec.EF.F.Params.Size = len(changed)
                spec.EF.F.Params.CheckSum = checksum(changed)
        opened.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        ("valuation.json", b'"total": "1175633.80"', b'"total": "1175633.81"', "Social value: the attachment says"),
        ("valuation.json", b'"employment_outcomes": "', b'"employment_outcomes": "1', "Employment outcomes: the"),
        ("offer.json", b'"recorded": true', b'"recorded": false', "The attached file offer.json differs"),
        ("valuation.csv", b"0.00", b"1.00", "The attached file valuation.csv differs"),
        ("valuation.csv", b"Real pounds", b"Other words", "The attached file valuation.csv differs"),
    ],
)
def test_a_change_in_an_earlier_document_is_found(name, old, new, words, tmp_path):
    outcome = verify(earlier_with(name, old, new), tmp_path)
    assert not outcome.holds
    assert any(line.startswith(words) for line in outcome.lines), outcome.lines


# Papers of an earlier version, in the format of today


OPEN_JOBS = Path(__file__).parent / "earlier" / "open_jobs.pdf"
"""Made by version 0.1.0, which added the jobs of J01, J07, S01 and S02 although they may be the same people."""


def test_a_paper_of_an_earlier_version_holds_by_the_rules_of_that_version():
    outcome = verify_pdf(MENUS, OPEN_JOBS)
    assert outcome.holds, outcome.lines
    assert outcome.lines[0].startswith("open_jobs.pdf holds by the rules of version 0.1.0, which made it: every figure")
    said = " ".join(outcome.lines)
    assert "Another rule counts jobs since." in said
    assert "Employment outcomes by today’s rule: 17 if all are different people, as few as 4 if not." in said
    assert "why a menu is used that was published after the contract begins (1). No figure above rests on that." in said


ANSWERED_JOBS = Path(__file__).parent / "earlier" / "answered_jobs.pdf"
"""Made by version 0.2.0, which added the people of several years and lines of a measure, and parted no clash."""


@pytest.mark.parametrize(
    ("paper", "old", "new", "words"),
    [
        (OPEN_JOBS, b'"employment_outcomes": "17"', b'"employment_outcomes": "18"',
         "Employment outcomes: the attachment says 18"),
        (OPEN_JOBS, b'"total": "264378.72"', b'"total": "264378.73"', "Social value: the attachment says 264378.73"),
        (OPEN_JOBS, b"rounded down = 4 needed", b"rounded down = 3 needed", "Policy 3, sum 2: the attachment says"),
        (OPEN_JOBS, b'"key": "line-over-half:J01"', b'"key": "none"', "This warning comes out and is not stated: "),
        (ANSWERED_JOBS, b'"employment_outcomes": "8"', b'"employment_outcomes": "9"',
         "Employment outcomes: the attachment says 9"),
        (ANSWERED_JOBS, b'"total": "169309.13"', b'"total": "169309.14"',
         "Social value: the attachment says 169309.14"),
        (ANSWERED_JOBS, b'"key": "repeated-people:J02:1.1+1.2"', b'"key": "none"',
         "This warning comes out and is not stated: "),
        (ANSWERED_JOBS, b'"key": "measure-repeated:J03:2"', b'"key": "none"',
         "This note comes out and is not stated: "),
    ],
)  # fmt: skip
def test_a_change_in_a_paper_of_an_earlier_version_is_found_by_its_rules(paper, old, new, words, tmp_path):
    outcome = verify(earlier_with("valuation.json", old, new, paper), tmp_path)
    assert outcome.verdict == "does not hold"
    assert any(line.startswith(words) for line in outcome.lines), outcome.lines
    assert not any("employment outcomes: the attachment says 17" in line for line in outcome.lines)


def test_a_figure_added_to_a_paper_of_an_earlier_version_is_found(tmp_path):
    outcome = verify(with_overlay(OPEN_JOBS.read_bytes(), words("£99,999,999.99")), tmp_path)
    assert outcome.verdict == "does not hold"
    assert "£99,999,999.99 is printed on page 1 and follows from nothing in the attachment." in outcome.lines


def test_a_paper_of_0_2_0_holds_by_its_count_of_jobs():
    outcome = verify_pdf(MENUS, ANSWERED_JOBS)
    assert outcome.holds, outcome.lines
    assert outcome.lines[0].startswith(
        "answered_jobs.pdf holds by the rules of version 0.2.0, which made it: every figure"
    )
    said = " ".join(outcome.lines)
    assert "and added those of several years and lines of a measure." in said
    assert "today’s rule: 8 if all but those answered to be the same are different people, as few as 5 if not." in said
    assert "asked otherwise, would be asked today: whether a last year of one day is meant (1)." in said
    assert "It was made by version 0.2.0 of the program, so its words were not compared." in outcome.lines


VAT_NOT_SAID = Path(__file__).parent / "earlier" / "vat_not_said.pdf"
"""Made by version 0.3.0, which did not tell that a contract of £200,000.00 is over £214,904.00 with VAT."""


def test_a_paper_of_0_3_0_holds_without_the_reading_with_vat():
    outcome = verify_pdf(MENUS, VAT_NOT_SAID)
    assert outcome.holds, outcome.lines
    assert "It was made by version 0.3.0 of the program, so its words were not compared." in outcome.lines


def test_a_note_of_0_3_0_that_says_something_else_is_found(tmp_path):
    outcome = verify(earlier_with("valuation.json", b"has no minimum", b"has a minimum", VAT_NOT_SAID), tmp_path)
    assert outcome.verdict == "does not hold"
    assert any(
        line.startswith("Policy 2, note: the attachment says This contract has a minimum") for line in outcome.lines
    )


def test_a_paper_of_a_version_without_other_rules_is_not_called_false_by_todays_alone(tmp_path):
    paper = earlier_with("valuation.json", b'"version": "0.1.0"', b'"version": "0.1.9"', OPEN_JOBS)
    outcome = verify(paper, tmp_path)
    assert outcome.verdict == "cannot be judged here"
    assert "figures come out again from 4 commitments" in outcome.lines[1]
