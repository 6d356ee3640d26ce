"""Campaigns: drafting, approval by a second person, sending."""

from zhijian.messaging.actions.campaigns.approval import approve, send_back, submit, withdraw
from zhijian.messaging.actions.campaigns.drafting import Draft, broadcast, create, edit
from zhijian.messaging.actions.campaigns.sending import send_batch, send_next_batch, start, stop
from zhijian.messaging.actions.campaigns.testing import send_test

__all__ = [
    "Draft",
    "approve",
    "broadcast",
    "create",
    "edit",
    "send_back",
    "send_batch",
    "send_next_batch",
    "send_test",
    "start",
    "stop",
    "submit",
    "withdraw",
]
