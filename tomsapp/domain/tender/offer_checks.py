"""Whether an offer can be judged, and what is wrong with it: the checks of every offer, and what its pack asks beside.

It is judged by the values and the rules of the pack. Whatever is said of a line stands beside that line; what is said
of the file, the bidder or the questions leaves the value of the lines as it is.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from tomsapp.domain.checks.words import Words
from tomsapp.domain.commitment import Commitment
from tomsapp.domain.contract import Contract
from tomsapp.domain.delivery.people import PersonKind
from tomsapp.domain.menu import Counts, Measure, MenuEdition
from tomsapp.domain.money import round_down, round_half_away
from tomsapp.domain.offer import CheckedOffer, Offer, Surroundings, value_offer
from tomsapp.domain.problems import Problem, Severity, Where, has_errors
from tomsapp.domain.supplier import email_fault
from tomsapp.domain.tender import words
from tomsapp.domain.tender.lot_contract import LotError, lot_contract
from tomsapp.domain.tender.pack import Pack, PackIdentity
from tomsapp.domain.tender.parts import YearParts
from tomsapp.domain.tender.question import count_words
from tomsapp.domain.tender.tender_offer import OfferedDetails, StatedValue, TenderOffer
from tomsapp.domain.wording import format_pounds, format_quantity, plural, small_first

_UNFINISHED: Mapping[str, tuple[str, str]] = {
    "no-commitments": ("offer promises nothing", "offers promise nothing"),
    "quantity-missing": ("line has no quantity", "lines have no quantity"),
    "year-blank": ("quantity is missing", "quantities are missing"),
    "question-unanswered": ("question has no answer", "questions have no answer"),
    "bidder-name-missing": ("name of the organisation is missing", ""),
    "bidder-contact-missing": ("name of a contact is missing", ""),
    "bidder-email-missing": ("e-mail address is missing", ""),
}
"""What keeps an offer from being finished, as one and as several of it."""

REFUSING = frozenset({"other-tender", "other-pack", "no-such-lot"})
"""Problems for which a file is refused: it answers something else."""


@dataclass(frozen=True, slots=True)
class CheckedTenderOffer:
    """An offer held against its pack.

    Attributes:
        checked: its figures, its policy checks and what the checks of every offer find; None where its lot is none.
        own: what the pack asks beside: of the file, the bidder, conditions and questions.
    """

    offer: TenderOffer
    checked: CheckedOffer | None
    own: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Everything that is found, errors first."""
        found = (*self.own, *(self.checked.problems if self.checked is not None else ()))
        return tuple(sorted(found, key=lambda problem: _ORDER.index(problem.severity)))

    @property
    def has_errors(self) -> bool:
        """Whether it cannot be judged as it is."""
        return has_errors(self.problems)

    @property
    def open_problems(self) -> tuple[Problem, ...]:
        """Errors, and warnings that are not answered."""
        return tuple(problem for problem in self.problems if problem.is_open)

    @property
    def unfinished(self) -> str:
        """Why it is not finished: "1 question has no answer, 2 quantities are missing"; empty where it is."""
        codes = [problem.code for problem in self.problems]
        counts = ((codes.count(code), one, many) for code, (one, many) in _UNFINISHED.items())
        return ", ".join(plural(count, one, many) for count, one, many in counts if count)

    @property
    def refused(self) -> str:
        """Why it is refused: it answers another tender; empty where it is not."""
        return next((problem.message for problem in self.own if problem.code in REFUSING), "")


_ORDER = tuple(Severity)


@dataclass(frozen=True, slots=True)
class _Line:
    """A commitment with its measure and its contract."""

    commitment: Commitment
    measure: Measure
    details: OfferedDetails
    contract: Contract

    def problem(
        self, code: str, said: Words, name: str, severity: Severity = Severity.ERROR, year: int | None = None
    ) -> Problem:
        """A Problem of this line."""
        key = ":".join((code, self.commitment.key, self.measure.code, *(() if year is None else (str(year),))))
        where = Where(commitment=self.commitment.key, measure=self.measure.code, year=year, field=name)
        return Problem(code, severity, said.message, said.fix, where, key=key)

    def label(self, year: int) -> str:
        """What a contract year is called."""
        years = self.contract.years
        return years[year].label if year < len(years) else f"year {year + 1}"


