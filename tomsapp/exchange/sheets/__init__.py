"""Opens any file with a table in it as sheets of cells: workbooks, OpenDocument, text, and what was pasted."""
