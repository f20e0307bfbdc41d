"""What each chart and total of the overview shows."""