@dataclass(frozen=True, slots=True)
class OfferGround:
    """What an offer is held against beside its pack.

    Attributes:
        issued: by what each version of the pack is known that was issued; none where that is not known, as for a
            bidder.
        medians: the median quantity of the other bids, by measure.
        price: the bidder's price, where it is known.
    """

    issued: Sequence[PackIdentity] = ()
    medians: Mapping[str, Decimal] = field(default_factory=dict)
    price: Decimal | None = None


def check_tender_offer(
    pack: Pack, edition: MenuEdition, offer: TenderOffer, ground: OfferGround | None = None
) -> CheckedTenderOffer:
    """Value an offer by its pack, and find what is wrong with it."""
    held = ground or OfferGround()
    own = (*_identity(pack, offer.pack, held.issued), *_bidder(offer), *_conditions(pack, edition, offer))
    own = (*own, *_questions(pack, offer))
    lot = pack.lot(offer.lot)
    try:
        contract = lot_contract(pack.tender, lot, offer.bidder.name, held.price) if lot is not None else None
    except LotError:
        contract = None
    if contract is None:
        return CheckedTenderOffer(offer, None, (*own, _no_such_lot(offer.lot)))
    plain = Offer(contract, offer.commitments, offer.answers)
    around = Surroundings(pack.policy, pack.area, pack.tender.limits, held.medians)
    checked = value_offer(plain, edition, around, _line_problems(pack, edition, offer, contract))
    return CheckedTenderOffer(offer, checked, own)


def refusals(pack: Pack, made: PackIdentity, lot: int, issued: Sequence[PackIdentity] = ()) -> tuple[Problem, ...]:
    """Why a file is refused before anything in it is read: it answers something else; none where it is not.

    Args:
        pack: that it is held against.
        made: by what the pack is known that it says it was made with.
        lot: that it says it is for.
        issued: as `OfferGround` has it.
    """
    found = tuple(problem for problem in _identity(pack, made, issued) if problem.code in REFUSING)
    return found or (() if pack.lot(lot) is not None else (_no_such_lot(lot),))


def _no_such_lot(lot: int) -> Problem:
    return _problem("no-such-lot", words.NO_SUCH_LOT.filled(lot=lot), "lot")


def _identity(pack: Pack, made: PackIdentity, issued: Sequence[PackIdentity]) -> Iterator[Problem]:
    if made.reference != pack.tender.reference:
        said = words.OTHER_TENDER.filled(other=made.reference, reference=pack.tender.reference)
        yield _problem("other-tender", said, "pack")
        return
    if issued and made not in issued:
        yield _problem("other-pack", words.OTHER_PACK.filled(version=made.version), "pack")
    elif made.version < pack.version:
        said = words.OLDER_PACK.filled(version=made.version, newest=pack.version)
        yield _problem("older-pack", said, "pack", Severity.WARNING)


def _bidder(offer: TenderOffer) -> Iterator[Problem]:
    bidder = offer.bidder
    if not bidder.name.strip():
        yield _problem("bidder-name-missing", words.NO_NAME, "name")
    if not bidder.contact_name.strip():
        yield _problem("bidder-contact-missing", words.NO_CONTACT, "contact_name")
    if not bidder.contact_email.strip():
        yield _problem("bidder-email-missing", words.NO_EMAIL, "contact_email")
    elif email_fault(bidder.contact_email) is not None:
        yield _problem("bidder-email-wrong", words.WRONG_EMAIL, "contact_email")


def _conditions(pack: Pack, edition: MenuEdition, offer: TenderOffer) -> Iterator[Problem]:
    for asked in pack.conditions:
        if asked.measure not in offer.accepted:
            said = words.NOT_ACCEPTED.filled(measure=edition.name_of(asked.measure))
            yield _problem("condition-not-accepted", said, "accepted", measure=asked.measure)


def _questions(pack: Pack, offer: TenderOffer) -> Iterator[Problem]:
    for question in pack.questions:
        count, number = count_words(offer.statement(question.number)), question.number
        if not count:
            yield _problem("question-unanswered", words.NO_ANSWER.filled(number=number), f"statement_{number}")
        elif question.most_words is not None and count > question.most_words:
            said = words.LONG_ANSWER.filled(number=number, words=count, most=question.most_words)
            yield _problem("answer-too-long", said, f"statement_{number}", Severity.WARNING)


def _line_problems(pack: Pack, edition: MenuEdition, offer: TenderOffer, contract: Contract) -> Iterator[Problem]:
    for commitment in offer.commitments:
        measure = edition.find_measure(commitment.measure)
        if measure is None:
            continue  # the checks of every offer say so
        line = _Line(commitment, measure, offer.details_of(commitment.key), contract)
        yield from _asked(pack, line)
        for check in _LINE_CHECKS:
            yield from check(line)
    yield from _stated(edition, offer, contract)


