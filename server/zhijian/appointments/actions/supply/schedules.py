"""Plans of slots and special days: what is wrong with them, and how they are stored."""

from datetime import datetime

from django.db import IntegrityError, transaction

from zhijian.appointments import errors
from zhijian.appointments.actions.supply.applying import Written, check, write
from zhijian.appointments.models import Schedule, ScheduleLine, SpecialDay
from zhijian.appointments.queries.supply.changes import DayChange, PlanChange
from zhijian.appointments.queries.supply.names import item_names
from zhijian.appointments.rules.supply import Line, line_faults
from zhijian.core.clock import local_date
from zhijian.core.errors import FieldError


@check.register
def check_plan(change: PlanChange, at: datetime) -> None:
    """Raises SupplyWrong naming each row and field, PlanOverlaps."""
    spec, schedule = change.spec, change.schedule
    faults = [FieldError(f"/lines/{row}", "line", words) for row, words in line_faults(_lines(change))]
    if not spec.lines:
        faults.append(FieldError("/lines", "lines", "至少填写一行时段"))
    if spec.valid_to is not None and spec.valid_to < spec.valid_from:
        faults.append(FieldError("/valid_to", "valid_to", "停用日期不能早于起用日期"))
    if schedule._state.adding and not item_names([schedule.item_code]):
        faults.append(FieldError("/item_code", "item_code", "请选择正在实施的事项"))
    if faults:
        raise errors.SupplyWrong(fields=faults)
    others = Schedule.objects.filter(group=schedule.group, item_code=schedule.item_code).exclude(
        pk=schedule.pk
    )
    if spec.valid_to is not None:
        others = others.filter(valid_from__lte=spec.valid_to)
    if any(other.valid_to is None or other.valid_to >= spec.valid_from for other in others):
        raise errors.PlanOverlaps


@write.register
def write_plan(change: PlanChange, at: datetime) -> Written:
    schedule, created = change.schedule, change.schedule._state.adding
    if not created:
        schedule = Schedule.objects.select_for_update(of=("self",)).get(pk=schedule.pk)
        schedule.version += 1
    for name, value in change.spec.terms().items():
        setattr(schedule, name, value)
    try:
        with transaction.atomic():  # the exclusion constraint has the last word
            schedule.save()
    except IntegrityError as error:
        raise errors.PlanOverlaps from error
    schedule.lines.all().delete()
    ScheduleLine.objects.bulk_create(
        ScheduleLine(schedule=schedule, **line.model_dump()) for line in change.spec.lines
    )
    facts = {"item": schedule.item_code, "group": schedule.group.code, "version": schedule.version}
    event = "supply.plan_made" if created else "supply.plan_changed"
    return Written(event, f"schedule:{schedule.public_id}", facts)


@check.register
def check_day(change: DayChange, at: datetime) -> None:
    """Raises SupplyWrong."""
    faults = []
    if change.date < local_date(at):
        faults.append(FieldError("/date", "date", "日期已经过去，请选择今天或以后"))
    if change.as_weekday is not None and not 0 <= change.as_weekday <= 7:
        faults.append(FieldError("/as_weekday", "as_weekday", "请选择按星期几开放，或不开放"))
    if not 2 <= len(change.reason.strip()) <= 100:
        faults.append(FieldError("/reason", "reason", "请写明原因（2至100个字），受影响的人会看到"))
    if faults:
        raise errors.SupplyWrong(fields=faults)


@write.register
def write_day(change: DayChange, at: datetime) -> Written:
    schedule = change.schedule
    if change.as_weekday is None:
        SpecialDay.objects.filter(schedule=schedule, date=change.date).delete()
    else:
        values = {"as_weekday": change.as_weekday, "reason": change.reason.strip()}
        SpecialDay.objects.update_or_create(schedule=schedule, date=change.date, defaults=values)
    facts = {"date": change.date.isoformat(), "as_weekday": change.as_weekday}
    return Written("supply.day_changed", f"schedule:{schedule.public_id}", facts)


def _lines(change: PlanChange) -> list[Line]:
    return [line.line() for line in change.spec.lines]
