"""The kinds of record after whose change the page of a tender is read anew."""

from __future__ import annotations

from typing import Any

from tomsapp.domain.council import COUNCIL
from tomsapp.domain.policy_records import LIVING_WAGE, RULE
from tomsapp.domain.record_type import RecordType
from tomsapp.domain.tender.acts import TENDER_ACT
from tomsapp.domain.tender.asked import BIDDER_QUESTION
from tomsapp.domain.tender.award import AWARD
from tomsapp.domain.tender.bid import BID, BID_DECISION
from tomsapp.domain.tender.explaining import SCORE_EXPLANATION
from tomsapp.domain.tender.frozen import FROZEN_EVALUATION
from tomsapp.domain.tender.issued import PACK_VERSION
from tomsapp.domain.tender.lot import LOT
from tomsapp.domain.tender.marking import EVALUATOR, MARK, MODERATED_MARK
from tomsapp.domain.tender.pack_signature import PACK_KEY, PACK_SIGNATURE
from tomsapp.domain.tender.question import QUESTION
from tomsapp.domain.tender.receipt import RECEIPT, RECEIVED_FILE
from tomsapp.domain.tender.tender import TENDER
from tomsapp.domain.tender.tender_measure import TENDER_MEASURE

SET_UP_KINDS: tuple[RecordType[Any], ...] = (TENDER, LOT, TENDER_MEASURE, QUESTION, BIDDER_QUESTION)
"""What is set up of a tender."""
OF_TENDERS: tuple[RecordType[Any], ...] = (
    *SET_UP_KINDS,
    *(
        TENDER_ACT,
        PACK_VERSION,
        PACK_KEY,
        PACK_SIGNATURE,
        RECEIPT,
        RECEIVED_FILE,
        BID,
        BID_DECISION,
        FROZEN_EVALUATION,
        AWARD,
    ),
    *(EVALUATOR, MARK, MODERATED_MARK, SCORE_EXPLANATION),
    # What the set-up is held against.
    *(COUNCIL, RULE, LIVING_WAGE),
)
