"""Tickets as the app reads them: shapes, sentences, clocks."""
