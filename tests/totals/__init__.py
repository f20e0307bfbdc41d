"""The total in every report, file, view and command is the total on the screen."""

import pytest

pytest.register_assert_rewrite("tests.totals.of_committed", "tests.totals.of_delivered")
