"""Registers of contracts in the shapes in which councils keep them; every contract and supplier is made up."""

import io
from datetime import date

import xlsxwriter

BOROUGH_HEAD = [
    "Contract Ref", "Contract Title", "Supplier", "Company No.", "Start Date", "End Date", "Extension",
    "Total Value (£)", "Contract Manager", "Directorate", "Review Date",
]  # fmt: skip
BOROUGH = [
    ["HR-001", "Housing repairs, east", "Hartwell and Doyle Ltd", "01234567", date(2026, 4, 1),
     date(2029, 3, 31), "2 x 12 months", 4200000, "A. Okafor", "Housing", date(2028, 6, 1)],
    ["HR-002", "Lift maintenance", "Ascend Lifts plc", "07654321", date(2026, 10, 1),
     date(2028, 9, 30), "1+1", 350000.5, "A. Okafor", "Housing", None],
    ["EN-010", "Street trees", "Greenfold CIC", None, date(2027, 1, 4), date(2028, 1, 3), None, "£1.2m",
     "J. Reid", "Environment", None],
]  # fmt: skip


def borough_register():
    """Title lines, a head in row 4, real dates and numbers, a total and a word below it."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    sheet = book.add_worksheet("Register")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "Contracts register, published under the transparency code")
    sheet.write(1, 0, "Updated each quarter")
    sheet.write_row(3, 0, BOROUGH_HEAD)
    for number, row in enumerate(BOROUGH, start=4):
        for column, value in enumerate(row):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif value is not None:
                sheet.write(number, column, value)
    sheet.write(7, 1, "Total")
    sheet.write(7, 7, 5750000.5)
    sheet.write(9, 0, "Values exclude VAT")
    book.close()
    return file.getvalue()


COUNTY_REGISTER = (
    "Reference number,Description,Contractor,Commencement date,Term (months),Annual value,Contract Officer,"
    "Service Area\r\n"
    'CC/26/1,School meals,"Plate, Spoon & Sons Ltd",01/09/2026,36,"£1,200,000",P. Shah,Children\r\n'
    "CC/26/2,Gritting,Winterway Limited,15/10/2026,24,£250k,P. Shah,Highways\r\n"
    "CC/26/3,Courier services,Winterway Ltd,01/04/2027,12,n/a,P. Shah,Corporate\r\n"
)
"""Text with days and lengths, pounds a year, one contract without a value."""


def district_register():
    """A sheet for each department, no reference, headings in two rows, the length in words."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    shapes = {
        "Leisure": [["Swimming pool", "Splash Trust", "1 April 2026", "5 years", 900000, "SME"]],
        "Parks": [
            ["Playgrounds", "Swing Makers LLP", "01.06.2026", "18 months", 120000, "SME"],
            ["Mowing", "Splash Trust", "2026-07-01", "3 years", 80000, "VCFSE"],
        ],
    }
    for name, rows in shapes.items():
        sheet = book.add_worksheet(name)
        sheet.merge_range(0, 0, 0, 1, "What is bought")
        sheet.merge_range(0, 2, 0, 3, "Contract")
        sheet.write_row(1, 0, ["Title", "Supplier", "Start", "Length", "Value", "Supplier type"])
        for number, row in enumerate(rows, start=2):
            sheet.write_row(number, 0, row)
    book.close()
    return file.getvalue()
