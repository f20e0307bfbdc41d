"""Whether a delivered valuation still holds: every figure worked out again from the file alone, and every page."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tomsapp.domain.delivery.delivery import DELIVERY, measure_problems
from tomsapp.domain.delivery.paper import DeliveredPaper
from tomsapp.domain.measure_words import withdrawn_words
from tomsapp.domain.menu import MenuEdition
from tomsapp.domain.money import NumberError
from tomsapp.domain.problems import Severity
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.exchange.book_json import BookFile
from tomsapp.exchange.delivered_csv import evidence_csv, ledger_csv, quarters_csv
from tomsapp.exchange.delivered_figures import figures_values
from tomsapp.exchange.delivered_json import write_delivered
from tomsapp.exchange.delivered_read import DeliveredFile, read_delivered
from tomsapp.exchange.result_read import Difference, differences, flat_figures
from tomsapp.menufiles.bundle import read_bundle
from tomsapp.menufiles.catalogue import Catalogue
from tomsapp.services.delivered_paper import (
    DELIVERED_FILE,
    EDITION_FILE,
    EVIDENCE_FILE,
    LEDGER_FILE,
    QUARTERS_FILE,
    built_delivered,
)
from tomsapp.services.verification import Verification, not_judged, some, told_at
from tomsapp.services.verifying_book import (
    Book,
    against_known,
    as_stated,
    known_edition,
    known_words,
    other_checksums,
)
from tomsapp.services.verifying_published import held_against
from tomsapp.services.version_rules import is_known
from tomsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class _Paper:
    """A delivered valuation: its PDF, what its file says, and the paper with the edition that it carries."""

    book: Book
    stated: DeliveredFile
    bundle: bytes
    told: DeliveredPaper

    @property
    def version(self) -> str:
        """The version that made it."""
        return self.stated.made.version


def verify_delivered(
    menus: Catalogue | Workspace, name: str, data: bytes, files: Mapping[str, bytes], signed: bytes = b""
) -> Verification:
    """Work out every figure of a delivered valuation from what it carries, and hold every figure and page to it.

    Its menu edition comes from the file too, and is held to the one that is known here, where one is. With a database
    it is also held against what was published there: by the bytes as they came, with their signature.

    Raises:
        OfferUnreadable: what it carries cannot be read.
    """
    stated = read_delivered(files[DELIVERED_FILE], f"{DELIVERED_FILE} in {name}")
    found = _verified(menus, name, data, files, stated)
    if not isinstance(menus, Workspace) or not found.is_judged:
        return found
    return held_against(menus, stated, signed or data, found)


def _verified(
    menus: Catalogue | Workspace, name: str, data: bytes, files: Mapping[str, bytes], stated: DeliveredFile
) -> Verification:
    book = Book(name, data, files, BookFile(stated.menu, stated.edition, stated.sha256, stated.made), "paper")
    bundle = files.get(EDITION_FILE)
    if bundle is None:
        return _failed(name, [f"The attached file {EDITION_FILE} is missing."])
    wrong = list(other_checksums(book, bundle))
    edition = read_bundle(bundle, f"{EDITION_FILE} in {name}")
    if not isinstance(edition, MenuEdition):
        return _failed(name, [*wrong, *(f"The attached edition has an error: {problem}" for problem in edition)])
    if edition.name != book.edition_name:
        wrong.append(f"The attached edition is {edition.name}, and the paper names {book.edition_name}.")
    known = known_edition(menus, book)
    wrong += against_known(known, edition, book)
    paper = _Paper(book, stated, bundle, stated.paper(as_stated(edition, book)))
    try:
        wrong += _sources(paper)
        wrong += _figures(paper)
        wrong += _files(paper)
        wrong += _pages(paper)
    except (ArithmeticError, LookupError, NumberError, TypeError, ValueError):
        # What this program never writes: a plan for a commitment that is none, parts of a penny.
        return _failed(name, [*wrong, "Its attached figures cannot be worked out and printed."])
    if wrong and not is_known(paper.version):
        return not_judged(name, paper.version, wrong)
    return _failed(name, wrong) if wrong else _held(paper, known_words(book, edition, known), known)


def _sources(paper: _Paper) -> Iterator[str]:
    """A sentence for what the file tells that cannot be: of unknown commitments, in returns, and in decisions."""
    told = paper.told
    for problem in paper.stated.problems:
        yield f"The attached file {DELIVERED_FILE} has what this program does not write: {problem}."
    known = {line.key for line in (*told.commitments, *told.signed_commitments)}
    for key in sorted(_named(told) - known):
        yield f"It tells of line {key}, which the contract has not."
    yield from _returns(told)
    for delivery in told.decided_otherwise:
        where = f"line {delivery.commitment}, {delivery.quarter.words}"
        yield f"The decisions on {where} do not come to what is stated as accepted, provisional and rejected there."


def _named(told: DeliveredPaper) -> set[str]:
    """The commitments that the file tells of, by their numbers."""
    claims = (*(each.claim for each in told.deliveries), *(claim for piece in told.evidence for claim in piece.shows))
    acts = (key for act in told.acts for key in (act.commitment, act.other_commitment))
    named = {*told.plan, *acts, *(key for key, _ in (*claims, *told.began))}
    named |= {entry.commitment for entry in told.ledger} | {line.commitment for line in told.today}
    return named - {""}


def _returns(told: DeliveredPaper) -> Iterator[str]:
    """A sentence for each return whose quantities cannot be, where the paper does not say so itself."""
    stated = {problem.code for problem in told.problems}
    measures = {line.key: told.edition.places.get(line.measure) for line in told.commitments}
    for each in told.deliveries:
        delivery, place = each.delivery, measures.get(each.delivery.commitment)
        found = DELIVERY.problems(delivery)
        found += measure_problems(delivery, place.measure) if place is not None else []
        for problem in found:
            if problem.severity is Severity.ERROR and problem.code not in stated:
                where = f"line {delivery.commitment}, {delivery.quarter.words}"
                yield f"The return of {where} cannot be as it is stated: {problem.message}."


def _figures(paper: _Paper) -> Iterator[str]:
    """A sentence for each figure of the attachment that comes out otherwise."""
    again = flat_figures(figures_values(paper.told))
    for found in differences(paper.stated.figures, again):
        yield _told(found)


def _told(found: Difference) -> str:
    place = found.figure.replace("_", " ").replace(".", ", ").replace("[", " ").replace("]", "")
    return told_at(f"{place[:1].upper()}{place[1:]}", found)


def _files(paper: _Paper) -> Iterator[str]:
    """A sentence for each attached file that is missing or is not what comes out."""
    files, told = paper.book.files, paper.told
    expected = {
        QUARTERS_FILE: quarters_csv(told),
        EVIDENCE_FILE: evidence_csv(told),
        LEDGER_FILE: ledger_csv(told),
    }
    for file, data in expected.items():
        if file not in files:
            yield f"The attached file {file} is missing."
        elif files[file] != data:
            yield f"The attached file {file} differs from what comes out."
    if _is_of_this_version(paper) and write_delivered(told, paper.stated.made) != files[DELIVERED_FILE]:
        yield f"The attached file {DELIVERED_FILE} is written otherwise than it comes out."


def _is_of_this_version(paper: _Paper) -> bool:
    from tomsapp import __version__

    return paper.version == __version__


def _pages(paper: _Paper) -> Iterator[str]:
    """A sentence for each word, figure or picture on the pages that does not come out, and the other way round.

    The words of a paper of another version are not compared: its totals must stand on it, and each of its figures must
    come out.
    """
    from tomsapp.services.reporting import LOGO, context_of
    from tomsapp.services.strange_papers import page_differences, unknown_figures, unknown_part_words

    book, made = paper.book, paper.stated.made
    context = context_of(made, book.files.get(LOGO, b"") if made.logo else b"")
    again = built_delivered(paper.told, paper.bundle, context, paper.stated).data
    if _is_of_this_version(paper):
        if again != book.data:
            yield from page_differences(book.data, again)
        return
    from tomsapp.services.printed_pages import numbers_in
    from tomsapp.services.strange_papers import printed_text

    carried = (held.decode(errors="replace") for held in book.files.values())
    yield from _totals(paper, printed_text(book.data))
    yield from unknown_figures(book.data, numbers_in(" ".join((printed_text(again), *carried))))
    known = frozenset({DELIVERED_FILE, QUARTERS_FILE, EVIDENCE_FILE, LEDGER_FILE, EDITION_FILE, LOGO})
    yield from unknown_part_words(book.data, known, again)


def _totals(paper: _Paper, text: str) -> Iterator[str]:
    pounds = paper.told.delivered.pounds
    for amount in dict.fromkeys((pounds.due, pounds.claimed, pounds.evidenced, pounds.accepted)):
        if format_pounds(amount) not in text:
            yield f"{format_pounds(amount)} comes out and is not printed on the pages."


def _held(paper: _Paper, known: str, installed: MenuEdition | None) -> Verification:
    told, name = paper.told, paper.book.name
    delivered = told.delivered
    pounds = delivered.pounds
    due, accepted, missing = map(format_pounds, (pounds.due, pounds.accepted, pounds.missing))
    returns = plural(len(told.deliveries), "return", "returns")
    lines = plural(len(delivered.lines), "commitment", "commitments")
    words = "Every word of the pages comes out again."
    if not _is_of_this_version(paper):
        words = f"It was made by version {paper.version} of the program, so its words were not compared."
    said = [
        f"{name} holds: every figure comes out again from {returns} of {lines}, the plan and the decisions in it.",
        f"Due {due}, accepted {accepted}, missing {missing}.",
        words,
        f"SHA-256 of its menu {delivered.edition.name}: {paper.stated.sha256}. {known}",
    ]
    if told.frozen is None:
        said.append("It is a draft: its figures may have changed since.")
    withdrawn = withdrawn_words(installed) if installed is not None else ""
    return Verification(True, (*said, withdrawn) if withdrawn else tuple(said))


def _failed(name: str, wrong: list[str]) -> Verification:
    head = f"{name} does not hold: {plural(len(wrong), 'difference', 'differences')}."
    return Verification(False, (head, *some(wrong)))
