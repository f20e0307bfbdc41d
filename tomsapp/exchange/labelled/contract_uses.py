"""What a column of a council's register of contracts can hold, and the headings by which it is recognised."""

import re
from collections.abc import Mapping
from functools import lru_cache

from tomsapp.domain.contract import CONTRACT
from tomsapp.exchange.labelled.labels import ColumnUse
from tomsapp.exchange.year_words import tidy

REGISTRATION = ColumnUse("registration", "Supplier’s registration number")
SUPPLIER_KIND = ColumnUse("supplier_kind", "Kind of supplier")
ANNUAL_VALUE = ColumnUse("annual_value", "Value a year")
LENGTH = ColumnUse("length", "Length")
EXTENSION = ColumnUse("extension", "Extension")
REVIEW = ColumnUse("review", "Review date")
DESCRIPTION = ColumnUse("description", "Description")
IRRECOVERABLE_VAT = ColumnUse("irrecoverable_vat", "VAT that cannot be recovered")
HOW_BOUGHT = ColumnUse("how_bought", "Invitation to quote or tender")
SME = ColumnUse("sme", "Small or medium business (yes or no)")
VCSE = ColumnUse("vcse", "Voluntary or community sector (yes or no)")
ORDER = ColumnUse("purchase_order", "Purchase order number")
BUYER = ColumnUse("buyer", "Council that buys")
STAGE = ColumnUse("stage", "Stage of the notice")

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
    "ocid",
    "notes",
)
FACT_USES = {name: ColumnUse(name, CONTRACT.fact(name).label) for name in _FACTS}
"""The facts of a contract that a register may hold, by their names."""

TOLD_BY = {"end_on": LENGTH.key, "value": ANNUAL_VALUE.key, "notes": REVIEW.key, "reference": ORDER.key}
"""The columns that tell a fact where it has no column of its own."""

CONTRACT_USES: tuple[ColumnUse, ...] = (
    *FACT_USES.values(),
    REGISTRATION,
    SUPPLIER_KIND,
    ANNUAL_VALUE,
    LENGTH,
    EXTENSION,
    REVIEW,
    DESCRIPTION,
    IRRECOVERABLE_VAT,
    HOW_BOUGHT,
    SME,
    VCSE,
    ORDER,
    BUYER,
    STAGE,
)
_ORGANISATION = "organisation"
"""The supplier’s, where no other column names a supplier; else the council’s own."""

