"""Tables of tickets 诉求."""

from zhijian.tickets.models.history import CoHandling, Extension, Follower, Pause, TicketStep
from zhijian.tickets.models.publication import Publication
from zhijian.tickets.models.tables import Category, ReplyTemplate, RoutingRule, SlaRule
from zhijian.tickets.models.ticket import FAR_FUTURE, Photo, Sending, Ticket

__all__ = [
    "FAR_FUTURE",
    "Category",
    "CoHandling",
    "Extension",
    "Follower",
    "Pause",
    "Photo",
    "Publication",
    "ReplyTemplate",
    "RoutingRule",
    "Sending",
    "SlaRule",
    "Ticket",
    "TicketStep",
]
