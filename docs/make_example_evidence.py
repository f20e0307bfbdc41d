"""Draws the PDFs and the picture that stand as evidence in the example council; its lists are CSV files beside them.

Run: python -m docs.make_example_evidence. Nothing in them is real, and each says so.
"""

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A5
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "example" / "evidence"
FONTS = ROOT / "resources" / "fonts"
NOTICE = "FICTIONAL: made up for the example council of tomsapp. Nobody and nothing in it is real."

LETTERS = {
    "gift-receipt-2025-12.pdf": (
        "Receipt",
        "Hazel Lane Lunch Club, Larkmere",
        "3 December 2025",
        "With thanks we received £5,000.00 from Dunmallow Care Ltd.",
        "It pays for warm meals from December to March. We give nothing for it.",
    ),
    "gift-receipt-2026-05.pdf": (
        "Receipt",
        "Moorside Befrienders, Larkmere",
        "20 May 2026",
        "With thanks we received £5,000.00 from Dunmallow Care Ltd.",
        "It pays for the fares of volunteers for a year. We give nothing for it.",
    ),
    "living-wage-certificate.pdf": (
        "Certificate",
        "Example Wage Register",
        "14 September 2026",
        "Dunmallow Care Ltd is accredited: everybody who works for it is paid the wage.",
        "Entry 000-EXAMPLE. It holds until 13 September 2027.",
    ),
}
POSTER = ("Open evening", "Hazel Lane Hall", "12 November 2025", "Home care in Larkmere: tell us what to change")


def letter(path: Path, lines: tuple[str, ...]) -> None:
    """Writes a letter of one page, the same bytes every time."""
    canvas = Canvas(str(path), pagesize=A5, invariant=1)
    width, height = A5
    canvas.setTitle(f"{lines[0]} (fictional)")
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(40, height - 60, lines[0])
    canvas.setFont("Helvetica", 10)
    for number, line in enumerate(lines[1:]):
        canvas.drawString(40, height - 95 - 20 * number, line)
    canvas.setFont("Helvetica-Bold", 8)
    canvas.drawCentredString(width / 2, 30, NOTICE)
    canvas.save()


def poster(path: Path, lines: tuple[str, ...]) -> None:
    """Draws the poster of an open evening."""
    picture = Image.new("P", (640, 400))
    picture.putpalette([255, 255, 255, 12, 96, 96, 30, 30, 30])
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 640, 90), fill=1)
    draw.text((32, 20), lines[0], fill=0, font=ImageFont.truetype(FONTS / "SourceSans3-Bold.ttf", 44))
    body = ImageFont.truetype(FONTS / "SourceSans3-Regular.ttf", 26)
    for number, line in enumerate(lines[1:]):
        draw.text((32, 130 + 46 * number), line, fill=2, font=body)
    draw.text((32, 360), NOTICE, fill=2, font=ImageFont.truetype(FONTS / "SourceSans3-SemiBold.ttf", 15))
    picture.save(path, optimize=True)


def main() -> None:
    """Writes all of them."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, lines in LETTERS.items():
        letter(FOLDER / name, lines)
    poster(FOLDER / "open-evening-2025-11.png", POSTER)


if __name__ == "__main__":
    main()
