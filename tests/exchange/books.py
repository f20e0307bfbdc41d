"""Workbooks for the tests of reading, made cell by cell."""

import io
import zipfile

import openpyxl

HEAD = ["Code", "Year 1", "Year 2", "Contract share", "Ward", "Statement"]


def book_of(*rows, head=HEAD, title="Sheet1", change=None):
    """The bytes of a workbook with one sheet; `change` may do more to the sheet."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in (head, *rows):
        sheet.append(row)
    if change is not None:
        change(sheet)
    return saved(book)


def saved(book):
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def edited(data, part, change):
    """The workbook with the bytes of one part changed; a part that is not there is added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry, change(content) if entry.filename == part else content)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return file.getvalue()
