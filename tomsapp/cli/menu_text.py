"""How the command line shows menus: records for JSON and plain text tables."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tomsapp.cli import output
from tomsapp.domain.measure_words import proxy_facts, together_words
from tomsapp.domain.menu import Measure, MenuEdition, Place
from tomsapp.domain.problems import Problem
from tomsapp.domain.uprating import range_text, uprating_text
from tomsapp.domain.wording import (
    format_change,
    format_date,
    format_percent,
    format_percent_change,
    format_pounds,
    format_quantity,
)

if TYPE_CHECKING:
    from tomsapp.services.menus import EditionChanges, EditionSummary, FieldChange, ValueChange


def problem_record(problem: Problem) -> dict[str, object]:
    """A Problem for JSON."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.where.file,
        "measure": problem.where.measure,
        "field": problem.where.field,
        "message": problem.message,
        "fix": problem.fix,
    }


def summary_record(summary: "EditionSummary") -> dict[str, object]:
    """An installed edition for JSON."""
    return {
        "menu": summary.code,
        "edition": summary.edition,
        "title": summary.title,
        "status": summary.status.value if summary.status else "has errors",
        "in_force_from": str(summary.in_force_from or ""),
        "in_force_until": str(summary.in_force_until or ""),
        "sha256": summary.sha256,
        "problems": summary.problems,
    }


def summaries_table(summaries: "list[EditionSummary]") -> str:
    """The installed editions as a table."""
    rows = [
        (
            f"{summary.code}/{summary.edition}",
            summary.title,
            summary.status.value if summary.status else "has errors",
            str(summary.in_force_from or ""),
            summary.sha256[:12],
            str(summary.problems),
        )
        for summary in summaries
    ]
    return output.table(("Edition", "Title", "Status", "In force from", "SHA-256", "Problems"), rows, right=(5,))


def edition_record(edition: MenuEdition) -> dict[str, object]:
    """An edition with its measures for JSON; money is text."""
    return {
        "menu": edition.code,
        "edition": edition.edition,
        "title": edition.title,
        "status": edition.status.value,
        "published_on": str(edition.published_on or ""),
        "price_base": edition.price_base,
        "sha256": edition.sha256,
        "measures": [measure_record(place, edition) for place in edition.places.values()],
    }


def measure_record(place: Place, edition: MenuEdition) -> dict[str, object]:
    """A measure for JSON; money is text."""
    measure = place.measure
    proxy = measure.proxy
    source = proxy.source if proxy else None
    return {
        "measure": measure.code,
        "title": measure.title,
        "theme": f"{place.theme.number} {place.theme.title}",
        "outcome": f"{place.outcome.code} {place.outcome.title}",
        "description": measure.description,
        "unit": measure.unit.value,
        "for_each": measure.each_name,
        "counts": measure.counts.value,
        "unit_values": {str(value.year or "any year"): f"{value.value:f}" for value in measure.unit_values},
        "how_it_was_made": [uprating_text(value, edition.price_base) for value in measure.unit_values],
        "low_to_high": [text for value in measure.unit_values if (text := range_text(value))],
        "of_the_value": [f"{fact.label}: {fact.text}" for fact in proxy_facts(measure)],
        "employment_outcome": format_quantity(measure.employment_outcome) if measure.employment_outcome else "",
        "taken_off_by_the_menu": format_percent(measure.deadweight_share) if measure.deadweight_share else "",
        "source": f"{source.title}, {source.publisher}, {source.year}" if source else "",
        "licence": source.licence if source else "",
        "address": (proxy.address if proxy else "") or (source.address if source else ""),
        "derivation": proxy.derivation if proxy else "",
        "confidence": proxy.confidence if proxy else "",
        "count": list(measure.count),
        "do_not_count": list(measure.do_not_count),
        "earned": measure.earned.value if measure.earned else "",
        "equality_group": measure.equality_group,
        "evidence": list(measure.evidence),
        "evidence_months": measure.evidence_months,
        "evidence_if_later": measure.evidence_if_later,
        "guidance": measure.guidance,
        "claimed_together": list(_together(measure, edition)),
        "small_example": measure.small_example,
    }


