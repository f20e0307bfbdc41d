"""Contracts with what was promised and delivered as open data: Open Contracting Data Standard 1.1, release package."""
