"""Who works in a database, as its history and documents name them."""

from tomsapp.domain.facts import Fact

PERSON = Fact(
    "name", "Your name", most=120, needed="Enter your name, so that others know who made a change", is_name=True
)
"""The name with which a person signs changes."""
