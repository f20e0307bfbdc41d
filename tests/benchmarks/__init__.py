"""What `make bench` measures: each file runs alone, and takes a size of its own for a short run."""

MISSED = 3
"""The exit status of a benchmark that ran to its end and missed what is to be reached; a fault gives another."""