def _asked(pack: Pack, line: _Line) -> Iterator[Problem]:
    """Only what the tender scores can be offered."""
    asked, name = pack.measure(line.measure.code), line.measure.full_name
    if asked is None:
        yield line.problem("not-in-tender", words.NOT_IN_TENDER.filled(measure=name), "measure")
    elif asked.is_condition:
        yield line.problem("condition-offered", words.CONDITION_OFFERED.filled(measure=name), "measure")


def _blank_years(line: _Line) -> Iterator[Problem]:
    """A year that is left blank is no 0; a measure that counts once may leave the other years blank."""
    given = line.commitment.quantities
    if line.commitment.rate is not None or line.measure.counts is Counts.ONCE:
        return
    if all(quantity is None for quantity in given):
        return  # the checks of every offer say so
    for year, quantity in enumerate(given):
        if quantity is None and year < len(line.contract.years):
            said = words.BLANK_YEAR.filled(year=line.label(year), many=line.measure.many_name)
            yield line.problem("year-blank", said, "quantity", year=year)


def _parts(line: _Line) -> Iterator[Problem]:
    """A quantity that was worked out is what its parts come to, in the decimals of its unit."""
    for parts in line.details.parts:
        year, quantity = parts.year, line.commitment.quantity_in(parts.year)
        if len(parts.numbers) != len(parts.form.labels):
            said = words.PARTS_MISSING.filled(year=line.label(year))
            yield line.problem("parts-missing", said, "parts", Severity.WARNING, year)
        elif quantity is not None and quantity not in _allowed(parts, line.measure.decimals):
            told = {"quantity": format_quantity(quantity), "parts": format_quantity(parts.quantity)}
            said = words.PARTS_DIFFER.filled(year=line.label(year), **told)
            yield line.problem("parts-differ", said, "parts", Severity.WARNING, year)


def _allowed(parts: YearParts, places: int) -> tuple[Decimal, Decimal, Decimal]:
    exact = parts.quantity
    return exact, round_half_away(exact, places), round_down(exact, places)


def _staff(line: _Line) -> Iterator[Problem]:
    """Of a job it is said whether somebody new comes into it; only such a one is an employment outcome."""
    if not line.measure.employment_outcome or not _promises(line.commitment):
        return
    staff = line.details.staff
    if staff is None:
        yield line.problem("staff-not-said", words.NO_STAFF, "staff", Severity.WARNING)
    elif staff is not PersonKind.NEW:
        said = words.NOT_NEW.filled(measure=line.measure.full_name, staff=small_first(staff.words))
        yield line.problem("jobs-not-new", said, "staff", Severity.WARNING)


def _promises(commitment: Commitment) -> bool:
    return commitment.rate is not None or any(commitment.quantities)


_LINE_CHECKS: tuple[Callable[[_Line], Iterable[Problem]], ...] = (_blank_years, _parts, _staff)


def _stated(edition: MenuEdition, offer: TenderOffer, contract: Contract) -> Iterator[Problem]:
    """Unit values that the file states otherwise than the pack: the pack's count."""
    told: set[str] = set()
    for stated in offer.stated:
        measure = edition.find_measure(stated.measure)
        if measure is None or stated.measure in told:
            continue
        known = _values(measure, stated, contract)
        if stated.value not in known:
            told.add(stated.measure)
            value = format_pounds(known[0]) if known else "none"
            figures = {"stated": format_pounds(stated.value), "value": value}
            said = words.VALUE_CHANGED.filled(measure=measure.full_name, **figures)
            yield _problem("unit-value-changed", said, "unit_value", Severity.WARNING, measure=measure.code)


def _values(measure: Measure, stated: StatedValue, contract: Contract) -> list[Decimal]:
    """The unit values that the pack has for what is stated: that of the year, or of any year where none is said."""
    years = contract.years
    if stated.year is not None:
        years = years[stated.year : stated.year + 1]
    found = (measure.unit_value_in(year.starts_on.year) for year in years)
    return [value.value for value in found if value is not None]


def _problem(code: str, said: Words, name: str, severity: Severity = Severity.ERROR, *, measure: str = "") -> Problem:
    key = f"{code}:{measure or name}"
    return Problem(code, severity, said.message, said.fix, Where(measure=measure, field=name), key=key)
