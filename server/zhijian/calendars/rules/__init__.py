"""What is decided about a year's days without database, clock or network."""
