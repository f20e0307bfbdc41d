"""What Find a Tender knows a contract by: the open contracting ID of its procurement, and its number in it.

Open Contracting Data Standard 1.1, “Open contracting identifiers”: “ocds-”, the six signs of the publisher, and what
that calls the procurement. One procurement may end in several contracts; the number behind a stroke says which.
"""

import re

from tomsapp.domain.facts import Fault

_OCID = re.compile(r"ocds-[a-z0-9]{6}-[^\s/]+(?:/\S+)?", re.IGNORECASE)


def ocid_fault(text: str) -> Fault | None:
    """What is wrong with an open contracting ID, or None."""
    if _OCID.fullmatch(text):
        return None
    return Fault("It is no open contracting ID", "Enter it as in the notice, for example ocds-h6vhtk-04a1b2")


def contract_ocid(process: str, contract: str) -> str:
    """What a contract is known by: its procurement, and its number in it where the notice gives one."""
    return f"{process}/{contract}" if contract else process


def process_of(ocid: str) -> str:
    """The procurement of a contract, as notices and open data name it: “ocds-h6vhtk-04a1b2” of “…/1”."""
    return ocid.partition("/")[0]


def number_in_process(ocid: str) -> str:
    """The number of a contract in its procurement, “1” of “ocds-h6vhtk-04a1b2/1”; empty where none is known."""
    return ocid.partition("/")[2]
