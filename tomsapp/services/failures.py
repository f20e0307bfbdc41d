"""The expected failures that the window tells apart, gathered so that it needs no adapter."""

from tomsapp.store.errors import EditConflict, NetworkShare, NotFound, StoreError, UpgradeNeeded

__all__ = ["EditConflict", "NetworkShare", "NotFound", "StoreError", "UpgradeNeeded"]
