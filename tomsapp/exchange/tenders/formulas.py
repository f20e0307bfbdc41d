"""Sentences in formulas of a workbook: the words of the program with figures that the sheet works out."""

import re

from tomsapp.domain.checks.words import Words

_PLACE = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")
_MOST_LITERAL = 250
"""The characters of one text in a formula; a spreadsheet allows 255."""


def literal(text: str) -> str:
    """A text inside a formula, in pieces that are short enough."""
    if not text:
        return '""'
    pieces = [text[start : start + _MOST_LITERAL] for start in range(0, len(text), _MOST_LITERAL)]
    return "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)


def as_text(said: Words, **figures: str) -> str:
    """Both sentences as a part of a formula, with a space behind; `figures` are formulas by the names of places."""
    parts: list[str] = []
    for number, piece in enumerate(_PLACE.split(f"{said.sentences} ")):
        if number % 2:
            # What stands in curly brackets and is no place is the text of a menu.
            parts.append(figures.get(piece) or literal(f"{{{piece}}}"))
        elif piece:
            parts.append(literal(piece.replace("{{", "{").replace("}}", "}")))
    return "&".join(parts)


def when(condition: str, said: Words, **figures: str) -> str:
    """The sentences while a condition holds, else nothing."""
    return f'IF({condition},{as_text(said, **figures)},"")'


def either(*choices: tuple[str, str]) -> str:
    """The text of the first condition that holds, else nothing."""
    formula = '""'
    for condition, text in reversed(choices):
        formula = f"IF({condition},{text},{formula})"
    return formula


def number_text(cell: str) -> str:
    """A number as the program writes it: thousands apart, and no more decimals than it has."""
    number = f"N({cell})"
    return f'IF({number}=INT({number}),TEXT({number},"#,##0"),TEXT({number},"#,##0.########"))'


def pounds_text(formula: str) -> str:
    """Pounds as the program writes them, 0 or more."""
    return f'"£"&TEXT({formula},"#,##0.00")'
