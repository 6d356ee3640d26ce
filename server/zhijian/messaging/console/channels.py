"""Channels: their switch, and what was not delivered and why. Nothing of persons appears here."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.messaging.actions.pace import pause_channel, resume_channel
from zhijian.messaging.console.campaigns import acting
from zhijian.messaging.models import ChannelState
from zhijian.messaging.queries.campaigns import POSTS
from zhijian.messaging.queries.deliveries import Ended, channel_states, figures
from zhijian.messaging.rules.channels import PER_DAY, PER_SECOND, Channel
from zhijian.messaging.rules.delivery import State
from zhijian.organizations.access import requires, staff_of

_DAYS = 7
_WENT = (State.SENT, State.DELIVERED)


@require_GET
@requires(*POSTS)
def channel_list(request: HttpRequest) -> HttpResponse:
    return _show(request)


@require_POST
@requires(*POSTS)
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Pause with a reason, or resume."""
    actor = acting(staff_of(request))
    try:
        if request.POST.get("do") == "resume":
            resume_channel(actor, channel=code)
            messages.success(request, f"{Channel(code).label}已恢复，等候的消息马上发出。")
        else:
            pause_channel(actor, channel=code, reason=request.POST.get("reason", ""))
            messages.success(request, f"{Channel(code).label}已暂停，等候的消息不会丢。")
    except Problem as problem:
        return _show(request, problem)
    return redirect("messaging_channels")


def _show(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    rows = figures(now() - timedelta(days=_DAYS))
    context = {
        "days": _DAYS,
        "channels": [_channel(state, rows) for state in channel_states().values()],
        "ended": [row for row in rows if row.state in {State.FAILED, State.SKIPPED}],
        "problem": problem,
    }
    return render(request, "messaging/channels.html", context, status=problem.status if problem else 200)


def _channel(state: ChannelState, rows: list[Ended]) -> dict[str, Any]:
    channel = Channel(state.code)
    counts = [row for row in rows if row.channel == channel]
    return {
        "code": channel.value,
        "label": channel.label,
        "state": state,
        "per_second": PER_SECOND[channel],
        "per_day": PER_DAY[channel],
        "waiting": sum(row.count for row in counts if row.state == State.QUEUED),
        "went": sum(row.count for row in counts if row.state in _WENT),
        "failed": sum(row.count for row in counts if row.state == State.FAILED),
    }
