"""Names that look alike: other letters, drawn the same.

The letters are those of Greek, Cyrillic, Armenian and Latin in Unicode’s own list of confusables
(https://www.unicode.org/Public/security/latest/confusables.txt, of UTS #39) that are drawn as a plain letter or digit.
Full-width and decorated letters are plain ones in the compatibility form NFKC.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tomsapp.domain.alike import alike, each_alike

_DRAWN_AS = {
    "2": "ƧϨ", "3": "ȜƷЗӠ", "5": "Ƽ", "6": "б", "8": "ȣȢ",
    "a": "ɑαаΑА", "b": "ƄЬΒВ", "c": "сС", "d": "ԁ", "e": "еҽΕЕ", "f": "ƒքϜ", "g": "ɡƍցԌ", "h": "һհΗН",
    "j": "ϳјͿЈ", "k": "ΚК", "l": "iI1|ıɪɩιіӏƖǀΙІӀ", "m": "ΜϺМ", "n": "ոռΝ", "o": "0οσоօΟОՕ", "p": "ρрΡР",
    "q": "ԛգզ", "r": "гƦ", "s": "ƽѕЅՏ", "t": "ΤТ", "u": "ʋυսՍ", "v": "νѵѴ", "w": "ɯѡԝաԜ", "x": "хΧХ",
    "y": "ɣʏγуүΥУҮ", "z": "Ζ", "ae": "ӕӔ", "bl": "Ы", "lo": "Ю", "ll": "ǁ",
}  # fmt: skip
_SIGNS = {sign: plain for plain, signs in _DRAWN_AS.items() for sign in signs}
# A small letter is taken for what its capital looks like, where it is in no list itself: names come in either.
_LETTERS = str.maketrans({sign.lower(): plain for sign, plain in _SIGNS.items() if len(sign.lower()) == 1} | _SIGNS)
_PAIRS = (("rn", "m"), ("vv", "w"))


def other_letters(text: str, others: Iterable[str]) -> str:
    """The first of other names that is drawn as `text` and written with other letters; nothing where there is none.

    One that differs in capitals, accents, signs or spaces alone is the same name, written otherwise.
    """
    how, plain = drawn(text), alike(text)
    return next((other for other in others if drawn(other) == how and alike(other) != plain), "")


@lru_cache(maxsize=20_000)
def drawn(text: str) -> str:
    """How a name is drawn, whichever letters it is written with: two that give the same look alike.

    Capitals, accents, signs and spaces tell nothing apart, as in `alike`. I, l and 1 are drawn the same, O and 0 too.
    """
    return _drawn(alike(_letters(text)))


def each_drawn(texts: Sequence[str]) -> list[str]:
    """What `drawn` gives of each name: thousands at once take a third of the time."""
    joined = "\n".join(texts)
    if joined.count("\n") + 1 != len(texts):
        return [*map(drawn, texts)]
    return _drawn("\n".join(each_alike(_letters(joined).split("\n")))).split("\n")


def _letters(text: str) -> str:
    """A text with plain letters in the place of those that are drawn as one, before its signs are folded."""
    return unicodedata.normalize("NFKC", text).translate(_LETTERS)


def _drawn(plain: str) -> str:
    """What is left to be taken for another letter once signs are folded."""
    plain = plain.translate(_LETTERS)
    for pair, one in _PAIRS:
        plain = plain.replace(pair, one)
    return plain
