"""What may be typed into the cells of the workbook of commitments, and the message when it may not."""

from datetime import date

from tomsapp.domain.menu import Counts, Measure
from tomsapp.domain.money import SHARE_PLACES
from tomsapp.domain.units import Unit, UnitForm
from tomsapp.domain.wording import plural
from tomsapp.exchange.numbers import printable

MOST_QUANTITY = 1_000_000_000
_MOST_TITLE, _MOST_MESSAGE = 32, 255

SHARE_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": "between",
    "minimum": 0,
    "maximum": 1,
    "input_title": "Contract share",
    "input_message": f"The share that this contract may claim, from 0% to 100%, up to {SHARE_PLACES - 2} decimals.",
    "error_title": "Contract share",
    "error_message": "Enter a share from 0% to 100%.",
}

COST_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "input_title": "Cost to you",
    "input_message": "What keeping this promise costs you over the whole contract, in pounds. You may leave it empty.",
    "error_title": "Cost to you",
    "error_message": "Enter pounds, 0 or more.",
}

RATE_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "input_title": "Promise per £ of spend",
    "input_message": "So many for every £ in the next column, for example 2 for every £1,000,000. It is counted in "
    "place of the quantities by year.",
    "error_title": "Promise per £ of spend",
    "error_message": "Enter a number, 0 or more.",
}

RATE_PER_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "input_title": "For every £",
    "input_message": "The spend for which the promise is made, in pounds, for example 1000000.",
    "error_title": "For every £",
    "error_message": "Enter pounds, 0 or more.",
}

VALUE_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "error_title": "Contract value",
    "error_message": "Enter the value in pounds without VAT, for example 2500000.",
}

_COUNTED = {
    Counts.EACH_YEAR: "Counted in each year.",
    Counts.ONCE: "Counted once: enter it in one year.",
    Counts.FIRST_12_MONTHS: "Counts each person once, in the year they start.",
}


def quantity_rule(measure: Measure, cell: str, year_label: str) -> dict[str, object]:
    """The rule for a quantity of `measure` in the cell named `cell`."""
    places, most = measure.decimals, measure.unit.most or MOST_QUANTITY
    name = "1 for yes, 0 for no" if measure.unit is Unit.YES_NO else measure.many_name
    allowed = "whole numbers" if places == 0 else f"up to {plural(places, 'decimal', 'decimals')}"
    message = f"{name}, {allowed}. {_COUNTED[measure.counts]}"
    limits = f"from 0 to {most:,}" if measure.unit.most else "0 or more"
    rule: dict[str, object] = {
        "input_title": printable(f"{measure.code}, {year_label}")[:_MOST_TITLE],
        "input_message": printable(message[:1].upper() + message[1:])[:_MOST_MESSAGE],
        "error_title": "Quantity",
        "error_message": f"Enter {'a whole number' if places == 0 else 'a number'} {limits}, {allowed}.",
    }
    if places == 0:
        return {"validate": "integer", "criteria": "between", "minimum": 0, "maximum": most, **rule}
    least = f"{cell}>=0"
    if measure.unit.form is UnitForm.PERCENT:
        # A spreadsheet makes 0.8 of what is typed as 80%.
        least = f"OR({cell}=0,{cell}>1)"
        rule["error_message"] = f"Enter 80 for 80 per cent: 0, or a number over 1 and up to {most}, {allowed}."
    check = f"=AND(ISNUMBER({cell}),{least},{cell}<={most},ROUND({cell},{places})={cell})"
    return {"validate": "custom", "value": check, **rule}


def evidenced_rule(measure: Measure, cell: str, claimed: str) -> dict[str, object]:
    """The rule for what evidence shows of a count: at most the count itself, which stands in `claimed`."""
    places = measure.decimals
    return {
        "validate": "custom",
        "value": f"=AND(ISNUMBER({cell}),{cell}>=0,{cell}<=N({claimed}),ROUND({cell},{places})={cell})",
        "input_title": printable(f"{measure.code}, shown by evidence")[:_MOST_TITLE],
        "input_message": "How much of what was done the evidence shows; 0 where there is none yet.",
        "error_title": "Shown by evidence",
        "error_message": "Enter a number from 0 to what was done, with no more decimals than its unit has.",
    }


def people_rule(kind: str) -> dict[str, object]:
    """The rule for how many people are new in a job, were in it before, or came over with the work."""
    return {
        "validate": "integer",
        "criteria": "between",
        "minimum": 0,
        "maximum": MOST_QUANTITY,
        "input_title": f"People {kind}"[:_MOST_TITLE],
        "input_message": "How many people, not hours of work. Together they are the people behind the count.",
        "error_title": "People",
        "error_message": "Enter a whole number of people, 0 or more.",
    }


def number_rule(cell: str) -> dict[str, object]:
    """The rule for a person number: up to three letters and a number, and never a name."""
    return {
        "validate": "custom",
        "value": f'=AND(LEN({cell})<=10,ISERROR(FIND(" ",{cell})),ISNUMBER(VALUE(RIGHT({cell},1))))',
        "input_title": "Person number",
        "input_message": "Your own number for the person, for example P-001. Never a name.",
        "error_title": "Person number",
        "error_message": "Enter up to three letters and a number, for example P-001. Never enter a name.",
    }


def day_rule(title: str, message: str) -> dict[str, object]:
    """The rule for a day."""
    return {
        "validate": "date",
        "criteria": "between",
        "minimum": date(1990, 1, 1),
        "maximum": date(2099, 12, 31),
        "input_title": title,
        "input_message": message,
        "error_title": title,
        "error_message": "Enter a day, for example 10/07/2026.",
    }


def choice_rule(source: object, title: str, message: str) -> dict[str, object]:
    """The rule for what is chosen from a list, which stands in cells or is given here."""
    return {
        "validate": "list",
        "source": source,
        "input_title": title,
        "input_message": message,
        "error_title": title,
        "error_message": "Choose from the list.",
    }


def spare_quantity_rule(check: str, year_label: str) -> dict[str, object]:
    """The rule for a quantity in a row in which the measure is chosen; `check` is the formula that must hold."""
    return {
        "validate": "custom",
        "value": check,
        "input_title": f"Quantity, {year_label}"[:_MOST_TITLE],
        "input_message": "In the unit of the measure, which stands under “For each”.",
        "error_title": "Quantity",
        "error_message": "Enter a number that the unit allows: 0 or more, with no more decimals than it has; 1 or 0 "
        "for yes or no; 80 for 80 per cent.",
    }


def code_rule(source: str) -> dict[str, object]:
    """The rule for the code of a measure out of the list at `source`."""
    return {
        "validate": "list",
        "source": source,
        "input_title": "Code",
        "input_message": "Choose a measure here to promise it a second time, for example in another ward.",
        "error_title": "Code",
        "error_message": "Choose a code from the list.",
    }


def ward_rule(source: str) -> dict[str, object]:
    """The rule for a ward out of the list at `source`."""
    return {
        "validate": "list",
        "source": source,
        "error_title": "Ward",
        "error_message": "Choose a ward from the list, or the whole borough.",
    }


PART_RULE: dict[str, object] = {
    "validate": "decimal",
    "criteria": ">=",
    "value": 0,
    "input_title": "A part of the quantity",
    "input_message": "What it is stands beside it, under “What the parts are”.",
    "error_title": "A part of the quantity",
    "error_message": "Enter a number, 0 or more.",
}
