"""What verifying a valuation came to, in sentences."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from tomsapp.domain.offer import CheckedOffer
from tomsapp.domain.valuation import Valuation
from tomsapp.domain.wording import format_pounds, plural
from tomsapp.exchange.result_read import Difference
from tomsapp.reading.receipt import Receipt

MOST_DIFFERENCES = 50
"""How many differences are told one by one."""


@dataclass(frozen=True, slots=True)
class SignatureFound:
    """What was found of the signature of a PDF.

    Attributes:
        unchanged: whether the file is as it was when it was signed, a sentence a line.
        signed_by: by whom it was signed, and what that proves, a sentence a line.
        is_refuted: whether something speaks against it: a change, a certificate that was not valid, another than asked.
    """

    unchanged: tuple[str, ...]
    signed_by: tuple[str, ...]
    is_refuted: bool = False

    @property
    def told(self) -> tuple[str, ...]:
        """All of it, the two questions apart."""
        first, *more = self.unchanged
        who, *about = self.signed_by
        return (f"Unchanged since it was signed: {first}", *more, f"Signed by: {who}", *about)


_PLACE = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether every figure of a PDF holds, and what was found, a sentence a line.

    Three things are said apart: whether it agrees with itself, whether it is unchanged since it was signed, and by whom
    it was signed.

    Attributes:
        agrees: whether every figure, and every word of pages of this version, comes out again.
        lines: what was found of that.
        is_judged: false where it was made by a version whose rules this one does not know, and comes out otherwise.
        receipt: which file it was.
        signature: what was found of its signature; None where nobody looked.
        is_unpublished: whether it says that the open database published it, which never did.
    """

    agrees: bool
    lines: tuple[str, ...]
    is_judged: bool = True
    receipt: Receipt | None = None
    signature: "SignatureFound | None" = None
    is_unpublished: bool = False

    @property
    def holds(self) -> bool:
        """Whether it agrees with itself, and nothing speaks against its signature or against where it came from."""
        is_refuted = self.signature is not None and self.signature.is_refuted
        return self.agrees and not self.is_unpublished and not is_refuted

    @property
    def told(self) -> tuple[str, ...]:
        """What was found, and last of which file."""
        agrees = "yes" if self.agrees else "no" if self.is_judged else "this cannot be judged here"
        signature = self.signature.told if self.signature else ()
        receipt = [f"Read from {self.receipt.words}"] if self.receipt else []
        return (f"Agrees with itself: {agrees}.", *self.lines, *signature, *receipt)

    @property
    def verdict(self) -> str:
        """What is said of the file after its name."""
        if self.agrees and self.is_unpublished:
            return "agrees with itself, but the open database never published it"
        if self.agrees and not self.holds:
            return "agrees with itself, but its signature does not hold"
        if self.holds:
            return "holds"
        return "does not hold" if self.is_judged else "cannot be judged here"


def told(found: Difference, valuation: Valuation) -> str:
    """A figure that comes out otherwise, in a sentence."""
    return told_at(figure_words(found.figure, valuation), found)


def told_at(place: str, found: Difference) -> str:
    """A figure that comes out otherwise, in a sentence that begins with its place in words."""
    if found.stated is None:
        return f"{place}: the attachment does not have it, and {found.recomputed} comes out."
    if found.recomputed is None:
        return f"{place}: the attachment says {found.stated}, and nothing comes out."
    return f"{place}: the attachment says {found.stated}, and {found.recomputed} comes out."


def figure_words(figure: str, valuation: Valuation) -> str:
    """The place of a figure in words: "lines[2].years[1].value" is "S08, commitment 2, year 1, value"."""
    words: list[str] = []
    for name, number in _PLACE.findall(figure):
        if name == "lines" and number:
            lines = valuation.lines
            known = int(number) <= len(lines)
            words.append(f"{lines[int(number) - 1].measure.code}, line {number}" if known else f"line {number}")
        else:
            word = {"total": "social value", "years": "year", "steps": "step", "sums": "sum"}.get(name, name)
            words.append(f"{word.replace('_', ' ')} {number}".strip())
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def held(path: Path, checked: CheckedOffer, by_version: str = "") -> tuple[str, ...]:
    """The sentences of a valuation that holds: by today's rules, or by those of the version that made it."""
    by_rules = f" by the rules of version {by_version}, which made it" if by_version else ""
    claimed, counted = checked.valuation, checked.admissible
    social = _counted_words(claimed.social_value, counted.social_value)
    real = _counted_words(claimed.real_pounds, counted.real_pounds)
    return (
        f"{path.name} holds{by_rules}: every figure comes out again from {made_from_words(claimed)}.",
        f"Social value: {social}. Real pounds: {real}.",
        "The policy checks were made again with the rules that the valuation states.",
    )


def _counted_words(claimed: Decimal, counted: Decimal) -> str:
    """An amount; where lines have errors what is claimed, and what of it can be counted until they are put right."""
    if claimed == counted:
        return format_pounds(counted)
    can = format_pounds(counted) if counted else "nothing"
    return f"{format_pounds(claimed)} is claimed, of which {can} can be counted"


def failure(path: Path, valuation: Valuation, wrong: Sequence[str]) -> tuple[str, ...]:
    """The sentences of a valuation that does not hold."""
    number = plural(len(wrong), "difference", "differences")
    return (f"{path.name} does not hold: {number} from {made_from_words(valuation)}.", *some(wrong))


def not_judged(name: str, version: str, wrong: Sequence[str]) -> Verification:
    """What is said of a paper whose version may print more than this one knows of."""
    head = (
        f"{name} cannot be judged here: it was made by version {version} of the program, which may print more. Check "
        "it with the version that made it."
    )
    return Verification(False, (head, *some(wrong)), is_judged=False)


def some(wrong: Sequence[str]) -> tuple[str, ...]:
    """The differences one by one, up to a number."""
    more = [f"And {len(wrong) - MOST_DIFFERENCES} more."] if len(wrong) > MOST_DIFFERENCES else []
    return (*wrong[:MOST_DIFFERENCES], *more)


def made_from_words(valuation: Valuation) -> str:
    """What a valuation was made from: its commitments and menu."""
    return (
        f"{plural(len(valuation.lines), 'commitment', 'commitments')} under the menu {valuation.edition.name}, "
        f"SHA-256 {valuation.edition.sha256}"
    )
