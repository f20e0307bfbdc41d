"""What a user does with tenders: set them up, issue them, and see them as a whole."""
