"""现场取号: a ticket without a booking, out of the day's walk-in numbers."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from zhijian.appointments import errors
from zhijian.appointments.actions.day import turn
from zhijian.appointments.models import Closure, CounterGroup, Visit
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.walk_ins import walk_ins
from zhijian.appointments.rules.states import VisitKind
from zhijian.appointments.rules.visits import Act
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now


@transaction.atomic
def take_ticket(actor: Actor, *, group: CounterGroup, item_code: str, priority: bool = False) -> Visit:
    """The next number of ``group`` for somebody without a booking; nothing of the person is asked.

    Raises ClosedNow while the hall or group is closed, NoWalkIns when the day's share for the item is used up.
    """
    moment, item_code = now(), given(item_code, 24)
    day = local_date(moment)
    _open(group, moment)
    queue = turn.lock_days([group.pk], day)[group.pk]
    share = walk_ins(group, item_code, day)
    if share.left <= 0:
        words = f"今天的 {share.total} 个现场号已发完。" if share.total else "这个事项今天没有现场号。"
        raise errors.NoWalkIns(words)
    return turn.issue(
        actor,
        Act.TICKET,
        group=group,
        queue=queue,
        at=moment,
        kind=VisitKind.WALK_IN,
        priority=priority,
        item_code=item_code,
        due_at=moment,
    )


def _open(group: CounterGroup, moment: datetime) -> None:
    """Raises ClosedNow with the closure's reason."""
    here = Q(group=group) | Q(group=None, hall=group.hall_id)
    closure = Closure.objects.filter(here, lifted_at=None, starts_at__lte=moment, ends_at__gt=moment).first()
    if closure is not None:
        raise errors.ClosedNow(closure.reason)
