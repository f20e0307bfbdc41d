"""What is said of an offer while it is made and when it comes in: the one source for the program and the workbook.

What the checks of every offer say, in tenders and contracts alike, stands in `checks.words`. Figures and names stand in
places such as {year}; a formula of a workbook puts in the same.
"""

from tomsapp.domain.checks.words import Words

LEFT_TO_DO, DONE = "To do", "Done"
"""Where one of the things stands that an offer needs."""

TEXT_QUANTITY = Words("The quantity of {year} is text", "Enter a number")
BLANK_YEAR = Words("No quantity is entered for {year}", "Enter the {many}, or 0 if there are none")
PARTS_DIFFER = Words(
    "The quantity of {year} is {quantity}, and its parts come to {parts}", "Take one of them out, or correct it"
)
PARTS_MISSING = Words("The parts of {year} are not complete", "Enter each part, 0 where there is none")
NO_STAFF = Words("It is not said whether the people are new, retained or transferred", "Choose what most of them are")
NOT_IN_TENDER = Words("{measure} is not in this tender", "Choose a measure of the tender")
CONDITION_OFFERED = Words(
    "{measure} is a condition that every bidder accepts", "Take the quantity out: it is not scored"
)
VALUE_CHANGED = Words(
    "{measure} has a unit value of {stated} in the file, and {value} in the pack", "Nothing: the pack’s value counts"
)
NOT_NEW = Words(
    "{measure} counts new jobs, and these people are {staff}", "Take the line out, or choose a measure that counts them"
)

OTHER_TENDER = Words("The offer answers the tender {other}, and not {reference}", "Ask for an offer for this tender")
OTHER_PACK = Words(
    "The offer was made with a pack that was never issued as version {version}",
    "Ask for an offer made with the pack as it was issued",
)
OLDER_PACK = Words(
    "The offer was made with pack version {version}, and version {newest} is in force",
    "See what was changed since, and whether it matters to this offer",
)
NO_SUCH_LOT = Words("The offer is for lot {lot}, which the tender does not have", "Ask for which lot it is")

NO_NAME = Words("The name of the organisation is missing", "Enter it as it is registered")
NO_CONTACT = Words("The name of a contact is missing", "Enter whom the council can ask")
NO_EMAIL = Words("The e-mail address of the contact is missing", "Enter it as name@example.org")
WRONG_EMAIL = Words("The e-mail address has no @", "Enter it as name@example.org")
NOT_ACCEPTED = Words("{measure}, a condition of the tender, is not accepted", "Choose Yes to accept it")
NO_ANSWER = Words("Question {number} has no answer", "Answer it in your own words")
LONG_ANSWER = Words(
    "The answer to question {number} has {words} words, and {most} are allowed", "Shorten it: the rest is not marked"
)

NOTHING_OFFERED = Words("Nothing is offered yet", "Enter quantities on the sheet Commitments")
ROWS_LEFT = Words("{rows} of the rows with something offered are not complete", "Look at the column “Left to do”")
DECLARATIONS_LEFT = Words(
    "{rows} of the measures that count once are offered in more than one year or row",
    "Look at the sheet Declarations",
)
EVERYTHING = "Nothing is left to do. Save the file and upload it where you found the tender."
"""What is said when an offer is complete."""

NOT_SENT = "Nothing is sent by this workbook. You upload it where you found the tender."
"""What a bidder reads at the start and at the end."""
NOT_SENT_BY_PROGRAM = "Nothing is sent by this program. You upload the file where you found the tender."
"""The same of the program's own window."""
BLANK_IS_NOT_NOTHING = "Blank years are not 0: type 0 to say none."
PASSED = "The deadline has passed. You can still read and print your offer."
