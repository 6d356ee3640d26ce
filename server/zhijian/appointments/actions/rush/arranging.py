"""Arranging a rush over slots, and calling it off while nobody has joined."""

import secrets

from django.db import transaction

from zhijian.appointments import errors
from zhijian.appointments.models import Rush
from zhijian.appointments.queries.rush import slots_for
from zhijian.appointments.rules.draw import digest
from zhijian.appointments.rules.rush import Plan, faults
from zhijian.appointments.rules.states import RushMode
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Region


@transaction.atomic
def arrange(actor: Actor, *, region: Region, plan: Plan) -> Rush:
    """Make a rush of the slots of these dates; from now on they are booked through it alone.

    A draw's seed is made here, before anybody can join, and nobody reads it until the draw is settled.
    Raises RushWrong, also when there are no slots or people have booked some already.
    """
    found = faults(plan, now())
    slots = slots_for(region=region, item_code=plan.item_code, first=plan.first_date, last=plan.last_date)
    if not found:
        found = _slot_faults(slots.filter(rush=None).exists(), slots.exclude(rush=None).exists())
    if not found and slots.filter(seats__until__gt=now()).exists():
        found = [FieldError("/first_date", "taken", "这些日期已有人预约，不能再改为排队或抽签")]
    if found:
        raise errors.RushWrong(fields=found)
    seed = secrets.token_hex(32) if plan.mode == RushMode.DRAW else ""
    rush = Rush.objects.create(
        name=plan.name,
        name_en=plan.name_en,
        item_code=plan.item_code,
        region=region,
        first_date=plan.first_date,
        last_date=plan.last_date,
        mode=plan.mode,
        joins_from=plan.joins_from,
        opens_at=plan.opens_at,
        closes_at=plan.closes_at,
        per_second=plan.per_second,
        window_minutes=plan.window_minutes,
        seed=seed,
        seed_digest=digest(seed) if seed else "",
    )
    covered = slots.update(rush=rush, opens_at=plan.opens_at)
    record(actor, "rush.arranged", subject=f"rush:{rush.public_id}", facts=_facts(rush) | {"slots": covered})
    return rush


def _slot_faults(free: bool, in_another: bool) -> list[FieldError]:
    if in_another:
        return [FieldError("/first_date", "taken", "这些日期已属于另一个场次")]
    return [] if free else [FieldError("/first_date", "none", "这些日期还没有号源，请先生成号源")]


def _facts(rush: Rush) -> dict[str, str]:
    return {"mode": rush.mode, "item": rush.item_code, "seed_digest": rush.seed_digest}


@transaction.atomic
def call_off(actor: Actor, *, rush: Rush) -> None:
    """Give the slots back to ordinary booking and forget the rush. Raises RushFixed once somebody has joined."""
    held = Rush.objects.select_for_update().filter(pk=rush.pk).first()
    if held is None:
        raise errors.RushUnknown
    if held.joined or now() >= held.closes_at:
        raise errors.RushFixed
    slots = held.slots.update(rush=None)
    record(actor, "rush.called_off", subject=f"rush:{held.public_id}", facts={"slots": slots})
    held.delete()
