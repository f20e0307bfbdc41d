"""Open contracting IDs say which procurement, and which contract of it."""

import pytest

from tomsapp.domain.ocids import contract_ocid, number_in_process, ocid_fault, process_of


@pytest.mark.parametrize(
    "text", ["ocds-h6vhtk-04a1b2", "OCDS-h6vhtk-04A1B2", "ocds-b5fd17-a1-b2/1", "ocds-h6vhtk-04/x/1"]
)
def test_an_open_contracting_id_is_known(text):
    assert ocid_fault(text) is None


@pytest.mark.parametrize("text", ["04a1b2", "ocds-h6vhtk-", "ocds-h6vhtk-04 a1", "ocds-h6-04a1", "ocds-h6vhtk-04/"])
def test_another_text_is_not(text):
    fault = ocid_fault(text)
    assert fault is not None
    assert "ocds-h6vhtk-04a1b2" in fault.fix


def test_its_parts_are_told():
    whole = contract_ocid("ocds-h6vhtk-04a1b2", "1")
    assert (whole, process_of(whole), number_in_process(whole)) == ("ocds-h6vhtk-04a1b2/1", "ocds-h6vhtk-04a1b2", "1")
    alone = contract_ocid("ocds-h6vhtk-04a1b2", "")
    assert (process_of(alone), number_in_process(alone)) == ("ocds-h6vhtk-04a1b2", "")
