"""Writes docs/effect-of-2026-2.md: what the change from 2026.1 to 2026.2 means for the example council, line by line.

Run from the project's root: .venv/bin/python -m docs.make_effect
"""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tomsapp.config.paths import menus_dir
from tomsapp.domain.contract import Contract
from tomsapp.domain.menu import Measure, MenuEdition
from tomsapp.domain.money import difference, total
from tomsapp.domain.offer import Offer
from tomsapp.domain.valuation import LineValue, Valuation, value_contract
from tomsapp.domain.wording import format_exact, format_percent, format_pounds
from tomsapp.menufiles.edition_reader import read_folder
from tomsapp.services.example import example_offers

MENU = "barnet-open"
BEFORE, AFTER = "2026.1", "2026.2"
PAGE = Path(__file__).parent / "effect-of-2026-2.md"
HEAD = f"""# What edition {AFTER} of {MENU} changes

Made by `docs/make_effect.py` from the example council (Larkmere, which is not real): every promise valued with both
editions. Why each value changed stands in [menu-2026-2.md](menu-2026-2.md); why {BEFORE} was withdrawn stands in its
`published.toml` and on every page that uses it.

A contract that was signed under {BEFORE} keeps its values as signed. The program shows them beside the values of
{AFTER}.
"""


def main() -> None:
    """Write the page."""
    before, after = (read_folder(menus_dir() / MENU / edition).get_edition() for edition in (BEFORE, AFTER))
    offers = [offer for offer in example_offers() if offer.contract.menu == MENU]
    pairs = [(offer, _valued(offer, before), _valued(offer, after)) for offer in offers]
    lines = [HEAD, *_summary(pairs), *(line for pair in pairs for line in _contract(*pair))]
    PAGE.write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def _valued(offer: Offer, edition: MenuEdition) -> Valuation:
    return value_contract(offer.contract, edition, offer.commitments)


def _summary(pairs: list[tuple[Offer, Valuation, Valuation]]) -> Iterator[str]:
    yield "## All contracts"
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
        before = olds[line.commitment.key]
        change = difference(line.social_value, before.social_value)
        cells = (
            str(number),
            f"{line.measure.code} {line.measure.title}",
            _worth(before),
            _worth(line),
            format_pounds(change) if change else "same",
            _reason(before.measure, line.measure),
        )
        yield f"| {' | '.join(cells)} |"
    yield ""


def _worth(line: LineValue) -> str:
    return format_pounds(line.social_value) if line.measure.is_valued else "counted only"


def _reason(before: Measure, after: Measure) -> str:
    """What of the measure is different, in a few words with the figures."""
    said = []
    if before.unit_values and after.unit_values and before.unit_values[0].value != after.unit_values[0].value:
        values = f"{format_pounds(before.unit_values[0].value)} → {format_pounds(after.unit_values[0].value)}"
        said.append(f"unit value {values}")
    if before.is_valued and not after.is_valued:
        said.append("counted only now")
    for name in ("deadweight_share", "displacement_share", "drop_off_share"):
        share = getattr(after, name)
        if share != getattr(before, name):
            said.append(f"{name.removesuffix('_share').replace('_', '-')} {format_percent(share)}")
    if before.benefit_years != after.benefit_years:
        said.append(f"{after.benefit_years} benefit years")
    if before.employment_outcome != after.employment_outcome:
        said.append(f"employment outcomes for each: {before.employment_outcome} → {after.employment_outcome}")
    return "; ".join(said)


if __name__ == "__main__":
    main()
