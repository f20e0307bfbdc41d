"""Keeps pyHanko's own log quiet: what it finds is told by this program, in its own words."""

import logging

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL + 1)
