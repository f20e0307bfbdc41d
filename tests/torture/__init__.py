"""What the program must outlive: being ended while it writes, files that are spoilt, and files made to harm.

`make torture` runs every module here whose name begins with `of_`, each within its share of the time, and fails where
anything was lost, an error was not caught, or a limit was passed. docs/robustness.md has the figures.
"""
