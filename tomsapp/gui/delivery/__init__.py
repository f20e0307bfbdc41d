"""The tab Delivery of the contract page: what was returned in each quarter, and what was decided of it."""
