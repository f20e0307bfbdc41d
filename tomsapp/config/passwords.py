"""Passwords of servers, kept in the keyring of the system where the user wants it, and nowhere else.

Only keyrings of the operating system count. One that writes a file of its own, or keeps nothing, is as good as none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

_SERVICE = "tomsapp"
_OF_SYSTEMS = {
    "keyring.backends.Windows": "the Windows Credential Manager",
    "keyring.backends.macOS": "the macOS keychain",
    "keyring.backends.SecretService": "this computer’s keyring",
    "keyring.backends.libsecret": "this computer’s keyring",
    "keyring.backends.kwallet": "KWallet",
}


def keyring_name() -> str:
    """What people call the keyring of this computer; nothing where it has none that can be used."""
    found = _system_keyring()
    return _OF_SYSTEMS[type(found).__module__] if found else ""


def kept_password(address: str) -> str:
    """The password that the keyring keeps for a server's address; nothing where it keeps none or stays locked."""
    found = _system_keyring()
    if found is None:
        return ""
    from keyring.errors import KeyringError

    try:
        return found.get_password(_SERVICE, address) or ""
    except KeyringError:
        return ""


def keep_password(address: str, password: str) -> bool:
    """Keep the password of a server's address; whether the keyring did so."""
    found = _system_keyring()
    if found is None:
        return False
    from keyring.errors import KeyringError

    try:
        found.set_password(_SERVICE, address, password)
    except KeyringError:
        return False
    return True


def forget_password(address: str) -> None:
    """Take the password of a server's address out of the keyring, if it is there."""
    found = _system_keyring()
    if found is None:
        return
    from contextlib import suppress

    from keyring.errors import KeyringError

    with suppress(KeyringError):
        found.delete_password(_SERVICE, address)


def _system_keyring() -> KeyringBackend | None:
    """The best of the operating system's keyrings that can be used here.

    It is loaded when a server first asks: the window starts without it.
    """
    try:
        from keyring.backend import get_all_keyring

        every = get_all_keyring()
    except Exception:  # noqa: BLE001 - a keyring that does not load is no keyring
        return None
    found = [each for each in every if type(each).__module__ in _OF_SYSTEMS and each.priority > 0]
    return max(found, key=lambda each: each.priority, default=None)
