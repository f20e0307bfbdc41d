"""Tests of what a bidder makes without a database."""
