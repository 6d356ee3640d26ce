"""What a process makes sure of before it serves: one function a condition, registered as Django's system checks.

``manage.py preflight`` tells all of it; web, rush lane, worker and launcher refuse to start on an error.
"""

from config.preflight.running import Refused, refuse_unless_fit

__all__ = ["Refused", "refuse_unless_fit"]
