from decimal import Decimal

import pytest

from tomsapp.gui.widgets.axis_marks import mark_pounds


@pytest.mark.parametrize(
    ("marks", "texts"),
    [
        (("0", "500000", "1000000"), ["£0", "£0.5m", "£1.0m"]),
        (("0", "250000", "1250000"), ["£0", "£0.25m", "£1.25m"]),
        (("0", "25000", "125000"), ["£0", "£25k", "£125k"]),
        (("0", "2000000", "6000000"), ["£0", "£2m", "£6m"]),
        (("0", "200", "1000"), ["£0", "£200", "£1,000"]),
        (("0", "20", "100"), ["£0", "£20", "£100"]),
    ],
)
def test_marks_of_an_axis_share_a_unit_and_are_exact(marks, texts):
    assert mark_pounds([Decimal(mark) for mark in marks]) == texts
