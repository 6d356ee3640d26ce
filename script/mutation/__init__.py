"""Mutation of the domains' rules and actions: see docs/testing.md."""
