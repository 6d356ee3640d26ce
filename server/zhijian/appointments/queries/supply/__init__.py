"""Reads of what halls offer."""
