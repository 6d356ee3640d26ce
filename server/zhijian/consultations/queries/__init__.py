"""Reads of consultations: what staff, everybody, and one participant see."""
