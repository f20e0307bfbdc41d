"""Offers and tables in files that other programs write and read: JSON, CSV, XLSX."""
