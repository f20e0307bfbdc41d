"""What a column of a council's register of contracts can hold, and the headings by which it is recognised."""

import re

from tomsapp.domain.contract import CONTRACT
from tomsapp.exchange.labelled.labels import ColumnUse
from tomsapp.exchange.year_words import tidy

REGISTRATION = ColumnUse("registration", "Supplier’s registration number")
SUPPLIER_KIND = ColumnUse("supplier_kind", "Kind of supplier")
ANNUAL_VALUE = ColumnUse("annual_value", "Value a year")
LENGTH = ColumnUse("length", "Length")
EXTENSION = ColumnUse("extension", "Extension")
REVIEW = ColumnUse("review", "Review date")

_FACTS = (
    "reference",
    "title",
    "supplier",
    "value",
    "value_with_vat",
    "start_on",
    "end_on",
    "latest_end_on",
    "extensions_taken",
    "extensions_left",
    "supplier_contact",
    "supplier_contact_email",
    "supplier_contact_phone",
    "contract_manager",
    "directorate",
    "kind",
    "notes",
)
FACT_USES = {name: ColumnUse(name, CONTRACT.fact(name).label) for name in _FACTS}
"""The facts of a contract that a register may hold, by their names."""

TOLD_BY = {"end_on": LENGTH.key, "value": ANNUAL_VALUE.key, "notes": REVIEW.key}
"""The columns that tell a fact where it has no column of its own."""

CONTRACT_USES: tuple[ColumnUse, ...] = (
    *FACT_USES.values(),
    REGISTRATION,
    SUPPLIER_KIND,
    ANNUAL_VALUE,
    LENGTH,
    EXTENSION,
    REVIEW,
)

_VALUE = r"(?:value|cost|price|amount|spend|sum)"
_NUMBER = r"(?:ref(?:erence)?|id|no|number|code|identifier)"
_SUPPLIER = r"(?:supplier|contractor|provider|vendor|company|organisation|awarded supplier|successful supplier)"
_WORDS: tuple[tuple[str, str], ...] = (
    (
        "registration",
        rf"(?:{_SUPPLIER} |charity |companies house )*(?:registration|company|charity|companies house) {_NUMBER}|crn",
    ),
    (
        "supplier_kind",
        rf"(?:{_SUPPLIER} )?(?:type|size|kind) of (?:supplier|organisation)|{_SUPPLIER} (?:type|size|kind)",
    ),
    ("supplier_contact_email", rf"{_SUPPLIER}(?: ?s)? (?:lead )?(?:contact )?e ?mail(?: address)?"),
    ("supplier_contact_phone", rf"{_SUPPLIER}(?: ?s)? (?:lead )?(?:contact )?(?:tele)?phone(?: number| no)?"),
    ("supplier_contact", rf"{_SUPPLIER}(?: ?s)? (?:lead )?(?:contact|representative|lead)(?: name)?"),
    ("extensions_taken", r"(?:number of )?extensions? (?:taken|used|exercised|granted)(?: to date| so far)?"),
    ("extensions_left", r"(?:number of )?extensions? (?:left|remaining|outstanding)"),
    ("annual_value", rf"(?:estimated |contract )?(?:annual|yearly|average annual)(?: contract)? {_VALUE}"),
    ("annual_value", rf"(?:contract |estimated )?{_VALUE} (?:per annum|pa|p a|per year|a year)|per annum|pa"),
    ("annual_value", rf"{_VALUE} (?:annual|yearly|each year)"),
    ("value_with_vat", rf"(?:total |contract )*{_VALUE} (?:inc|incl|including|with) vat"),
    ("value", rf"(?:total |estimated |whole life |contract |overall |lifetime |current |awarded |award )*{_VALUE}"),
    (
        "value",
        rf"(?:total |contract )*{_VALUE} (?:of contract|over (?:contract )?term|(?:ex|excl|excluding|without) vat)",
    ),
    ("value", rf"{_VALUE} (?:total|whole life|overall|lifetime)"),
    ("latest_end_on", r"(?:latest|maximum|max|final|full|last)(?: possible)? (?:end|expiry)(?: date)?"),
    ("latest_end_on", r"(?:end|expiry)(?: date)? (?:with|including|inc|incl|after) (?:all )?(?:extensions?|ext)"),
    ("latest_end_on", r"extended (?:end|expiry)(?: date)?|extension (?:end|expiry)(?: date)?|extend(?:able|ed) to"),
    ("extension", r"extensions?(?: periods?| options?| available| months| terms?)*|options? to extend(?: months)?"),
    ("review", r"(?:next |contract )?review(?: date)?"),
    (
        "start_on",
        r"(?:contract |agreement )?(?:start|starts|commencement|commences|begins|from)(?: date| on)?|date from",
    ),
    (
        "end_on",
        r"(?:contract |current |agreement |initial )?(?:end|ends|expiry|expires|finish|to)(?: date| on)?|date to",
    ),
    ("length", r"(?:contract |initial )?(?:length|term|duration|period)(?: of contract)?(?: in)?(?: months| years)?"),
    ("supplier", rf"{_SUPPLIER}(?: s)?(?: names?)?|(?:name of )?{_SUPPLIER}|awarded to|suppliers"),
    ("reference", rf"(?:contract |council |our |legal |register |agreement |unique )*{_NUMBER}(?: {_NUMBER})?"),
    (
        "contract_manager",
        r"(?:contract |responsible |lead |council |commissioning )*(?:manager|officer|owner|contact)(?: name)?",
    ),
    (
        "directorate",
        (
            r"(?:council )?(?:directorate|department|dept|division|service(?: area| department)?|team|portfolio"
            r"|business unit)"
        ),
    ),
    ("kind", r"(?:contract |agreement )(?:type|kind)|type of (?:contract|agreement)|kind"),
    ("notes", r"notes?|comments?|remarks|further information"),
    (
        "title",
        r"(?:contract |project |agreement )?(?:title|name|description|subject|details)(?: of contract| of agreement)?",
    ),
    ("title", r"description of (?:the )?(?:goods|services|works|contract|agreement).*|contract"),
)
_WORDS_OF = tuple((key, re.compile(words)) for key, words in _WORDS)