_VALUE = r"(?:value|cost|price|amount|spend|sum)"
_NUMBER = r"(?:ref(?:erence)?|id|no|number|code|identifier)"
_SUPPLIER = r"(?:supplier|contractor|provider|vendor|company|organisation|awarded supplier|successful supplier)"
_SMALL = r"(?:smes?|small (?:and|or|to)? ?medium(?: sized)? (?:business|enterprise)(?:es)?)"
_SECTOR = (
    r"(?:vcf?ses?|vcs|third sector|social enterprise"
    r"|voluntary (?:and |or )?community (?:sector|organisation|(?:and )?social enterprise)(?: organisation)?)"
)
_YES_OR_NO = r"(?: status| organisation| supplier)?(?: (?:y n|yes no|yes or no))?"
_IS_IT = r"(?:whether (?:or not )?|is )?(?:the )?(?:supplier |contractor |provider )?(?:is )?(?:an? )?"
_WORDS: tuple[tuple[str, str], ...] = (
    ("registration", rf"(?:{_SMALL} |{_SECTOR} )*(?:and |or |relevant )*registration {_NUMBER}"),
    (
        "registration",
        (
            rf"(?:{_SUPPLIER} |registered |charity |or |companies house )*"
            rf"(?:registration|company|charity|companies house)(?: registration)? {_NUMBER}|crn"
        ),
    ),
    ("supplier_kind", rf"{_IS_IT}{_SMALL}.*\b{_SECTOR}.*|{_IS_IT}{_SECTOR}.*\b{_SMALL}.*"),
    (SME.key, rf"{_IS_IT}{_SMALL}{_YES_OR_NO}"),
    (VCSE.key, rf"{_IS_IT}{_SECTOR}{_YES_OR_NO}"),
    (
        IRRECOVERABLE_VAT.key,
        (
            r"(?:amount of |value of )?(?:irrecoverable|unrecoverable|non recoverable) (?:vat|value added tax)"
            r"(?: amount)?|(?:vat|value added tax) (?:(?:that|which) (?:cannot|can not) be|not) recover(?:ed|able)"
            r"(?: amount)?"
        ),
    ),
    (
        HOW_BOUGHT.key,
        (
            r".*\binvitations? to (?:quote|tender)\b.*|(?:procurement|tender(?:ing)?|purchasing)"
            r" (?:process|route|method|procedure|type)(?: used)?|process type|route to market"
            r"|how (?:procured|bought|purchased)|(?:itt|itq).*"
        ),
    ),
    (ORDER.key, rf"(?:p ?o|purchase order|order)(?: {_NUMBER})?(?: {_NUMBER})?"),
    ("ocid", r"oc ?id|open contracting id(?:entifier)?|(?:find a tender|fts) (?:notice )?id(?:entifier)?"),
    (
        BUYER.key,
        (
            r"(?:buyer|buying organisation|contracting authority|publisher|publishing (?:organisation|authority)"
            r"|local authority|council)(?: name)?"
        ),
    ),
    (STAGE.key, r"stage(?: of (?:the )?notice)?|notice stage"),
    (_ORGANISATION, r"organisation(?: s)?(?: names?)?"),
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
    ("annual_value", r"(?:the )?(?:estimated |forecast )?(?:annual|yearly) (?:spend(?:ing)?|budget)(?: or budget)?.*"),
    ("value_with_vat", rf"(?:total |contract )*{_VALUE} (?:inc|incl|including|with) vat"),
    (
        "value",
        rf"(?:total |estimated |whole life |contract |overall |lifetime |current |awarded |award |original )*{_VALUE}",
    ),
    (
        "value",
        rf"(?:total |contract )*{_VALUE} (?:of contract|over (?:contract )?term|(?:ex|excl|excluding|without) vat)",
    ),
    ("value", rf"{_VALUE} (?:total|whole life|overall|lifetime)"),
    ("value", r"(?:total )?sum to be paid.*|value of (?:the )?(?:contract|agreement)"),
    ("latest_end_on", r"(?:latest|maximum|max|final|full|last)(?: possible)? (?:end|expiry)(?: date)?"),
    ("latest_end_on", r"(?:end|expiry)(?: date)? (?:with|including|inc|incl|after) (?:all )?(?:extensions?|ext)"),
    ("latest_end_on", r"extended (?:end|expiry)(?: date)?|extension (?:end|expiry)(?: date)?|extend(?:able|ed) to"),
    ("extension", r"extensions?(?: periods?| options?| available| months| terms?)*|options? to extend(?: months)?"),
    ("review", r"(?:next |contract )?review(?: dates?)?"),
    (
        "start_on",
        (
            r"(?:contract |agreement )?(?:start|starts|commencement|commences|begins|from)(?: date| on)?|date from"
            r"|(?:start|commencement)(?: date)? of (?:the )?(?:contract|agreement)|validity (?:period )?(?:start|from)"
        ),
    ),
    (
        "end_on",
        (
            r"(?:contract |current |agreement |initial )?(?:end|ends|expiry|expires|finish|to)(?: date| on)?|date to"
            r"|(?:end|expiry)(?: date)? of (?:the )?(?:contract|agreement)|validity (?:period )?(?:end|to)"
        ),
    ),
    ("length", r"(?:contract |initial )?(?:length|term|duration|period)(?: of contract)?(?: in)?(?: months| years)?"),
    (
        "supplier",
        (
            rf"{_SUPPLIER}(?: s)?(?: names?)?(?: (?:and )?(?:details|address))?|(?:name of )?(?:the )?{_SUPPLIER}"
            r"|awarded to|suppliers"
        ),
    ),
    ("reference", rf"(?:contract |council |our |legal |register |agreement |unique )*{_NUMBER}(?: {_NUMBER})?"),
    (
        "contract_manager",
        r"(?:contract |responsible |lead |council |commissioning )*(?:manager|officer|owner|contact)(?: name)?",
    ),
    (
        "directorate",
        (
            r"(?:council |local authority |responsible )*(?:directorate|department|dept|division"
            r"|service(?: area| department)?|team|portfolio|business unit)(?: responsible)?"
        ),
    ),
    ("kind", r"(?:contract |agreement )(?:type|kind)|type of (?:contract|agreement)|kind"),
    ("notes", r"notes?|comments?|remarks|further information"),
    (
        "title",
        (
            r"(?:contract |project |agreement |procurement )?(?:title|name|subject)"
            r"(?: of (?:the )?(?:contract|agreement))?|contract"
        ),
    ),
    (
        DESCRIPTION.key,
        (
            r"(?:contract |project |agreement )?(?:description|details)(?: of contract| of agreement)?"
            r"|description of (?:the )?(?:goods|services|works|contract|agreement).*"
        ),
    ),
)
_KEYS = tuple(key for key, _ in _WORDS)
_ALL_WORDS = re.compile("|".join(f"({words})" for _, words in _WORDS))
"""All of them as one, which is tried in a third of the time: its group tells which it was."""


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
    """The key of the use that a heading of a register names by itself; empty where it names none."""
    use = use_beside_others(heading)
    return _ALONE.get(use, use)


