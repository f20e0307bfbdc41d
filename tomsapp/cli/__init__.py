"""The command line: everything the program does without its window, and without Qt."""
