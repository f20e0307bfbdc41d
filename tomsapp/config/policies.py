"""What an organisation sets for all its computers: policies, which Windows keeps in its registry."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Mapping
from enum import Enum
from typing import NamedTuple

log = logging.getLogger("tomsapp")
KEY = r"Software\Policies\tomsapp"
"""Where they stand, under the machine and under the user."""
_LONGEST = 1024


class PolicyKind(Enum):
    """What a policy says: a text, or whether something is so (a number that is 1 or 0)."""

    TEXT = "text"
    SWITCH = "switch"


class Policy(NamedTuple):
    """A setting that an organisation can take over."""

    name: str
    """Of its value in the registry."""
    kind: PolicyKind
    title: str
    """As administrators see it, and as Settings calls it."""
    does: str
    """What it does, in sentences."""
    example: str = ""


DATABASE_FOLDER = Policy(
    "DatabaseFolder",
    PolicyKind.TEXT,
    "Folder for databases",
    "New databases are proposed in this folder, and the first question for a database begins in it. Variables such as "
    "%USERPROFILE% are put in. Where the folder is not there, the program does as without this policy.",
    r"%OneDrive%\Social value",
)
SERVER_ADDRESS = Policy(
    "ServerAddress",
    PolicyKind.TEXT,
    "Address of the server",
    "The address of your team’s PostgreSQL database, which is filled in where the program asks for a server. It must "
    "not hold a password: every user can read it. Users can type another one.",
    "postgresql://db.example.gov.uk/social_value",
)
SIGN_IN_NAME = Policy(
    "SignInName",
    PolicyKind.SWITCH,
    "Sign changes with the sign-in name",
    "Changes are signed in History with the name that the user signed in to Windows with, and with no other.",
)
KEEP_NO_PASSWORDS = Policy(
    "KeepNoPasswords",
    PolicyKind.SWITCH,
    "Keep no passwords of servers",
    "The password of a server is asked for each time. One that was kept in the Windows Credential Manager is not used.",
)
POLICIES = (DATABASE_FOLDER, SERVER_ADDRESS, SIGN_IN_NAME, KEEP_NO_PASSWORDS)
"""All of them. Theme and text size are not among them: how somebody can read the screen is theirs to say."""


class Hive(Enum):
    """For whom a policy is set; that of the machine goes before that of the user."""

    MACHINE = "machine"
    USER = "user"


ReadValue = Callable[[Hive, str], object]
"""Gives the value of a policy by its name: a text, a number, or None where it is not set.

Raises:
    OSError: it may not be read.
"""


class Policies(NamedTuple):
    """The policies that are in force."""

    values: Mapping[Policy, str | bool] = {}
    set_for: Mapping[Policy, Hive] = {}
    refused: tuple[str, ...] = ()
    """The names of those that are set to something that they cannot be."""

    def is_set(self, policy: Policy) -> bool:
        """Whether the organisation says it."""
        return policy in self.values

    def text(self, policy: Policy) -> str:
        """What a policy says, or nothing."""
        return str(self.values.get(policy, ""))

    def is_on(self, policy: Policy) -> bool:
        """Whether a policy says that it is so."""
        return self.values.get(policy) is True


NO_POLICIES = Policies()


def policies_in_force() -> Policies:
    """Those of this computer; other systems than Windows have none."""
    return read_policies(_read_registry)


def read_policies(read: ReadValue) -> Policies:
    """The policies as `read` gives their values; one that cannot be used is passed over and named."""
    values: dict[Policy, str | bool] = {}
    set_for: dict[Policy, Hive] = {}
    refused: list[str] = []
    for policy in POLICIES:
        for hive in Hive:
            try:
                found = read(hive, policy.name)
            except OSError:
                found = ""  # which no policy can be
            if found is None:
                continue
            value = _value_of(policy, found)
            if value is None:
                refused.append(f"{policy.name} ({hive.value})")
                continue
            values[policy], set_for[policy] = value, hive
            break
    if refused:
        log.warning("These policies cannot be used: %s", ", ".join(refused))
    return Policies(values, set_for, tuple(refused))


def _value_of(policy: Policy, found: object) -> str | bool | None:
    if policy.kind is PolicyKind.SWITCH:
        return bool(found) if type(found) is int and found in {0, 1} else None
    is_text = isinstance(found, str) and found.isprintable() and 0 < len(found.strip()) <= _LONGEST
    return str(found).strip() if is_text else None


def _read_registry(hive: Hive, name: str) -> object:
    if sys.platform != "win32":
        return None
    import winreg

    root = winreg.HKEY_LOCAL_MACHINE if hive is Hive.MACHINE else winreg.HKEY_CURRENT_USER
    try:
        # The same for a program of 32 bits, whose registry Windows keeps apart.
        with winreg.OpenKey(root, KEY, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as key:
            found, kind = winreg.QueryValueEx(key, name)
    except FileNotFoundError:
        return None
    return os.path.expandvars(found) if kind == winreg.REG_EXPAND_SZ else found
