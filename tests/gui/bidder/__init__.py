"""Tests of the bidder's window."""
