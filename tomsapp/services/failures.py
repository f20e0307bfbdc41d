"""The expected failures that the window tells apart, gathered so that it needs no adapter."""

from tomsapp.store.errors import (
    ConnectionLost,
    Damaged,
    DatabaseLocked,
    DatabaseReadOnly,
    DiskFull,
    EditConflict,
    NetworkShare,
    NewerDatabase,
    NotADatabase,
    NotFound,
    StoreError,
    Unreachable,
    UpgradeFailed,
    UpgradeNeeded,
)

__all__ = [
    "ConnectionLost",
    "Damaged",
    "DatabaseLocked",
    "DatabaseReadOnly",
    "DiskFull",
    "EditConflict",
    "NetworkShare",
    "NewerDatabase",
    "NotADatabase",
    "NotFound",
    "StoreError",
    "Unreachable",
    "UpgradeFailed",
    "UpgradeNeeded",
]
