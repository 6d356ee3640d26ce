"""What a person is shown of halls, bookings and the waiting line."""
