"""Writes docs/effect-of-2026-2.md: what the change from 2026.1 to 2026.2 means for the example council, line by line.

Run from the project's root: .venv/bin/python -m docs.make_effect
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from tomsapp.config.paths import menus_dir
from tomsapp.domain.contract import Contract, ContractStatus
from tomsapp.domain.menu import Clash, MenuEdition, Pair
from tomsapp.domain.money import difference, total
from tomsapp.domain.offer import Offer, Surroundings, check_valued
from tomsapp.domain.valuation import LineValue, Valuation, value_contract
from tomsapp.domain.wording import format_exact, format_pounds
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.services.edition_effect import line_changes
from tomsapp.services.example import example_offers

MENU = "barnet-open"
BEFORE, AFTER = "2026.1", "2026.2"
PAGE = Path(__file__).parent / "effect-of-2026-2.md"
HEAD = f"""# What edition {AFTER} of {MENU} changes

Made by `docs/make_effect.py` from the example council (Larkmere, which is not real): every promise of its contracts
that use {MENU}, valued with both editions. Why each value changed stands in [menu-2026-2.md](menu-2026-2.md); why
{BEFORE} was withdrawn stands in its `published.toml` and on every page that uses it.

A contract that was signed under {BEFORE} keeps its values as signed. The program shows them beside the values of
{AFTER}, under History. Measures that only {AFTER} has count in its column only. Jobs are employment outcomes. Of signed
contracts it was declared in writing, for each two measures that their menu asks about and for the years of each, that
the people are different; of drafts each person who may be the same counts once.
"""

Pairs: TypeAlias = list[tuple[Offer, Valuation, Valuation]]
"""Each contract with its values before and after."""


def main() -> None:
    """Write the page."""
    before, after = (read_folder(menus_dir() / MENU / edition).get_edition() for edition in (BEFORE, AFTER))
    offers = [offer for offer in example_offers() if offer.contract.menu == MENU]
    others = [offer for offer in example_offers() if offer.contract.menu != MENU]
    pairs: Pairs = []
    for offer in offers:
        declared = declared_of(offer, before if offer.contract.edition == BEFORE else after)
        old, new = (value_contract(offer.contract, edition, offer.commitments, declared) for edition in (before, after))
        pairs.append((offer, old, new))
    lines = [
        HEAD,
        left_in_and_out(pairs, others),
        "",
        *_summary(pairs),
        *(line for pair in pairs for line in _contract(*pair)),
    ]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def declared_of(offer: Offer, pinned: MenuEdition) -> frozenset[Pair]:
    """The pairs of measures that a signed contract declared to be different people: those that its own menu asks about.

    The people of the years and lines of one measure are others too. A draft has declared nothing yet. A pair is told
    by its measures, so that it holds under the other edition too.
    """
    if offer.contract.status is ContractStatus.DRAFT:
        return frozenset()
    claimed = dict.fromkeys(commitment.measure for commitment in offer.commitments)
    asked = (group.pairs(claimed) for group in pinned.exclusion_groups if group.severity is Clash.DECLARE)
    themselves = (frozenset((code,)) for code in claimed)
    return frozenset().union(*asked, themselves)


def left_in_and_out(pairs: Pairs, others: list[Offer]) -> str:
    """What the page values though it counts in no paper yet, and the contracts that use another menu."""
    wrong = {
        offer.contract.reference: total(line.social_value for line in valued.lines if line.commitment.key in keys)
        for offer, _, valued in pairs
        if (keys := check_valued(offer, valued, Surroundings()).inadmissible)
    }
    return (
        f"Promises that have an error are in these tables: {format_pounds(total(wrong.values()))} under {AFTER}, in "
        f"{' and '.join(wrong)},\nwhich counts in no paper until the errors are put right. Left out, since another "
        f"menu values it: {', '.join(other.contract.reference for other in others)}."
    )


def _summary(pairs: Pairs) -> Iterator[str]:
    yield f"## All contracts that use {MENU}"
    yield ""
    yield f"| Contract | {BEFORE} | {AFTER} | Difference | Jobs {BEFORE} | Jobs {AFTER} |"
    yield "|---|---:|---:|---:|---:|---:|"
    for offer, old, new in pairs:
        yield _row(_title(offer.contract), old.social_value, new.social_value, _jobs(old), _jobs(new))
    befores = total(old.social_value for _, old, _ in pairs)
    afters = total(new.social_value for _, _, new in pairs)
    yield _row("**All**", befores, afters, "", "")
    yield ""


def _row(title: str, before: Decimal, after: Decimal, *more: str) -> str:
    change = difference(after, before)
    cells = (title, format_pounds(before), format_pounds(after), format_pounds(change), *more)
    return f"| {' | '.join(cells)} |"


def _title(contract: Contract) -> str:
    return f"{contract.reference} {contract.title}"


def _jobs(valuation: Valuation) -> str:
    return format_exact(valuation.employment_outcomes, 2)


def _contract(offer: Offer, old: Valuation, new: Valuation) -> Iterator[str]:
    yield f"## {_title(offer.contract)}"
    yield ""
    yield f"| Line | Measure | {BEFORE} | {AFTER} | Difference | Why |"
    yield "|---:|---|---:|---:|---:|---|"
    olds = {line.commitment.key: line for line in old.lines}
    for number, line in enumerate(new.lines, start=1):
        before = olds.get(line.commitment.key)
        cells = (
            str(number),
            f"{line.measure.code} {line.measure.title}",
            _worth(before) if before else "–",
            _worth(line),
            _change(before, line),
            "; ".join(line_changes(before, line, offer.contract)) if before else f"new in {AFTER}",
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _worth(line: LineValue) -> str:
    return format_pounds(line.social_value) if line.measure.is_valued else "counted only"


def _change(before: LineValue | None, after: LineValue) -> str:
    change = difference(after.social_value, before.social_value if before else Decimal(0))
    return format_pounds(change) if change else "same" if before else "–"


if __name__ == "__main__":
    main()
