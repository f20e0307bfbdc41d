"""What is done in the locked room: each module has a `work` that takes a file and gives plain data.

Only this package knows both sides. A module here imports what it needs and no more, for the child loads nothing else.
"""
