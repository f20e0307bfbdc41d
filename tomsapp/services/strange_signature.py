"""The signature of a PDF of unknown origin, read in the locked room."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar

from tomsapp.domain.signer import Certificate
from tomsapp.room.asking import Question
from tomsapp.room.frames import WrongForm
from tomsapp.room.limits import LARGE, MEGABYTE, Limits
from tomsapp.room.plain import value_in
from tomsapp.services.strangers import ask_watched, understood
from tomsapp.signing.errors import SigningError
from tomsapp.signing.signed import SignedPdf

_K = TypeVar("_K")
_THIS = "This PDF"
_LIMITS = Limits(memory=150 * MEGABYTE, seconds=15, answer=4 * MEGABYTE)
_TIMES = 40
"""How many times its size a paper may have of memory beside that; one of 13 MB takes 440 MB, a small one 62 MB."""


def read_signature(data: bytes, given: str = "") -> SignedPdf | None:
    """The signature of a PDF; None where it has none. `given` is a certificate (PEM) that it is held to.

    Raises:
        SigningError: it has one that cannot be read.
        RoomError: it took too much memory or time, or ended what read it.
    """
    answer = ask_watched(
        Question(
            "signatures",
            _THIS,
            {"given": given},
            [data],
            {"SigningError": SigningError},
            _LIMITS.for_size(min(len(data), LARGE), _TIMES),
        )
    )
    return understood(_THIS, lambda: _signed(data, value_in(answer.runs[0])))


def _signed(data: bytes, told: object) -> SignedPdf | None:
    if told is None:
        return None
    values = _mapping(told)
    document, signed = (data[: _is(int, values[name])] for name in ("document", "signed"))
    moment = values["signed_at"]
    return SignedPdf(
        document,
        signed,
        _is(bool, values["is_alone"]),
        _is(bool, values["is_intact"]),
        len(data) - len(signed),
        Certificate(**_mapping(values["certificate"])),  # type: ignore[arg-type]
        _texts(values["chain"]),
        None if moment is None else _is(datetime, moment),
        _texts(values["later"]),
        _is(bool, values["is_vouched"]),
    )


def _is(kind: type[_K], value: object) -> _K:
    if not isinstance(value, kind):
        raise WrongForm("A value is of another kind")
    return value


def _mapping(value: object) -> Mapping[str, object]:
    return _is(dict, value)


def _texts(value: object) -> tuple[str, ...]:
    return tuple(_is(str, each) for each in _is(list, value))
