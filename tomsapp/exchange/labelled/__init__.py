"""Tables that others made: what each sheet, row and column of a file holds, guessed, corrected by a person and read."""
