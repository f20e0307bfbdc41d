"""The contract page: its grid of commitments, measure picker, explanations and line details."""
