"""Groups of counters, counters, and the rule of missed bookings."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.supply.guard import hold, managing
from zhijian.appointments.models import Counter, CounterGroup, NoShowRule
from zhijian.appointments.specs import GroupSpec, NoShowSpec
from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Hall

_NUMBER_LENGTH = 8


@transaction.atomic
def save_group(
    actor: Actor, *, hall: Hall, department: Department, spec: GroupSpec, group: CounterGroup | None = None
) -> CounterGroup:
    """Make a group, or change ``group``. A new one takes the hall's manager; a department's manager changes its own.

    Raises OutOfScope, GroupTaken.
    """
    hold(hall)
    named = managing(actor, hall=hall, group=group)
    row = group or CounterGroup(hall=hall)
    row.department = department
    for name, value in spec.model_dump().items():
        setattr(row, name, value)
    _save(row)
    event = "supply.group_changed" if group else "supply.group_made"
    record(named, event, subject=f"group:{row.public_id}", facts={"hall": hall.code, "code": row.code})
    return row


@transaction.atomic
def save_counter(
    actor: Actor, *, hall: Hall, number: str, groups: Sequence[CounterGroup], counter: Counter | None = None
) -> Counter:
    """Make a counter, or change ``counter``'s number and the groups that it serves.

    Raises OutOfScope, SupplyWrong, GroupTaken.
    """
    hold(hall)
    named = managing(actor, hall=hall, group=None)
    number = number.strip()
    if not 1 <= len(number) <= _NUMBER_LENGTH:
        raise errors.SupplyWrong(fields=[FieldError("/number", "number", "窗口号请填1至8个字")])
    if any(group.hall_id != hall.pk for group in groups):
        raise errors.SupplyWrong(fields=[FieldError("/groups", "groups", "请选择这个大厅的窗口组")])
    row = counter or Counter(hall=hall)
    row.number = number
    _save(row)
    row.groups.set(groups)
    facts = {"hall": hall.code, "number": number, "groups": sorted(group.code for group in groups)}
    record(named, "supply.counter_saved", subject=f"counter:{row.public_id}", facts=facts)
    return row


@transaction.atomic
def set_no_show_rule(actor: Actor, *, hall: Hall, spec: NoShowSpec | None) -> None:
    """The hall's own rule of missed bookings; None: the city's holds. Raises OutOfScope."""
    hold(hall)
    named = managing(actor, hall=hall, group=None)
    if spec is None:
        NoShowRule.objects.filter(hall=hall).delete()
    else:
        NoShowRule.objects.update_or_create(hall=hall, defaults=spec.model_dump())
    facts = spec.model_dump() if spec else {}
    record(named, "supply.no_show_rule", subject=f"hall:{hall.code}", facts=facts)


def _save(row: CounterGroup | Counter) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise errors.GroupTaken from error
