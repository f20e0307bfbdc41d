"""A bidder's offer while it is made: without a database, an account or a network."""
