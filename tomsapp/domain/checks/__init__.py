"""The checks of an offer, by what they ask, and the list of them."""
