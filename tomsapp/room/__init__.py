"""The locked room: a child process with little memory and time, in which strangers' files are read.

What is asked of it and what it answers is plain data in a form of its own (`frames.py`), never objects. What is done in
it stands in `services/in_room`; nothing else is imported there.
"""

HIDDEN = "--locked-room"
"""The first argument with which the frozen program is its own child."""
