"""Widgets of the house style, free of any domain knowledge."""
