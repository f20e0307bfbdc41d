"""Whether a PDF valuation still holds: every figure recomputed from its attachment and its menu."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tomsapp.config.paths import resources_dir
from tomsapp.domain.errors import TomsError
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.wording import format_percent, format_pounds, plural
from tomsapp.exchange.offer_json import write_offer
from tomsapp.exchange.result_csv import result_csv
from tomsapp.exchange.result_json import Difference, ResultFile, differences, figures_of, read_result, result_of
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services.verifying_portfolio import PORTFOLIO_FILE, verify_portfolio
from tomsapp.services.workspace import Workspace

MOST_DIFFERENCES = 50
"""How many differences are told one by one."""

_MOST_BYTES = 200_000_000
_PLACE = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether every figure of a PDF valuation holds, and what was found, a sentence a line."""

    holds: bool
    lines: tuple[str, ...]


def verify_pdf(menus: Catalogue | Workspace, path: Path) -> Verification:
    """Recompute a PDF valuation from its attachment and its menu, and hold every figure and the pages against it.

    Raises:
        TomsError: the file cannot be opened, is no PDF, is cut off, locked or damaged, holds no valuation, or its menu
            edition is not installed.
    """
    from tomsapp.reports.attachments import read_attachments

    data = _bytes_of(path)
    files = read_attachments(data)
    if PORTFOLIO_FILE in files:
        return Verification(*verify_portfolio(menus, path.name, data, files))
    if "valuation.json" not in files:
        message = f"{path.name} has no valuation attached"
        raise TomsError(message, "Ask for the PDF as this program made it, with its attachments")
    stated = read_result(files["valuation.json"], f"valuation.json in {path.name}")
    if stated.offer.offer is None:
        raise TomsError(f"The offer in {path.name} cannot be read", "; ".join(map(str, stated.offer.problems)))
    edition = _edition(menus, stated)
    if edition.sha256 != stated.sha256:
        return _other_menu(edition, stated)
    checked = _recomputed(stated, stated.offer.offer, edition)
    wrong = [*_figures(stated, checked), *_files(files, checked), *_pages(data, checked)]
    return _outcome(path, checked, wrong)


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise TomsError(f"{path.name} is over 200 MB", "Check that it is the file you meant")
        return path.read_bytes()
    except FileNotFoundError:
        raise TomsError(f"There is no file {path}", "Check the name and the folder") from None
    except IsADirectoryError:
        raise TomsError(f"{path} is a folder", "Name a PDF in it") from None
    except OSError as error:
        raise TomsError(f"{path.name} cannot be read: {error.strerror}", "Check that you may open it") from error


def _edition(menus: Catalogue | Workspace, stated: ResultFile) -> MenuEdition:
    if isinstance(menus, Workspace):
        return menus.edition(stated.menu, stated.edition)
    return menus.load(stated.menu, stated.edition)


def _other_menu(edition: MenuEdition, stated: ResultFile) -> Verification:
    return Verification(
        False,
        (
            f"The valuation does not hold with the menu {edition.name} that is installed here.",
            f"It names the SHA-256 {stated.sha256 or 'none'}.",
            f"The installed menu has the SHA-256 {edition.sha256}.",
            "Install the edition that the valuation was made with, and check again.",
        ),
    )


def _recomputed(stated: ResultFile, offer: Offer, edition: MenuEdition) -> CheckedOffer:
    """The offer valued anew, held against the policy rules that the valuation states."""
    policy = Policy("stated", "The rules that the valuation states", stated.rules)
    return value_offer(offer, edition, Surroundings(policy=policy if stated.rules else None))


