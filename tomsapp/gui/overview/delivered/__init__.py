"""What was delivered, on the Overview: totals, groupings, plain counts, and what needs a look."""
