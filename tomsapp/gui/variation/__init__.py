"""The window in which a variation of a signed contract is drafted and signed."""
