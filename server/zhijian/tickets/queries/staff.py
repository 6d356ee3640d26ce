"""What staff read. :func:`visible_to` is the one row scope; every other read here starts from it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.core.clock import now
from zhijian.core.counting import up_to_limit
from zhijian.core.lights import Light
from zhijian.core.numbers import code
from zhijian.core.pagination import Page, paginate
from zhijian.core.words import tidy
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope, holdings, regions_in_scope
from zhijian.organizations.rules import Post
from zhijian.tickets import errors
from zhijian.tickets.models import CoHandling, Extension, Photo, Ticket
from zhijian.tickets.queries.standing import lit
from zhijian.tickets.queries.words import hashed, tokens
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.states import OPEN, State

QUEUE_ORDER = ("sort_at", "id")
_CACHE = "_ticket_departments"
#: What a list does not open.
SEALED = ("body", "answers", "reply", "address", "words")


def visible_to(staff: Staff) -> QuerySet[Ticket]:
    """Tickets that a ticket post of ``staff`` covers: those of their departments, those they were asked to help with,
    and for dispatchers those that no department has yet."""
    return Ticket.objects.filter(_scope(staff))


def _scope(staff: Staff) -> Q:
    posts = {holding.post for holding in holdings(staff)}
    found = Q(pk__in=[])
    if Post.TICKET_OFFICER in posts:
        own = _departments(staff, Post.TICKET_OFFICER)
        helped = CoHandling.objects.filter(department__in=own).values("ticket")
        found |= Q(department__in=own) | Q(pk__in=helped)
    if Post.TICKET_DISPATCHER in posts:
        found |= Q(department__in=_departments(staff, Post.TICKET_DISPATCHER))
        regions = regions_in_scope(staff, Post.TICKET_DISPATCHER)
        found |= Q(department__isnull=True) & (Q(region__isnull=True) | Q(region__in=regions))
    return found


def _departments(staff: Staff, post: str) -> list[int]:
    """Keys: a list lets PostgreSQL walk only their part of the queue's index. Asked once for the posts as they are now."""
    held = holdings(staff)
    known, found = staff.__dict__.get(_CACHE, (None, {}))
    if known is not held:
        found = {}
        staff.__dict__[_CACHE] = (held, found)
    if post not in found:
        found[post] = _read_departments(staff, post)
    keys: list[int] = found[post]
    return keys


def _read_departments(staff: Staff, post: str) -> list[int]:
    held = [holding for holding in holdings(staff) if holding.post == post]
    if any(holding.region_id for holding in held):
        return list(departments_in_scope(staff, post).order_by("pk").values_list("pk", flat=True))
    return sorted({holding.department_id for holding in held if holding.department_id})


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """``desk``: mine, unclaimed, undispatched, callback, extension, supervised, help or all. Empty filters nothing."""

    desk: str = ""
    state: str = ""
    light: str = ""
    kind: str = ""
    words: str = ""


def queue(
    staff: Staff, *, filters: QueueFilters | None = None, cursor: str | None = None, size: int = 20
) -> Page[Ticket]:
    """Open tickets, the most urgent first. One query."""
    found = _open(staff).filter(_matches(staff, filters or QueueFilters(), now()))
    found = found.select_related("department", "category", "assignee", "suggested").defer(*SEALED)
    return paginate(found, order=QUEUE_ORDER, cursor=cursor, size=size)


def _open(staff: Staff) -> QuerySet[Ticket]:
    return visible_to(staff).filter(state__in=sorted(OPEN))


def _desk(staff: Staff, desk: str) -> Q:
    desks = {
        "mine": Q(assignee=staff),
        "unclaimed": unheld(),
        "undispatched": Q(state=State.SUBMITTED),
        "callback": Q(state=State.REPLIED),
        "extension": asked_of(staff),
        "supervised": Q(supervised_at__isnull=False),
        "help": helping(staff),
    }
    return desks.get(desk, Q())


def unheld() -> Q:
    """With a department, and nobody there has it: not taken yet, or left behind by whoever is gone."""
    return Q(state=State.DISPATCHED) | Q(state__in=[State.HANDLING, State.SUPPLEMENT], assignee__isnull=True)


