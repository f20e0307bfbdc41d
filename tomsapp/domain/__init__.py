"""What the program is about: menus, contracts, commitments and their valuation, with the standard library alone."""
