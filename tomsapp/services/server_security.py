"""How the way to a server is kept safe, for whoever enters its address."""

from __future__ import annotations

from tomsapp.services.addresses import read_address
from tomsapp.store.errors import Unreachable
from tomsapp.store.security import Security, security_of

__all__ = ["Security", "address_fault"]


def address_fault(address: str) -> str:
    """What is wrong with a server's address, and what to write; nothing where it can be read."""
    try:
        security_of(read_address(address))
    except Unreachable as error:
        return f"{error.message}. {error.fix}"
    return ""
