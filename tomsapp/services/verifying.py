"""Whether a PDF valuation still holds: every figure recomputed from its attachment and its menu."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from tomsapp.config.paths import resources_dir
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.errors import TomsError
from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import EditionStatus, MenuEdition
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, checked_with, value_offer
from tomsapp.domain.policy import Policy
from tomsapp.domain.sealed_policy import with_bound
from tomsapp.domain.withdrawal import before_withdrawal
from tomsapp.exchange.made_with import MadeWith
from tomsapp.exchange.offer_file import refusal, usable
from tomsapp.exchange.offer_json import write_offer
from tomsapp.exchange.result_csv import result_csv
from tomsapp.exchange.result_json import result_of
from tomsapp.exchange.result_read import Difference, ResultFile, differences, figures_of, read_result
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.reading.kinds import FileKind, unexpected
from tomsapp.reading.source import read_bytes
from tomsapp.services.verification import Verification, outcome, told
from tomsapp.services.verifying_earlier import EarlierDocument, known_numbers, missing_figures, verify_earlier
from tomsapp.services.verifying_portfolio import PORTFOLIO_FILE, verify_portfolio
from tomsapp.services.workspace import Workspace

_MOST_BYTES = 200_000_000
_POLICY_SUM = re.compile(r"policy\[\d+\]\.sums\[\d+\]")
_NUMBER = re.compile(r"[\d.,]*\d%?")


def verify_pdf(menus: Catalogue | Workspace, path: Path) -> Verification:
    """Recompute a PDF valuation from its attachment and its menu, and hold every figure and the pages against it.

    Raises:
        TomsError: the file cannot be opened, is no PDF, is cut off, locked or damaged, holds no valuation, or its menu
            edition is not installed.
    """
    from tomsapp.reports.attachments import read_attachments

    data = usable(read_bytes(path, _MOST_BYTES))
    other = unexpected(data, path.name, {FileKind.PDF}, "a PDF valuation")
    if other is not None:
        raise refusal(other)
    files = read_attachments(data)
    if PORTFOLIO_FILE in files:
        return Verification(*verify_portfolio(menus, path.name, data, files))
    if "valuation.json" not in files:
        message = f"{path.name} has no valuation attached"
        raise TomsError(message, "Ask for the PDF as this program made it, with its attachments")
    stated = read_result(files["valuation.json"], f"valuation.json in {path.name}")
    if stated.offer.offer is None:
        raise TomsError(f"The offer in {path.name} cannot be read", "; ".join(map(str, stated.offer.problems)))
    installed = _edition(menus, stated)
    edition = _as_stated(installed, stated)
    if edition.sha256 != stated.sha256:
        return _other_menu(edition, stated)
    if stated.is_earlier:
        document = EarlierDocument(
            path, data, files, stated, stated.offer.offer, edition, _policy_words(menus, edition)
        )
        return _with_withdrawal(verify_earlier(document), installed)
    checked, fresh = _recomputed(stated, stated.offer.offer, edition)
    wrong = [
        *_figures(stated, checked),
        *_problems(stated, fresh),
        *_files(files, checked),
        *_pages(data, files, stated, checked),
    ]
    found = _with_withdrawal(outcome(path, checked, wrong), installed)
    made_by = "" if found.holds else _version_words(stated)
    return replace(found, lines=(*found.lines, made_by)) if made_by else found


def _with_withdrawal(found: Verification, installed: MenuEdition) -> Verification:
    """What verifying came to, and that the menu has been withdrawn since, which changes no figure of it."""
    words = withdrawn_words(installed)
    return replace(found, lines=(*found.lines, words)) if words else found


def _edition(menus: Catalogue | Workspace, stated: ResultFile) -> MenuEdition:
    if isinstance(menus, Workspace):
        return menus.edition(stated.menu, stated.edition)
    return menus.load(stated.menu, stated.edition)


def _as_stated(edition: MenuEdition, stated: ResultFile) -> MenuEdition:
    """The edition as it was when the valuation was made: what was said of it later changes no figure and no page."""
    if stated.figures.get("menu.status") == EditionStatus.PUBLISHED.value:
        return before_withdrawal(edition)
    made = stated.made
    if made is None or made.withdrawn_on is None:
        return edition
    return replace(edition, withdrawn_on=made.withdrawn_on, withdrawn_because=made.withdrawn_because)


def _policy_words(menus: Catalogue | Workspace, edition: MenuEdition) -> str:
    """The installed policy of a menu, whose words older documents print and do not carry."""
    catalogue = menus.catalogue if isinstance(menus, Workspace) else menus
    try:
        return repr(catalogue.policy(edition.policy)) if edition.policy else ""
    except TomsError:
        return ""


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


def _recomputed(stated: ResultFile, offer: Offer, edition: MenuEdition) -> tuple[CheckedOffer, CheckedOffer]:
    """The offer valued anew: with the Problems that the valuation states, and with those that come out.

    It is held against the policy rules that the valuation states; what the council's own data says beside them, such
    as wages and the other bids, cannot be asked again.
    """
    policy = Policy("stated", "The rules that the valuation states", stated.rules) if stated.rules else None
    made = stated.made
    if made is not None:
        offer = replace(offer, contract=replace(offer.contract, status=made.status))
        if policy is not None and made.status is not ContractStatus.DRAFT:
            policy = with_bound(policy, made.made_on)
    fresh = value_offer(offer, edition, Surroundings(policy=policy, area=made.area if made else None))
    return checked_with(offer, fresh.valuation, stated.problems, policy), fresh


def _problems(stated: ResultFile, fresh: CheckedOffer) -> Iterator[str]:
    """A sentence for each Problem that comes out and is not stated."""
    known = {(problem.key, problem.severity) for problem in stated.problems}
    for problem in fresh.problems:
        if (problem.key, problem.severity) not in known and (stated.made is not None or problem.where.field != "place"):
            yield f"This {problem.severity.value} comes out and is not stated: {problem}"


def _figures(stated: ResultFile, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each figure of the attachment that comes out otherwise."""
    worded_anew = bool(_version_words(stated))
    for found in differences(stated.figures, figures_of(result_of(checked))):
        if not (worded_anew and _is_worded_otherwise(found)):
            yield told(found, checked.valuation)


