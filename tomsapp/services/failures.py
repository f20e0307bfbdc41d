"""The expected failures that the window tells apart, gathered so that it needs no adapter."""

from tomsapp.store.errors import (
    Altered,
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
    SyncedFolder,
    Unreachable,
    UpgradeFailed,
    UpgradeNeeded,
)

__all__ = [
    "Altered",
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
    "SyncedFolder",
    "Unreachable",
    "UpgradeFailed",
    "UpgradeNeeded",
]
