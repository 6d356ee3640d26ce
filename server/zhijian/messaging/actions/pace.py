"""The pace of a channel and its switch. All workers share one row a channel."""

from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.messaging import errors
from zhijian.messaging.events import ChannelResumed
from zhijian.messaging.models import ChannelState
from zhijian.messaging.rules.channels import OUTSIDE, PER_SECOND, Channel

_AHEAD = timedelta(seconds=1)
_MAX_REASON = 200

_TAKE = """
INSERT INTO messaging_channelstate (code, paused, reason, next_slot_at) VALUES (%(code)s, false, '', %(now)s + %(step)s)
ON CONFLICT (code) DO UPDATE
    SET next_slot_at = GREATEST(messaging_channelstate.next_slot_at, %(now)s) + %(step)s
    WHERE messaging_channelstate.next_slot_at IS NULL OR messaging_channelstate.next_slot_at <= %(now)s + %(ahead)s
RETURNING 1
"""


def take_slot(channel: Channel, moment: datetime) -> bool:
    """Take one of the places that the channel's contract gives us; up to a second's worth may go at once."""
    parameters: dict[str, Any] = {
        "code": channel.value,
        "now": moment,
        "step": timedelta(seconds=1 / PER_SECOND[channel]),
        "ahead": _AHEAD,
    }
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, parameters)
        return cursor.fetchone() is not None


@transaction.atomic
def pause_channel(actor: Actor, *, channel: str, reason: str) -> ChannelState:
    """Nothing leaves by the channel until it is resumed; what waits keeps waiting. Raises ChannelUnknown,
    ReasonMissing. Pausing again changes the reason."""
    reason = reason.strip()[:_MAX_REASON]
    if not reason:
        raise errors.ReasonMissing
    state = _state(channel)
    state.paused, state.reason, state.changed_at = True, reason, now()
    state.save(update_fields=["paused", "reason", "changed_at"])
    record(actor, "channel.paused", subject=f"channel:{channel}", facts={"reason": reason})
    return state


@transaction.atomic
def resume_channel(actor: Actor, *, channel: str) -> ChannelState:
    """Raises ChannelUnknown. Resuming a running channel changes nothing."""
    state = _state(channel)
    if state.paused:
        state.paused, state.reason, state.changed_at = False, "", now()
        state.save(update_fields=["paused", "reason", "changed_at"])
        record(actor, "channel.resumed", subject=f"channel:{channel}")
        emit(ChannelResumed(channel))
    return state


def _state(channel: str) -> ChannelState:
    if channel not in OUTSIDE:
        raise errors.ChannelUnknown
    return ChannelState.objects.select_for_update().get_or_create(code=channel)[0]
