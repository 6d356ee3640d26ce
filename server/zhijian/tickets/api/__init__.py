"""The citizen API of tickets. The public addresses come first: an id would match their names."""

from zhijian.tickets.api import public, receipts, sending  # noqa: I001 - order is that of the addresses
from zhijian.tickets.api import own
from zhijian.tickets.api.router import router

__all__ = ["own", "public", "receipts", "router", "sending"]
