"""What comes into the program as a file: what it is, its text, and its values, read strictly."""
