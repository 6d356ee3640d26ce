"""The desk of whoever works on a row with a life cycle: its list, its page, what may be done and what came of it."""
