"""What is decided about tickets 诉求 without database, clock or network."""
