"""The program's main job, done through assistive technology alone: from no database to the PDF of a contract.

Run with the system's own Python: whole_job.py FILE.pdf
"""

from __future__ import annotations

import sys

from reader import Reader

PROMISES = {"J11": "12.5", "S08": "40", "V01": "10000", "G01": "1"}
YEARS = ("2026/27", "2027/28")


def make_database(reader: Reader) -> None:
    reader.press("Make a database")
    reader.put("Name of the council", "Newtown Council")
    reader.put("Your name", "Ngozi Bell")
    reader.press("Make the database")
    reader.hears("Signed in as Ngozi Bell")


def add_supplier(reader: Reader) -> None:
    reader.press("Step 1: Add a supplier")
    reader.put("Name", "Ashdown Facilities Ltd")
    reader.press("Save supplier")
    reader.hears("1 supplier")


def add_contract(reader: Reader) -> None:
    reader.press("Contracts", "page tab")
    reader.press("New contract")
    reader.put("Title", "Cleaning of schools and libraries")
    reader.put("Contract value", "2500000")
    reader.put("Start date", "1 April 2026")
    reader.put("End date", "2 years")
    reader.choose("Supplier", "Ashdown Facilities Ltd")
    reader.press("Save contract")
    reader.hears("2 years from 1 April 2026")


def choose_measures(reader: Reader) -> None:
    reader.press("Add measures")
    for number, code in enumerate(PROMISES, 1):
        reader.put("Search measures by title, code or what counts", code)
        row = reader.find_like("list item", f"{code}  ·")
        reader.do(row, "Toggle")
        reader.hears(f"{number} measure{'s' if number > 1 else ''} chosen")
    reader.press("Add 4 measures")
    reader.hears("Commitments (4)")


def title_of(reader: Reader, code: str) -> str:
    """What a measure is called, from the head of its row."""
    return reader.name_of(reader.find_like("table cell", f"{code}  ·")).split(f", {code}")[0]


def enter_quantities(reader: Reader) -> None:
    for code, quantity in PROMISES.items():
        title = title_of(reader, code)
        for year in YEARS:
            cell = reader.find("table cell", f"{year}, {title}, blank")
            reader.do(cell, "Toggle")
            field = reader.where_the_focus_is("text", f"{year}, {title}, blank")
            reader.put_into(field, quantity)
    reader.hears("£141,704.80")


def change_share(reader: Reader) -> None:
    reader.do(reader.find("table cell", f"Share, {title_of(reader, 'S08')}, 100%"), "Toggle")
    reader.put("Share", "25%")
    reader.press("Save details")
    reader.hears("£127,304.80")


def save_pdf(reader: Reader, path: str) -> None:
    reader.press("Preview PDF")
    reader.press("Save as…")
    reader.put("File name:", path)
    reader.press("Save")
    reader.hears(f"Saved as {path}")


def find_again(reader: Reader) -> None:
    """The contract in the list, by a filter, and by the search; its menu, and a dialog from there."""
    reader.press("Close")
    reader.press("Contracts")
    reader.press("Status, all, filter")
    reader.do(reader.find("list item", "Draft"), "Toggle")
    reader.press("Status, Draft chosen, filter")
    row = reader.find("table cell", "Title, Cleaning of schools and libraries")
    reader.do(row, "Toggle")
    reader.do(row, "Toggle")
    reader.press("Actions")
    reader.press("Sign contract…", "menu item")
    reader.find("dialog", "Sign C-2026-001 — Social value calculator")
    reader.press("Cancel")
    reader.press("Search, or go to a page")
    reader.put("Search, or go to a page", "Ashdown")
    reader.do(reader.find_like("list item", "Ashdown Facilities Ltd", "Suppliers"), "Toggle")
    reader.find("frame", "Suppliers – Social value calculator")


def leave(reader: Reader) -> None:
    reader.do(reader.find("menu item", "File"), "ShowMenu")
    reader.press("Close the program", "menu item")


def main() -> None:
    reader = Reader("tomsapp")
    make_database(reader)
    add_supplier(reader)
    add_contract(reader)
    choose_measures(reader)
    enter_quantities(reader)
    change_share(reader)
    save_pdf(reader, sys.argv[1])
    find_again(reader)
    leave(reader)


if __name__ == "__main__":
    main()
