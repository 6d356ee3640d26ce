"""Outside systems whose times are booked on our screens."""
