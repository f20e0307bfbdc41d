"""A canvas that writes lines of text as operators itself: the library’s own text object took most of the drawing."""

from collections.abc import Sequence
from typing import Final

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tomsapp.reports.styles import Colour
from tomsapp.reports.text import Line, Look

_ESCAPED: Final = tuple(
    f"\\{chr(code)}" if chr(code) in "()\\" else chr(code) if 32 <= code < 127 else f"\\{code:03o}"
    for code in range(256)
)
"""Each byte as it stands in a PDF string."""


class PenCanvas(Canvas):  # type: ignore[misc]
    """Writes text and level lines; all else is the library's."""

    def write_lines(self, placed: Sequence[tuple[Line, float, float]], ink: Colour | None) -> Colour | None:
        """Write lines at their left ends and base lines; gives the colour of the ink, which was `ink` before."""
        codes = ["BT"]
        look: Look | None = None
        for line, left, baseline in placed:
            codes.append(f"1 0 0 1 {left:.3f} {baseline:.3f} Tm")
            for fragment in line.fragments:
                if fragment.look is not look:
                    look = fragment.look
                    subset = -1
                    if look.colour != ink:
                        ink = look.colour
                        codes.append(f"{colour_code(ink)} rg")
                font = pdfmetrics.getFont(look.face.name)
                for number, codes_of_text in font.splitString(fragment.text, self._doc):
                    if number != subset:
                        subset = number
                        codes.append(f"{font.getSubsetInternalName(number, self._doc)} {look.size:.3f} Tf")
                    codes.append(f"({''.join(map(_ESCAPED.__getitem__, codes_of_text))}) Tj")
        codes.append("ET")
        self.addLiteral("\n".join(codes))
        return ink

    def write_rule(self, left: float, right: float, height: float, colour: Colour, thickness: float) -> None:
        """Write a level line."""
        start = f"{colour_code(colour)} RG {thickness:.3f} w"
        self.addLiteral(f"{start} {left:.3f} {height:.3f} m {right:.3f} {height:.3f} l S")


def colour_code(colour: Colour) -> str:
    """Red, green and blue as a PDF writes them."""
    red, green, blue = colour
    return f"{red:.4f} {green:.4f} {blue:.4f}"
