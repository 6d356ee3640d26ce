"""What staff see of the day."""

from django.db.models import Prefetch, QuerySet

from zhijian.appointments import errors
from zhijian.appointments.models import Counter, CounterGroup, Device, Visit
from zhijian.appointments.models.supply import BY_NUMBER
from zhijian.appointments.queries.given import given
from zhijian.appointments.queries.supply.scope import groups_visible_to
from zhijian.appointments.rules.states import VisitState
from zhijian.appointments.rules.visits import AT_COUNTER
from zhijian.core.clock import local_date, now, today
from zhijian.organizations.held import Piece
from zhijian.organizations.models import Hall, Staff
from zhijian.organizations.queries import regions_in_scope
from zhijian.organizations.rules import Post

QUEUE_SHOWN = 30


def halls_visible_to(staff: Staff) -> QuerySet[Hall]:
    """Halls that a manager runs: those of their regions."""
    return Hall.objects.filter(region__in=regions_in_scope(staff, Post.HALL_MANAGER)).order_by("code")


def visits_visible_to(staff: Staff) -> QuerySet[Visit]:
    """Today's tickets of the groups in scope."""
    return Visit.objects.filter(group__in=groups_visible_to(staff), day=today())


def visit_in_scope(staff: Staff, public_id: str) -> Visit:
    """A ticket that ``staff`` may act on. Raises VisitNotFound."""
    found = visits_visible_to(staff).select_related("group").filter(public_id=given(public_id)).first()
    if found is None:
        raise errors.VisitNotFound
    return found


def halls_of_staff(staff: Staff) -> QuerySet[Hall]:
    """Halls in which ``staff`` work: where a group in their scope is."""
    return Hall.objects.filter(counter_groups__in=groups_visible_to(staff)).distinct().order_by("code")


def counters_for(staff: Staff) -> QuerySet[Counter]:
    """Counters that a window officer may open, with groups and who sits there. Two queries."""
    groups = groups_visible_to(staff).filter(active=True)
    return (
        Counter.objects.filter(
            pk__in=Counter.groups.through.objects.filter(countergroup__in=groups).values("counter_id")
        )
        .select_related("hall", "staff")
        .prefetch_related("groups")
        .order_by("hall__code", *BY_NUMBER)
    )


def counter_in_scope(staff: Staff, public_id: str) -> Counter:
    """Raises CounterNotFound."""
    found = counters_for(staff).filter(public_id=given(public_id)).first()
    if found is None:
        raise errors.CounterNotFound
    return found


def my_counter(staff: Staff) -> Counter | None:
    """Where ``staff`` sits today."""
    found = Counter.objects.filter(staff=staff).select_related("hall").prefetch_related("groups").first()
    if found is None or found.opened_at is None or local_date(found.opened_at) != local_date(now()):
        return None
    return found


def may_sit_at(staff: Staff, counter: Counter) -> bool:
    return counters_for(staff).filter(pk=counter.pk).exists()


def held_by(staff: Staff) -> list[Piece]:
    """The counter that is open in this person's name, with whom they serve. Two queries."""
    counter = my_counter(staff)
    if counter is None:
        return []
    visit = current_visit(counter)
    return [Piece(str(counter), f"{visit.number}号{visit.get_state_display()}" if visit else "已开窗")]


def current_visit(counter: Counter) -> Visit | None:
    """Who is called to this counter or served at it."""
    found = Visit.objects.select_related("group", "citizen", "booking__slot")
    return found.filter(counter=counter, state__in=AT_COUNTER).first()


def waiting_at(counter: Counter) -> list[Visit]:
    """Today's tickets that this counter may call, whoever is due first at the top."""
    return list(
        _of_groups(counter).filter(state=VisitState.WAITING).order_by("due_at", "sequence")[:QUEUE_SHOWN]
    )


def skipped_at(counter: Counter) -> list[Visit]:
    """Who didn't come when called; they may still."""
    return list(_of_groups(counter).filter(state=VisitState.SKIPPED).order_by("-called_at")[:QUEUE_SHOWN])


def _of_groups(counter: Counter) -> QuerySet[Visit]:
    groups = [group.pk for group in counter.groups.all()]
    return Visit.objects.filter(group__in=groups, day=today()).select_related("group")


def devices_of(staff: Staff) -> QuerySet[Device]:
    """Devices of the manager's halls, those in use first. Two queries."""
    found = Device.objects.filter(hall__in=halls_visible_to(staff)).select_related("hall")
    groups = Prefetch("groups", CounterGroup.objects.order_by("prefix"))
    return found.prefetch_related(groups).order_by("revoked_at", "hall__code", "name")


def device_in_scope(staff: Staff, public_id: str) -> Device:
    """Raises DeviceNotFound."""
    found = devices_of(staff).filter(public_id=given(public_id)).first()
    if found is None:
        raise errors.DeviceNotFound
    return found
