"""The councils of the seeds, each made once with the window over it."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import pytest

from tests.totals.council import SEEDS, Council, random_council
from tomsapp.__main__ import main
from tomsapp.gui.theme import install_theme


def call(*arguments: object) -> str:
    """What the program prints when it is called so and finds nothing wrong."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        status = main([str(argument) for argument in arguments])
    assert status in (0, 1), out.getvalue()
    return out.getvalue()


@pytest.fixture(scope="session", params=SEEDS)
def council(
    request: pytest.FixtureRequest, qapp: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Council]:
    install_theme(qapp)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TOMSAPP_HOME", str(tmp_path_factory.mktemp("home")))
        with random_council(tmp_path_factory.mktemp("council"), request.param, call) as made:
            yield made