def _version_words(stated: ResultFile) -> str:
    """That another version of the program made it, and what may differ for that reason; "" where this one did."""
    from tomsapp import __version__

    made = stated.made
    if made is None or made.version == __version__:
        return ""
    return (
        f"It was made by version {made.version} of the program, and this is version {__version__}: what is asked about "
        "and how jobs are counted may differ. Check it with the version that made it."
    )


def _is_worded_otherwise(found: Difference) -> bool:
    """Whether the sum of a policy check has the same numbers in the same order, in other words."""
    if found.stated is None or found.recomputed is None or not _POLICY_SUM.fullmatch(found.figure):
        return False
    stated, recomputed = _NUMBER.findall(found.stated), _NUMBER.findall(found.recomputed)
    return bool(stated) and stated == recomputed


def _files(files: Mapping[str, bytes], checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each attached file that is missing or is not what comes out."""
    expected = {"valuation.csv": result_csv(checked), "offer.json": write_offer(checked.offer)}
    for name, data in expected.items():
        if name not in files:
            yield f"The attached file {name} is missing."
        elif files[name] != data:
            yield f"The attached file {name} differs from what comes out."


def _pages(data: bytes, files: Mapping[str, bytes], stated: ResultFile, checked: CheckedOffer) -> Iterator[str]:
    """A sentence for each word, figure or picture on the pages that does not come out, and the other way round."""
    from tomsapp import __version__
    from tomsapp.reports.attachments import made_by_version
    from tomsapp.services.printed_pages import page_differences, unknown_figures

    again = _printed_again(checked, stated.made, files)
    if stated.made is not None and stated.made.version == made_by_version(data) == __version__:
        if again != data:
            yield from page_differences(data, again)
        return
    yield from missing_figures(data, checked.valuation)
    yield from unknown_figures(data, known_numbers(files, again, checked.valuation))


def _printed_again(checked: CheckedOffer, made: MadeWith | None, files: Mapping[str, bytes]) -> bytes:
    """The same valuation printed anew, with the same context and files."""
    from tomsapp.reports.contract_report import build_contract_report
    from tomsapp.reports.fonts import load_fonts
    from tomsapp.services.reporting import LOGO, attachments_of, context_of

    made = made or MadeWith(date(2000, 1, 1))
    context = context_of(made, files.get(LOGO, b"") if made.logo else b"")
    attached = attachments_of(checked, made.area, context)
    fonts = load_fonts(resources_dir() / "fonts")
    return build_contract_report(checked, made.area, context, fonts, attached).data
