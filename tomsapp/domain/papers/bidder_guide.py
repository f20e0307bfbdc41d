"""How to answer a tender, for whoever writes the offer: two pages that any council can put beside any of its packs.

This is the one source of its words: the PDF, the Word file and the page among the documents are made from it. What a
tender asks stands in the guide of its pack. Words in “ ” are names that the reader finds in the workbook or the window.
"""

from collections.abc import Mapping
from datetime import date

from tomsapp.domain.papers.council_paper import (
    CouncilPaper,
    PaperBlock,
    PaperHeading,
    PaperList,
    PaperPicture,
    PaperText,
    TextKind,
)

NAME, TITLE = "For bidders", "How to answer a tender"
COMMITMENTS_PICTURE, WINDOW_PICTURE, CHECK_PICTURE = "bidder-commitments", "bidder-window", "bidder-check"
PICTURE_NAMES = (COMMITMENTS_PICTURE, WINDOW_PICTURE, CHECK_PICTURE)
"""What its pictures are called, in reading order."""

_WORDS_OF = date(2026, 12, 1)
"""The day of these words. They are the same file on every day, for every council."""

_LEAD = (
    "For whoever writes the offer. You need no account and no network until you upload. The guide for bidders in the "
    "ZIP says what this tender asks; this paper says how you answer it. The pictures show a made-up tender."
)
_CAME = (
    (
        "Unpack the ZIP of the portal into a folder of its own. The guide for bidders (PDF, and the same as Word) "
        "says what is bought, by when you must upload, which measures you may offer, what each is worth, and how "
        "offers are scored. Read it first."
    ),
    "There is a workbook for each lot (.xlsx), and the pack file (.tomspack), which is for the program tomsapp alone.",
    "Is the pack the council’s? The SHA-256 on the sheet “Read me” must be the one in the notice of the tender.",
)
_WAYS = (
    "The workbook needs Excel, LibreOffice or Google Sheets and nothing else: see 3 and 5.",
    (
        "The program tomsapp, if you have it: see 4 and 5. Double-click the pack file, or use “Answer a tender…” in "
        "the menu “File”."
    ),
    (
        "Both ask the same in the same words, and the program opens the workbook with what you filled in. Upload one "
        "of them."
    ),
)
_WORKBOOK = (
    (
        "In Excel choose Enable Editing. Fill in the green cells, called “Fill in”; leave sheets, rows and columns as "
        "they are."
    ),
    "“Organisation”: your name as it is registered, and whom the council can ask. “Conditions”: choose Yes for each.",
    (
        "“Commitments”: choose a few measures that you can keep and leave the other rows empty. “Tender” says how "
        "many you may choose; “Guidance” says what counts of each, what does not, and which evidence to keep."
    ),
    "Give a quantity for each contract year. Once a row has one, no year may stay blank: type 0 for none.",
    (
        "“Workings” makes a quantity of its parts, such as sessions × hours × people; leave it blank on “Commitments” "
        "then."
    ),
    (
        "“contract share” stays 100% unless another contract or a partner claims a part of the same thing: then enter "
        "the part of this contract. “ward” says where; for a second place choose the code again in a row at the end."
    ),
    (
        "“how it will be done”: who does what, when, with whom. “staff”, for jobs: whether people are new. “cost to "
        "you (£)” is optional."
    ),
    (
        "“Questions”: answer in your own words. The words are counted beside the answer; what is over the most is not "
        "marked."
    ),
)
_PROGRAM = (
    (
        "Five steps stand at the left: “Read the tender”, “Choose measures”, “Say how much”, the questions, “Check "
        "and save”. Each says what is missing. For another lot choose it under “Lot” in the first step."
    ),
    "The arrow at the end of a row opens its details: how, where, which share. “Work out a quantity…” takes its parts.",
    "“Before you can save” lists what is left. A click leads there; so does F8. What you type is kept as you type it.",
)
_TOTALS = (
    (
        "“Social value” is quantity × unit value × share, for each year. “Real pounds” are money that you hand over. "
        "They are never added. The council works every value out again from its own unit values."
    ),
    (
        "“Not enough: short by” an amount: the offer is below the council’s minimum. You can still send it; beside "
        "“The council’s rules” stands what follows."
    ),
    (
        "“To do” at “The same person once”, or the same hour or pound: two of your measures may count one thing "
        "twice. Keep one, or declare that they are different and say how you know: in the workbook on "
        "“Declarations”, in the program with “Answer” in the last step."
    ),
)
_NOT_COUNTED = (
    "What you would do without this contract, or what another contract already pays for or claims.",
    (
        "The same person, hour, pound or tonne under two measures. Some pairs count only where they are declared "
        "different, some never together."
    ),
    "For some measures, what happens outside the council’s area. Offer only what you can prove later.",
)
_SENT = (
    (
        "Workbook: all is well when “Check” says “Nothing is left to do. Save the file and upload it where you found "
        "the tender.”. Save it as XLSX or ODS, without a "
        "password; from Google Sheets download it as XLSX. Program: “Save offer file” writes a .tomsoffer file."
    ),
    (
        "Upload that file where you found the tender, before the deadline, one file for each lot. It may be called as "
        "you like and be up to 20 MB. The deadline counts to the second: leave time. Keep a copy, and the portal’s "
        "receipt. The file holds no price: give that where the tender asks for it."
    ),
    (
        "To change your offer, upload the whole file again. For each lot the last complete file in time counts. A "
        "late or unfinished file counts for nothing and takes nothing away."
    ),
)
_CHANGED = (
    (
        "Ask the council through the portal, early. The answer goes to all bidders, without your name, in a new "
        "version of the pack; what was changed stands on “Tender”."
    ),
    (
        "Answer the newest version. In the program open the new pack file: all that you entered is taken over. In the "
        "workbook, copy your green cells into the new one. An offer for an older version still counts, and the "
        "council looks at whether the changes matter to it."
    ),
)
_AFTERWARDS = (
    (
        "Price, quality and social value share 100 points. Those for social value come from what your promises are "
        "worth and from the marks, 0 to 5, for your answers. The council’s guide has the points and the rule."
    ),
    (
        "The council opens all offers after the deadline. It may ask you to explain something: your answer explains "
        "the offer and does not change it. Then it tells every bidder the result, with the assessment summary where "
        "the law asks for one."
    ),
    "If you win, your promises become part of the contract, and each is asked for with its evidence.",
)
_GOOD_TO_KNOW = (
    (
        "Neither workbook nor program sends anything. Nothing is encrypted: whoever has your file can read it. The "
        "portal keeps it closed until the deadline."
    ),
    (
        "The sheet “For your board” shows your offer on one page to print; in the program “Social Value Plan (PDF)” "
        "makes a paper of it."
    ),
    (
        "Nothing is told by colour alone. The window works by keyboard and with a screen reader, and F1 helps with "
        "each step. The PDF of this paper is tagged. If you need another form, ask the council."
    ),
)

