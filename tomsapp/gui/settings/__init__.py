"""The parts of the Settings page, one module for each tab."""
