"""Word files (.docx) that can be edited: headings, tables and pictures as templates and screen readers want them."""
