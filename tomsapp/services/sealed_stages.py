"""The documents of a signing and of the variations upon it: what each of them fixed, and what each changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from tomsapp.domain.money import difference
from tomsapp.domain.offer import Offer
from tomsapp.domain.seal import Act, ActKind, variations_in_force
from tomsapp.domain.varied import VariationTold
from tomsapp.domain.wording import format_change, format_date, format_pounds, listed
from tomsapp.exchange.act_json import ActDocument, read_act
from tomsapp.exchange.offer_file import OfferUnreadable
from tomsapp.services.contracts import OpenContract
from tomsapp.services.sealing import is_whole
from tomsapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Stage:
    """A contract as one act fixed it: as signed, or as varied.

    Attributes:
        social_value: in its document, in pounds.
        change: what it is more or less than at the stage before, in pounds; 0 as signed.
        told: what the variation changed; None as signed.
    """

    act: Act
    document: ActDocument
    offer: Offer
    social_value: Decimal
    change: Decimal = Decimal("0.00")
    told: VariationTold | None = None

    @property
    def name(self) -> str:
        """What it is called: "As signed", "Variation 1"."""
        return self.told.name if self.told else "As signed"

    @property
    def figures(self) -> Mapping[str, str]:
        """Every figure of its document by its place."""
        return self.document.result.figures

    @property
    def contract_value(self) -> Decimal:
        """The value of the contract, in pounds without VAT."""
        return self.offer.contract.value

    @property
    def end_on(self) -> date:
        """The last day of the contract."""
        return self.offer.contract.end_on

    @property
    def words(self) -> str:
        """What it is worth, of how much and until when, in a sentence."""
        effect = self.act.takes_effect_on
        since = f", from {format_date(effect)}" if effect else ""
        change = f" ({format_change(self.change)})" if self.change else ""
        worth = f"{format_pounds(self.social_value)}{change} of social value"
        of = f"contract value {format_pounds(self.contract_value)}, ends on {format_date(self.end_on)}"
        return f"{self.name}, {format_date(self.act.done_on)}{since}: {worth}, {of}."


def read_stages(uow: UnitOfWork, opened: OpenContract) -> tuple[Stage, ...]:
    """The signing in force of a contract and its variations, in their order; nothing where one cannot be relied on."""
    seal = opened.seal
    acts = () if seal is None else (seal, *variations_in_force(opened.contract.status, opened.acts))
    found: list[Stage] = []
    for act in acts:
        stage = _stage(act, uow.acts.document(act.id), found)
        if stage is None:
            return ()
        found.append(stage)
    return tuple(found)


def _stage(act: Act, data: bytes, before: Sequence[Stage]) -> Stage | None:
    try:
        document = read_act(data) if is_whole(act, data) else None
    except OfferUnreadable:
        return None
    offer = document.result.offer.offer if document else None
    if document is None or offer is None:
        return None
    value = Decimal(document.result.figures["total"])
    told = document.act.variation if document.act and act.kind is ActKind.VARY else None
    if act.kind is ActKind.VARY and told is None:
        return None
    change = difference(value, before[-1].social_value) if before else Decimal("0.00")
    return Stage(act, document, offer, value, change, told)


def varied_words(stages: Sequence[Stage]) -> str:
    """The variations by their names: "Variations 1 and 2"."""
    numbers = [str(stage.told.number) for stage in stages if stage.told]
    return f"Variation{'s' if len(numbers) > 1 else ''} {listed(numbers)}"


def reasons_of_lines(stages: Sequence[Stage]) -> dict[str, list[str]]:
    """What each variation said of a line, by its number in the offer: "Variation 1: was 0, 2, 2"."""
    found: dict[str, list[str]] = {}
    for stage in stages:
        for line in stage.told.lines if stage.told else ():
            found.setdefault(str(line.place), []).append(f"{stage.name}: {line.words}")
    return found


def line_values(figures: Mapping[str, str]) -> dict[str, Decimal]:
    """The social value of each line in a document, by its number in the offer, in pounds."""
    found, place = {}, 1
    while f"lines[{place}].value" in figures:
        found[figures[f"lines[{place}].commitment"]] = Decimal(figures[f"lines[{place}].value"])
        place += 1
    return found
