"""The window of a bidder, without a database: it shows an offer and does what `services.bidding` can do to it."""
