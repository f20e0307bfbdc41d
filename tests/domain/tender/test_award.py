"""An award: from where its contract comes, and whether it can be taken back."""

from dataclasses import replace

import pytest

from tests.domain.build import contract
from tomsapp.domain.contract import ContractStatus
from tomsapp.domain.tender.award import AWARD, AwardedLine, AwardOrigin, KeptAward, why_award_stands

ORIGIN = AwardOrigin(3, "T-2026-003", 9, 1, "Calder Clean Cooperative", (AwardedLine(7, 2, "1"),))


def test_origin_is_told_in_words():
    assert ORIGIN.words == "From the offer of Calder Clean Cooperative for T-2026-003, lot 1"
    assert ORIGIN.line_of(7) == AwardedLine(7, 2, "1")
    assert ORIGIN.line_of(8) is None
    assert AWARD.name_of(KeptAward("ab" * 32)) == "award abababab"


@pytest.mark.parametrize(
    ("status", "acts", "words"),
    [
        (ContractStatus.DRAFT, (), ""),
        (ContractStatus.DRAFT, (1,), "C1, which it made, was signed before"),
        (ContractStatus.SIGNED, (1,), "C1, which it made, is signed"),
        (ContractStatus.WITHDRAWN, (1,), "C1, which it made, is withdrawn"),
    ],
)
def test_an_award_stands_once_its_contract_was_signed(status, acts, words):
    assert why_award_stands(replace(contract(), status=status), acts) == words
