"""Notices of contracts, as Find a Tender publishes them, read into a sheet with a row for each contract."""
