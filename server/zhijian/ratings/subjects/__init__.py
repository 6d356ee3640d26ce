"""Kinds of handling that can be rated. To add one: a file with a ``Kind``, and its name here."""

from zhijian.ratings.subjects import cases, counter, tickets, visits
from zhijian.ratings.subjects.base import Handled, Kind, Subject, kind_of, kinds, label, register

__all__ = [
    "Handled",
    "Kind",
    "Subject",
    "cases",
    "counter",
    "kind_of",
    "kinds",
    "label",
    "register",
    "tickets",
    "visits",
]
