"""The form, panel and dialog of a supplier."""