POUND_USES = frozenset({"value", "value_with_vat", ANNUAL_VALUE.key})
"""The columns that hold pounds."""

_NO_AMOUNT = r"(?<![\d,.])"
"""The noughts of an amount, “over 5,000”, say nothing of what the column counts in."""
_COUNTED_IN = r"(?:\bin )?(?:(?:£|\bgbp\b) ?)?(?:\bin )?"
_THOUSANDS = re.compile(
    rf"{_COUNTED_IN}(?:{_NO_AMOUNT}['’‘`]?(?:1?,?000)['’‘`]?s?\b|(?<!\d)(?<!\d )\bthousands?\b)"
    r"|(?:\bin )?(?:£ ?|\bgbp ?|\()ks?\b",
    re.IGNORECASE,
)
_MILLIONS = re.compile(
    rf"{_COUNTED_IN}(?<!\d)(?<!\d )\b(?:millions?|mn)\b|(?:\bin )?(?:£ ?|\bgbp ?|\()m(?:n|illions?)?\b", re.IGNORECASE
)
_NOUGHTS = ((_THOUSANDS, 3), (_MILLIONS, 6))


def contract_use_of(heading: str) -> str:
    """The key of the use that a heading of a register names; empty where it names none."""
    found = _named(heading)
    without = heading
    for words, _ in _NOUGHTS:
        without = words.sub(" ", without)
    if found or without == heading:
        return found
    named = _named(without)
    return named if named in POUND_USES else ""


def noughts_of(heading: str) -> int:
    """How many noughts a heading leaves out of the pounds under it: 3 of “Value (£000s)”, 6 of “Value £m”, else 0."""
    return next((noughts for words, noughts in _NOUGHTS if words.search(heading)), 0)


def _named(heading: str) -> str:
    text = tidy(heading)
    return next((key for key, words in _WORDS_OF if words.fullmatch(text)), "")
