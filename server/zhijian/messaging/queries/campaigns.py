"""Campaigns as staff see them. :func:`visible_to` is the one row scope."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from zhijian.audit.actions import record_refusal
from zhijian.core.pagination import Page, paginate
from zhijian.messaging.errors import CampaignNotFound
from zhijian.messaging.models import Campaign, CampaignStep, Delivery, Message, Recipient
from zhijian.messaging.queries.deliveries import Ended
from zhijian.messaging.rules.campaigns import AUTHOR, RUNNING, Act, Role, State
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope, holds
from zhijian.organizations.rules import Post

POSTS = (Post.OPERATOR, Post.SUPERVISOR)


def visible_to(staff: Staff) -> QuerySet[Campaign]:
    """Campaigns of the departments that ``staff`` covers as operator or supervisor."""
    found = Campaign.objects.filter(department__in=departments_in_scope(staff, *POSTS))
    return found.select_related("author", "approver", "department")


def campaigns(staff: Staff, *, state: str = "", cursor: str | None = None, size: int = 20) -> Page[Campaign]:
    """The latest first. One query."""
    found = visible_to(staff)
    if state in State.values:
        found = found.filter(state=state)
    return paginate(found, order=("-created_at", "-id"), cursor=cursor, size=size)


def campaign_of(staff: Staff, public_id: str) -> Campaign:
    """Raises CampaignNotFound; reaching beyond one's scope is audited."""
    found = visible_to(staff).filter(public_id=public_id).first()
    if found is not None:
        return found
    if Campaign.objects.filter(public_id=public_id).exists():
        subject = f"campaign:{public_id}"
        raise CampaignNotFound(
            attempt=lambda: record_refusal(staff.actor, "campaign.out_of_scope", subject=subject)
        )
    raise CampaignNotFound


def roles_of(staff: Staff, campaign: Campaign) -> frozenset[str]:
    """What this person is to the campaign, within the campaign's department. An author is nothing else to it:
    no second post makes them a second person."""
    operates = holds(staff, Post.OPERATOR, department=campaign.department)
    if campaign.author_id == staff.pk:
        return AUTHOR if operates else frozenset()
    supervises = holds(staff, Post.SUPERVISOR, department=campaign.department)
    return frozenset(
        role.value for role, held in ((Role.OPERATOR, operates), (Role.SUPERVISOR, supervises)) if held
    )


def waiting_for(staff: Staff) -> QuerySet[Campaign]:
    """Campaigns that wait for this person: to decide on, to start once approved, or sent back to its author."""
    last = CampaignStep.objects.filter(campaign=OuterRef("pk")).order_by("-id").values("action")[:1]
    decide = Q(state=State.SUBMITTED) & ~Q(author=staff)
    start = Q(state=State.APPROVED, department__in=departments_in_scope(staff, Post.OPERATOR))
    mend = Q(state=State.DRAFT, author=staff, last_action=Act.SEND_BACK)
    found = visible_to(staff).annotate(last_action=Subquery(last))
    return found.filter(decide | start | mend)


@dataclass(frozen=True, slots=True)
class Figures:
    queued: int
    sent: int
    skipped: int
    read: int

    @property
    def total(self) -> int:
        return self.queued + self.sent + self.skipped

    @property
    def done_share(self) -> int:
        """Per cent, rounded down: 100 only when nobody waits."""
        return 100 * (self.total - self.queued) // self.total if self.total else 100

    @property
    def read_share(self) -> int:
        return round(100 * self.read / self.sent) if self.sent else 0


def figures_of(campaign: Campaign) -> Figures:
    """Two queries."""
    rows = Recipient.objects.filter(campaign=campaign).values_list("state").annotate(count=Count("id"))
    counts = dict(rows.order_by("state"))
    read = Message.objects.filter(campaign=campaign, read_at__isnull=False).count()
    return Figures(
        queued=counts.get(Recipient.State.QUEUED, 0),
        sent=counts.get(Recipient.State.SENT, 0),
        skipped=counts.get(Recipient.State.SKIPPED, 0),
        read=read,
    )


def delivery_figures_of(campaign: Campaign) -> list[Ended]:
    """How many of its messages went which way by other channels. One query."""
    found = Delivery.objects.filter(message__campaign=campaign).values("channel", "state", "reason")
    rows = found.annotate(count=Count("id")).order_by("channel", "state", "reason")
    return [Ended(**row) for row in rows]


def running() -> QuerySet[Campaign]:
    """The most pressing first: an emergency before any other."""
    return Campaign.objects.filter(state__in=sorted(RUNNING)).order_by("-kind", "queued_at")
