"""The document of a sealed act as JSON: what was done and by whom, and the valuation as it was seen then."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.problems import Problem, Where, has_errors
from tomsapp.domain.seal import ActFacts, ActKind
from tomsapp.domain.varied import VariationTold, VariedFact, VariedLine
from tomsapp.exchange.offer_file import OfferUnreadable, usable
from tomsapp.exchange.offer_json import to_json
from tomsapp.exchange.result_read import MOST_RESULT_BYTES, ResultFile, result_in
from tomsapp.reading.dialect import SENT_FILES
from tomsapp.reading.fields import FieldReader
from tomsapp.reading.text_formats import Values, read_json

ACT_FORMAT = "tomsapp-act-1"
_MOST = 20_000
_FILE = "the sealed document"


@dataclass(frozen=True, slots=True)
class StatedAct:
    """What the document of an act says of the act itself.

    Attributes:
        reverses: the SHA-256 of the document of the act that it takes back; empty for none.
        variation: what the variation changed that was signed or taken back; None for another act.
    """

    facts: ActFacts
    by: str
    was: ContractStatus
    becomes: ContractStatus
    reverses: str = ""
    variation: VariationTold | None = None


@dataclass(frozen=True, slots=True)
class ActDocument:
    """A document that was read. Earlier versions kept the valuation alone, so that `act` is None there."""

    act: StatedAct | None
    result: ResultFile


def write_act(act: StatedAct, result: Mapping[str, object]) -> bytes:
    """The document of an act with the result of the valuation, the same bytes for the same act."""
    facts = act.facts
    effect = facts.takes_effect_on
    values: dict[str, object] = {
        "kind": facts.kind.value,
        "done_on": facts.done_on.isoformat(),
        "takes_effect_on": None if effect is None else effect.isoformat(),
        "by": act.by,
        "role": facts.role,
        "reason": facts.reason,
        "was": act.was.value,
        "becomes": act.becomes.value,
        "reverses": act.reverses,
    }
    if act.variation is not None:
        values["variation"] = _variation_values(act.variation)
    return to_json({"format": ACT_FORMAT, "act": values, "valuation": result})


def _variation_values(told: VariationTold) -> dict[str, object]:
    return {
        "number": told.number,
        "facts": [{"fact": fact.name, "label": fact.label, "was": fact.was, "now": fact.now} for fact in told.facts],
        "lines": [{"line": line.place, "measure": line.measure, "change": line.words} for line in told.lines],
    }


def read_act(data: bytes) -> ActDocument:
    """The document of an act, or the valuation that an earlier version kept.

    Raises:
        OfferUnreadable: it is neither.
    """
    values = usable(read_json(data, _FILE, MOST_RESULT_BYTES))
    if values.get("format") != ACT_FORMAT:
        return ActDocument(None, result_in(values, _FILE))
    act, result = values.get("act"), values.get("valuation")
    if not isinstance(act, dict) or not isinstance(result, dict):
        raise _unreadable()
    return ActDocument(_stated(act), result_in(result, _FILE))


def _stated(values: Values) -> StatedAct:
    found: list[Problem] = []
    fields = FieldReader(values, Where(file=_FILE), found, dialect=SENT_FILES)
    facts = ActFacts(
        fields.choice("kind", ActKind),
        fields.day("done_on", required=True) or date.min,
        fields.day("takes_effect_on"),
        fields.typed_text("role", _MOST),
        fields.typed_text("reason", _MOST),
    )
    act = StatedAct(
        facts,
        fields.typed_text("by", _MOST),
        fields.choice("was", ContractStatus),
        fields.choice("becomes", ContractStatus),
        fields.typed_text("reverses", _MOST),
        _told(fields.table("variation")),
    )
    fields.finish()
    if has_errors(found):
        raise _unreadable()
    return act


def _told(fields: FieldReader | None) -> VariationTold | None:
    """What a variation changed; earlier versions knew none."""
    if fields is None:
        return None
    number = fields.count("number", 1, _MOST) or 0
    facts, lines = [], []
    for each in fields.tables("facts"):
        facts.append(VariedFact(*(each.typed_text(name, _MOST) for name in ("fact", "label", "was", "now"))))
        each.finish()
    for each in fields.tables("lines"):
        place = each.count("line", 1, _MOST) or 0
        lines.append(VariedLine(place, each.typed_text("measure", _MOST), each.typed_text("change", _MOST)))
        each.finish()
    fields.finish()
    return VariationTold(number, tuple(facts), tuple(lines))


def _unreadable() -> OfferUnreadable:
    return OfferUnreadable("The sealed document cannot be read", "Restore the database from a backup")
