"""What Wagtail's editor and its lists have in common for every text that passes review."""
