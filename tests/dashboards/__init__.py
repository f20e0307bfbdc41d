"""Tests of the portfolio cube and its figures."""
