"""The tables behind tickets: categories as a tree, limits, routing, reply templates."""

from dataclasses import dataclass, field

from django.db.models import Q

from zhijian.core.clock import local_date, now
from zhijian.core.dates import long_date
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post
from zhijian.tickets.models import Category, ReplyTemplate, RoutingRule, SlaRule, Ticket
from zhijian.tickets.rules.wording import fill


@dataclass(slots=True)
class Node:
    """A category with those below it."""

    category: Category
    children: "list[Node]" = field(default_factory=list)


def tree() -> list[Node]:
    """Active categories, in order. One query."""
    rows = list(Category.objects.filter(active=True).select_related("sla"))
    nodes = {row.pk: Node(row) for row in rows}
    top = []
    for row in rows:
        above = nodes.get(row.parent_id or 0)
        if above is not None:
            above.children.append(nodes[row.pk])
        elif row.parent_id is None:
            top.append(nodes[row.pk])
    return top


def leaves(kind: str = "") -> list[Category]:
    """Categories that take tickets."""
    found = Category.objects.filter(active=True, children__isnull=True).select_related("parent")
    return list(found.filter(kind=kind) if kind else found)


def slas() -> list[SlaRule]:
    return list(SlaRule.objects.order_by("code"))


def routing_rules() -> list[RoutingRule]:
    return list(RoutingRule.objects.select_related("department").order_by("position"))


def departments() -> list[Department]:
    return list(Department.objects.order_by("code"))


def takers() -> list[Department]:
    """Departments where somebody handles tickets, to which dispatching makes sense; in one query."""
    held = Q(holdings__post=Post.TICKET_OFFICER, holdings__staff__is_active=True)
    return list(Department.objects.filter(held).distinct().order_by("code"))


def covered(staff: Staff, post: str) -> list[Department]:
    return list(departments_in_scope(staff, post).order_by("code"))


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with the ticket's own values."""

    code: str
    name: str
    text: str


def templates_for(ticket: Ticket) -> list[Filled]:
    """Those of the category first, then of its kind, then of all. One query."""
    fitting = Q(category=ticket.category) | Q(category__isnull=True, kind__in=["", ticket.kind])
    found = ReplyTemplate.objects.filter(fitting)
    ordered = sorted(found, key=lambda one: (one.category_id is None, one.kind == "", one.code))
    values = values_of(ticket)
    return [Filled(one.code, one.name, fill(one.text, values)) for one in ordered]


def values_of(ticket: Ticket) -> dict[str, str]:
    """What the variables of a template stand for. Nothing of the person is among them."""
    office = ticket.department or ticket.suggested
    today = local_date(now())
    due = local_date(ticket.due_at) if ticket.due_at else None
    return {
        "编号": ticket.number,
        "标题": ticket.title,
        "部门": office.name,
        "电话": office.phone,
        "日期": long_date(today),
        "办结期限": long_date(due) if due else "",
    }
