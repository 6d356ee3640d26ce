"""Texts that pass two steps of review over Wagtail: what service items and articles have in common.

Who may do what, in which states, and in which words stays with each domain.
"""