@lru_cache(maxsize=10_000)
def use_beside_others(heading: str) -> str:
    """What a heading names, where `told_apart` is then asked what the others of its table leave of it."""
    if heading.lower() == heading.upper():
        # A number or a day: no heading is without a letter, and a register has thousands of them.
        return ""
    found = _named(heading)
    without = heading
    for words, _ in _NOUGHTS:
        without = words.sub(" ", without)
    if found or without == heading:
        return found
    named = _named(without)
    return named if named in POUND_USES else ""


_ALONE = {DESCRIPTION.key: "title", _ORGANISATION: "supplier"}
"""What a column holds that means something else where another column holds this."""
_BESIDE_OTHERS = {DESCRIPTION.key: DESCRIPTION.key, _ORGANISATION: BUYER.key}


def told_apart(uses: Mapping[int, str]) -> dict[int, str]:
    """The use of each column, the first of two with the same one; of a title and a description each its own."""
    named = set(uses.values())
    found: dict[int, str] = {}
    for column, use in uses.items():
        alone = _ALONE.get(use, "")
        told = use if not alone else _BESIDE_OTHERS[use] if alone in named else alone
        if told and told not in found.values():
            found[column] = told
    return found


def is_whole_or_yearly(heading: str) -> bool:
    """Whether a heading leaves open what the pounds under it are for, as the transparency code does.

    “Sum to be paid over the length of the contract or the estimated annual spending”.
    """
    text = tidy(heading)
    return "sum to be paid" in text and _YEARLY.search(text) is not None


_YEARLY = re.compile(r"\b(?:annual|yearly|per annum|a year)\b")


@lru_cache(maxsize=1_000)
def noughts_of(heading: str) -> int:
    """How many noughts a heading leaves out of the pounds under it: 3 of “Value (£000s)”, 6 of “Value £m”, else 0."""
    return next((noughts for words, noughts in _NOUGHTS if words.search(heading)), 0)


def _named(heading: str) -> str:
    found = _ALL_WORDS.fullmatch(tidy(heading))
    return _KEYS[found.lastindex - 1] if found is not None and found.lastindex else ""
