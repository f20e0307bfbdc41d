"""The parts of the PDF preview: pages, search and printing."""
