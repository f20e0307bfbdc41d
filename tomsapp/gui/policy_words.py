"""How it is said that an organisation has set something."""

SET_BY_ORGANISATION = "Set by your organisation."