_COMMITMENTS_CAPTION = "The sheet “Commitments”: the green columns are yours, the rest is worked out."
_WINDOW_CAPTION = "The program: a year is still blank, and the list at the right says what else is left."
_CHECK_CAPTION = "The sheet “Check”: what is left to do, line by line."
_ALTERNATIVES = {
    COMMITMENTS_PICTURE: (
        "A sheet of a workbook. Over it stand the totals: social value, real pounds, share of the contract value, and"
        " 5 left to do. Each row is a measure with its code, its unit, the council’s target and its unit value by "
        "year. Green cells with a border hold the quantity of each year, the contract share of 100% and the ward."
    ),
    WINDOW_PICTURE: (
        "A window in three parts. In the middle a table of promises with a field for each year; one is blank, and "
        "below it stands: Enter the weeks for 2028/29, or 0 if there are none. At the right the social value of the "
        "offer, that the 5% minimum is met, and the list of what is left: organisation and contact, 1 quantity, the "
        "answer to question 3."
    ),
    CHECK_PICTURE: (
        "A sheet of a workbook. Each row names where something is to be done, what it is, and whether it is done. The"
        " contact’s e-mail is to do, and it says: Enter it as name@example.org."
    ),
}


def bidder_guide(pictures: Mapping[str, bytes]) -> CouncilPaper:
    """The paper, with its pictures as PNG by their names."""

    def picture(name: str, caption: str) -> PaperPicture:
        return PaperPicture(caption, _ALTERNATIVES[name], name, pictures[name])

    parts: tuple[tuple[str, tuple[PaperBlock, ...]], ...] = (
        ("What came in the ZIP", (PaperList(_CAME),)),
        ("Workbook or program", (PaperList(_WAYS),)),
        ("In the workbook", (picture(COMMITMENTS_PICTURE, _COMMITMENTS_CAPTION), PaperList(_WORKBOOK))),
        ("Or in the program", (picture(WINDOW_PICTURE, _WINDOW_CAPTION), PaperList(_PROGRAM))),
        ("What totals and problems mean", (picture(CHECK_PICTURE, _CHECK_CAPTION), PaperList(_TOTALS))),
        ("What does not count", (PaperList(_NOT_COUNTED),)),
        ("Save and upload", (PaperList(_SENT),)),
        ("Questions and new versions", (PaperList(_CHANGED),)),
        ("Scoring, and what follows", (PaperList(_AFTERWARDS),)),
        ("Good to know", (PaperList(_GOOD_TO_KNOW),)),
    )
    blocks: list[PaperBlock] = [PaperText(_LEAD, TextKind.LEAD)]
    for number, (heading, told) in enumerate(parts, start=1):
        blocks += [PaperHeading(f"{number} {heading}"), *told]
    return CouncilPaper(NAME, TITLE, tuple(blocks), made_on=_WORDS_OF, is_close=True)