def asked_of(staff: Staff) -> Q:
    """Tickets whose extension waits for this dispatcher: nobody decides on what they asked themselves."""
    if Post.TICKET_DISPATCHER not in {holding.post for holding in holdings(staff)}:
        return Q(pk__in=[])
    asked = Extension.objects.filter(status=Extension.Status.PENDING).exclude(asked_by=staff)
    return Q(
        state=State.HANDLING,
        department__in=_departments(staff, Post.TICKET_DISPATCHER),
        pk__in=asked.values("ticket"),
    )


def helping(staff: Staff) -> Q:
    """Tickets about which a department of this officer was asked and hasn't answered."""
    asked = CoHandling.objects.filter(
        answered_at__isnull=True, department__in=_departments(staff, Post.TICKET_OFFICER)
    )
    return Q(state__in=[State.HANDLING, State.SUPPLEMENT], pk__in=asked.values("ticket"))


def _matches(staff: Staff, wanted: QueueFilters, moment: datetime) -> Q:
    found = _desk(staff, wanted.desk) & lit(wanted.light, moment)
    if wanted.state in State.values:
        found &= Q(state=wanted.state)
    if wanted.kind in Kind.values:
        found &= Q(kind=wanted.kind)
    if words := tidy(wanted.words):
        # A text is sealed: it is found by the keyed hashes of its words.
        telling = hashed(tokens(words))
        alike = Q(words__contains=telling) if telling else Q(pk__in=[])
        found &= Q(number__startswith=code(words)) | alike
    return found


_DESKS = ("mine", "unclaimed", "undispatched", "callback", "supervised", "extension", "help")
#: The figures, and what each one lists.
COUNTED = {
    "all": QueueFilters(),
    **{desk: QueueFilters(desk=desk) for desk in _DESKS},
    **{light.value: QueueFilters(light=light) for light in (Light.RED, Light.YELLOW)},
}


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the open tickets that one person sees."""

    all: int
    mine: int
    unclaimed: int
    undispatched: int
    callback: int
    red: int
    yellow: int
    supervised: int
    extension: int
    help: int


def counts(staff: Staff) -> Counts:
    """What each filter of the queue lists, as far as the limit. One statement."""
    shown, moment = _open(staff), now()
    asked = {name: shown.filter(_matches(staff, wanted, moment)) for name, wanted in COUNTED.items()}
    return Counts(**up_to_limit(asked))


def waiting_for(staff: Staff) -> QuerySet[Ticket]:
    """For the navigation: what waits for this person, as holder or in their posts."""
    posts = {holding.post for holding in holdings(staff)}
    wanted = Q(assignee=staff, state__in=[State.HANDLING])
    if Post.TICKET_OFFICER in posts:
        wanted |= unheld() & Q(department__in=_departments(staff, Post.TICKET_OFFICER))
        wanted |= helping(staff)
    if Post.TICKET_DISPATCHER in posts:
        wanted |= Q(state__in=[State.SUBMITTED, State.REPLIED]) | asked_of(staff)
    return visible_to(staff).filter(wanted)


def whole(found: QuerySet[Ticket]) -> QuerySet[Ticket]:
    """With everything that its page shows: a fixed number of queries."""
    related = (
        "department", "citizen", "category__sla", "category__parent", "suggested", "assignee", "hall", "region",
        "merged_into__department", "merged_into__suggested", "merged_into__publication", "parent", "publication",
    )  # fmt: skip
    return found.select_related(*related).prefetch_related(
        "steps",
        "pauses",
        "extensions",
        "merged",
        Prefetch("parts", Ticket.objects.select_related("category", "department")),
        Prefetch("photos", Photo.objects.select_related("file")),
        Prefetch("co_handlings", CoHandling.objects.select_related("department")),
    )


def ticket_for_staff(staff: Staff, number: str) -> Ticket:
    """One ticket whole, by number. Raises TicketNotFound; reaching beyond one's scope is audited."""
    wanted = code(tidy(number))
    found = whole(visible_to(staff)).filter(number=wanted).first()
    if found is not None:
        return found
    if not Ticket.objects.filter(number=wanted).exists():
        raise errors.TicketNotFound
    subject = f"ticket:{wanted}"
    raise errors.TicketNotFound(
        attempt=lambda: record_refusal(staff.actor, "ticket.out_of_scope", subject=subject)
    )


def photo_for_staff(ticket: Ticket, photo_id: str) -> Photo:
    """Raises PhotoNotFound."""
    found = ticket.photos.select_related("file").filter(public_id=tidy(photo_id)).first()
    if found is None:
        raise errors.PhotoNotFound
    return found
