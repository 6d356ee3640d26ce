"""The rush lane: a process of its own that answers bookings, joining and places of rushes in batches (ADR 14)."""
