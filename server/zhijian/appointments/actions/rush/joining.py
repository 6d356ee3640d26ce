"""Joining a rush: one place a person. The lane does the same for many at once (``statements.JOIN``)."""

from collections.abc import Sequence

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.models import QueueEntry, Rush
from zhijian.appointments.queries.rush import known_wishes
from zhijian.appointments.rules.draw import MOST_WISHES
from zhijian.appointments.rules.states import RushMode
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.identity.models import Citizen


@transaction.atomic
def join(actor: Actor, *, citizen: Citizen, rush_id: str, wishes: Sequence[str] = ()) -> QueueEntry:
    """This person's place; a repeat keeps it. In a draw ``wishes`` are slots, in order of preference, and a repeat
    replaces them until the entry closes; the lot does not depend on when one joined.

    Raises RushUnknown, JoinNotOpen, JoinClosed, WishesWrong.
    """
    # The row's lock gives positions without gaps, and keeps a draw from settling meanwhile.
    rush = Rush.objects.select_for_update().filter(public_id=rush_id).first()
    if rush is None:
        raise errors.RushUnknown
    entry = QueueEntry.objects.filter(rush=rush, citizen=citizen).first()
    if entry is not None and rush.mode == RushMode.QUEUE:
        return entry
    _refuse_at_the_wrong_time(rush)
    chosen = _checked(rush, wishes)
    if entry is not None:
        entry.wishes = chosen
        entry.save(update_fields=["wishes"])
        record(actor, "rush.wishes_changed", subject=f"queue:{entry.public_id}")
        return entry
    rush.joined += 1
    rush.save(update_fields=["joined"])
    entry = QueueEntry.objects.create(
        rush=rush, citizen=citizen, position=rush.joined, joined_at=now(), wishes=chosen
    )
    record(actor, "rush.joined", subject=f"queue:{entry.public_id}", facts={"rush": rush.public_id})
    return entry


def _refuse_at_the_wrong_time(rush: Rush) -> None:
    moment = now()
    if moment < (rush.joins_from if rush.mode == RushMode.QUEUE else rush.opens_at):
        raise errors.JoinNotOpen
    if moment >= rush.closes_at:
        raise errors.JoinClosed


def _checked(rush: Rush, wishes: Sequence[str]) -> list[str]:
    if rush.mode == RushMode.QUEUE:
        return []
    fault = ""
    if not 1 <= len(wishes) <= MOST_WISHES:
        fault = f"请选择1到{MOST_WISHES}个时段"
    elif len(set(wishes)) != len(wishes):
        fault = "同一个时段只能选一次"
    elif known_wishes(rush, wishes) != set(wishes):
        fault = "所选时段不属于这一场或已停办，请重新选择"
    if fault:
        raise errors.WishesWrong(fields=[FieldError("/wishes", "choice", fault)])
    return list(wishes)