def _together(measure: Measure, edition: MenuEdition) -> Iterator[str]:
    for group in edition.groups_of(measure.code):
        rivals = ", ".join((*group.rivals_of(measure.code), *group.elsewhere))
        yield f"{rivals}. {together_words(group, edition)} {group.reason}"


def edition_table(edition: MenuEdition) -> str:
    """An edition's measures as a table with their unit values."""
    rows = [
        (place.measure.code, place.measure.title, place.measure.each_name, _unit_values_text(place))
        for place in edition.places.values()
    ]
    day = f", published on {format_date(edition.published_on)}" if edition.published_on else ""
    head = f"{edition.title}, {edition.name}, {edition.status.value}, {edition.price_base} prices{day}"
    table = output.table(("Code", "Measure", "For each", "Unit value"), rows, right=(3,))
    return f"{head}\nSHA-256 {edition.sha256}\n\n{table}"


def _unit_values_text(place: Place) -> str:
    values = place.measure.unit_values
    if not values:
        return "not valued"
    if values[0].year is None:
        return format_pounds(values[0].value)
    return f"{format_pounds(values[0].value)} in {values[0].year}"


def measure_lines(record: dict[str, object]) -> str:
    """A measure's record as one line a field; empty fields are left out."""
    return "\n".join(f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in record.items() if value)


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{key} £{amount}" for key, amount in value.items())
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def changes_record(changes: "EditionChanges") -> dict[str, object]:
    """What changed between two editions for JSON; money is text."""
    return {
        "before": changes.before.name,
        "after": changes.after.name,
        "values": [_value_record(change) for change in changes.values],
        "added": [place.measure.code for place in changes.added],
        "withdrawn": [place.measure.code for place in changes.withdrawn],
        "rules": [_field_record(change) for change in changes.rules],
        "wording": [_field_record(change) for change in changes.wording],
    }


def _value_record(change: "ValueChange") -> dict[str, object]:
    return {
        "measure": change.place.measure.code,
        "year": change.year,
        "before": f"{change.before.value:f}" if change.before else None,
        "after": f"{change.after.value:f}" if change.after else None,
        "reason": change.reason,
        "before_sum": change.before_sum,
        "after_sum": change.after_sum,
    }


def _field_record(change: "FieldChange") -> dict[str, str]:
    return {"code": change.code, "field": change.field, "before": change.before, "after": change.after}


def changes_text(changes: "EditionChanges") -> str:
    """What changed between two editions as text."""
    parts = [f"From {changes.before.name} to {changes.after.name}"]
    if changes.values:
        rows = [_value_row(change) for change in changes.values]
        heads = ("Code", "Year", changes.before.edition, changes.after.edition, "Change", "Why")
        parts.append("Changed values\n" + output.table(heads, rows, right=(2, 3, 4)))
    for title, places in (("Added", changes.added), ("Withdrawn", changes.withdrawn)):
        if places:
            lines = [f"{place.measure.code}  {place.measure.title}" for place in places]
            parts.append("\n".join([title, *lines]))
    for title, fields in (("Rules", changes.rules), ("Wording", changes.wording)):
        if fields:
            lines = [f"{one.code}  {one.field}: “{one.before}” is now “{one.after}”" for one in fields]
            parts.append("\n".join([title, *lines]))
    return "\n\n".join(parts if len(parts) > 1 else [*parts, "Nothing changed."])


def _value_row(change: "ValueChange") -> tuple[str, ...]:
    more, share = change.change, change.change_share
    return (
        change.place.measure.code,
        str(change.year or ""),
        format_pounds(change.before.value) if change.before else "not valued",
        format_pounds(change.after.value) if change.after else "not valued",
        "" if more is None or share is None else f"{format_change(more)} ({format_percent_change(share)})",
        change.reason,
    )
