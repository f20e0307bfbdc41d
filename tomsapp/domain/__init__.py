"""What the program is about: menus, contracts, commitments and their valuation; standard library only."""