def _figures(stated: ResultFile, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each figure of the attachment that comes out otherwise."""
    for found in differences(stated.figures, figures_of(result_of(checked))):
        yield _told(found, checked)


def _told(found: Difference, checked: CheckedOffer) -> str:
    place = figure_words(found.figure, checked)
    if found.stated is None:
        return f"{place}: the attachment does not have it, and {found.recomputed} comes out."
    if found.recomputed is None:
        return f"{place}: the attachment says {found.stated}, and nothing comes out."
    return f"{place}: the attachment says {found.stated}, and {found.recomputed} comes out."


def figure_words(figure: str, checked: CheckedOffer) -> str:
    """The place of a figure in words: "lines[2].years[1].value" is "S08, commitment 2, year 1, value"."""
    words: list[str] = []
    for name, number in _PLACE.findall(figure):
        if name == "lines" and number:
            lines = checked.valuation.lines
            known = int(number) <= len(lines)
            words.append(f"{lines[int(number) - 1].measure.code}, line {number}" if known else f"line {number}")
        else:
            word = {"total": "social value", "years": "year", "steps": "step", "sums": "sum"}.get(name, name)
            words.append(f"{word.replace('_', ' ')} {number}".strip())
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def _files(files: Mapping[str, bytes], checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each attached file that is missing or is not what comes out."""
    expected = {"valuation.csv": result_csv(checked), "offer.json": write_offer(checked.offer)}
    for name, data in expected.items():
        if name not in files:
            yield f"The attached file {name} is missing."
        elif files[name] != data:
            yield f"The attached file {name} differs from what comes out."


def _pages(data: bytes, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each figure that stands on the pages less often than it should."""
    from tomsapp.reports.render import printed_figures, printed_text

    text = printed_text(data)
    if checked.valuation.edition.sha256 not in text.replace(" ", ""):
        yield "The menu’s SHA-256 is not printed in full on the pages."
    missing = _expected(data, checked) - printed_figures(text)
    for figure, times in missing.items():
        places = "" if times == 1 else f" in {times} places"
        yield f"{figure} comes out and is not printed on the pages{places}."


def _expected(data: bytes, checked: CheckedOffer) -> Counter[str]:
    """The figures that the pages must show.

    A PDF of this version of the program is printed again from the recomputed figures and compared as a whole; of
    another version, whose pages may be worded otherwise, only totals and the value of each line are looked for.
    """
    from tomsapp import __version__
    from tomsapp.reports.attachments import made_by_version

    if made_by_version(data) == __version__:
        return _printed_again(checked)
    valuation = checked.valuation
    figures = Counter(format_pounds(line.social_value) for line in valuation.lines if line.measure.is_valued)
    figures.update((format_pounds(valuation.social_value), format_pounds(valuation.real_pounds)))
    if valuation.contract.value:
        figures[format_percent(valuation.share_of_contract_value, 2)] += 1
    return figures


def _printed_again(checked: CheckedOffer) -> Counter[str]:
    """The figures of the same valuation printed anew, without Problems: they rest on the council's own data too."""
    from tomsapp.reports.context import ReportContext
    from tomsapp.reports.contract_report import build_contract_report
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.reports.render import printed_figures, printed_text

    plain = replace(checked, problems=())
    built = build_contract_report(plain, None, ReportContext(date(2000, 1, 1)), load_fonts(resources_dir() / "fonts"))
    return printed_figures(printed_text(built.data))


def _outcome(path: Path, checked: CheckedOffer, wrong: list[str]) -> Verification:
    valuation = checked.valuation
    made_from = (
        f"{plural(len(valuation.lines), 'commitment', 'commitments')} under the menu {valuation.edition.name}, "
        f"SHA-256 {valuation.edition.sha256}"
    )
    if not wrong:
        social, real = format_pounds(valuation.social_value), format_pounds(valuation.real_pounds)
        lines = (
            f"{path.name} holds: every figure comes out again from {made_from}.",
            f"Social value: {social}. Real pounds: {real}.",
            "The policy checks were made again with the rules that the valuation states.",
        )
        return Verification(True, lines)
    head = f"{path.name} does not hold: {plural(len(wrong), 'difference', 'differences')} from {made_from}."
    more = [f"And {len(wrong) - MOST_DIFFERENCES} more."] if len(wrong) > MOST_DIFFERENCES else []
    return Verification(False, (head, *wrong[:MOST_DIFFERENCES], *more))
