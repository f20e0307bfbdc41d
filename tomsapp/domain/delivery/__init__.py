"""What was delivered of a contract's commitments: plans, claims, decisions and the figures that follow from them."""
