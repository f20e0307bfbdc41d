"""Tests of the reader of notices."""
