"""Reads of tickets. Citizens read their own and what is public; staff read what ``staff.visible_to`` gives."""
