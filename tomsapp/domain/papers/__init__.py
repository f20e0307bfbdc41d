"""The council's own papers, as words, tables and charts that are printed as PDF and as a Word file alike."""
