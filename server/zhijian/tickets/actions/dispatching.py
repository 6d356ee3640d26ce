"""Dispatch, forward, return, refuse and supervise tickets."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.organizations.models import Department
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.actions.parts import close_whole, part_of
from zhijian.tickets.errors import need
from zhijian.tickets.models import Category, Ticket
from zhijian.tickets.queries.routing import suggest
from zhijian.tickets.rules.acts import Action


@transaction.atomic
def dispatch(
    actor: Actor, *, ticket: Ticket, department: Department, note: str = "", urgent: bool | None = None
) -> Ticket:
    """派单. ``note`` stays in the office. ``urgent`` None keeps what the category says."""
    move = turn.begin(actor, ticket, Action.DISPATCH)
    move.row.department = department
    move.row.assignee = None
    if urgent is not None:
        move.row.urgent = urgent
    return turn.finish(move, opinion=tidy(note)[:2000], facts={"department": department.code})


@transaction.atomic
def answer_directly(actor: Actor, *, ticket: Ticket, text: str) -> Ticket:
    """直接答复: what needs no department."""
    move = turn.begin(actor, ticket, Action.ANSWER_DIRECTLY)
    move.row.reply = need("text", text, label="答复内容", shortest=5)
    move.row.replied_at = move.at
    move.row.contacted_at = move.row.contacted_at or move.at
    move.row.department = (move.staff and move.staff.department) or move.row.suggested
    return turn.finish(move, note=move.row.reply)


@transaction.atomic
def reclassify(actor: Actor, *, ticket: Ticket, category: Category) -> Ticket:
    """Another category of the same or another kind: limits and the suggested department follow it."""
    move = turn.begin(actor, ticket, Action.RECLASSIFY)
    if not category.active or category.children.exists():
        raise errors.CategoryWrong
    before = move.row.category.code
    move.row.category, move.row.kind = category, category.kind
    move.row.suggested = suggest(move.row).department
    clocks.take_limits(move.row)
    clocks.wind(move.row)
    return turn.finish(move, opinion=f"由“{before}”调整", facts={"category_before": before})


@transaction.atomic
def refuse(actor: Actor, *, ticket: Ticket, reason: str, elsewhere: str, seen: str | None = None) -> Ticket:
    """不予受理 always says why and where to turn instead."""
    move = turn.begin(actor, ticket, Action.REFUSE, seen=seen)
    why = need("reason", reason, label="不予受理的理由", shortest=5)
    where = need("elsewhere", elsewhere, label="可以向哪里反映", shortest=2)
    move.row.reply = f"不予受理：{why}\n您可以：{where}"
    move.row.closed_at = move.at
    done = turn.finish(move, note=move.row.reply)
    close_whole(done)
    return done


@transaction.atomic
def return_to_dispatcher(
    actor: Actor, *, ticket: Ticket, reason: str, suggestion: Department | None = None
) -> Ticket:
    """退回派单: not this department's matter. ``suggestion`` helps the dispatcher."""
    move = turn.begin(actor, ticket, Action.RETURN)
    words = need("reason", reason, label="退回的理由")
    if suggestion is not None and suggestion != move.row.department:
        move.row.suggested = suggestion
    facts = {"department": move.row.department.code if move.row.department else ""}
    move.row.department = move.row.assignee = None
    return turn.finish(move, opinion=words, facts=facts)


@transaction.atomic
def forward(actor: Actor, *, ticket: Ticket, department: Department, reason: str) -> Ticket:
    """转办 to another department. The clock goes on: whoever asked waits all the same."""
    move = turn.begin(actor, ticket, Action.FORWARD)
    words = need("reason", reason, label="转办的理由")
    if department == move.row.department:
        raise errors.DepartmentWrong(
            fields=[FieldError("/department", "same", "诉求已经在这个部门，请选择另一个部门")]
        )
    move.row.department, move.row.assignee = department, None
    return turn.finish(move, opinion=words, facts={"department": department.code})


@transaction.atomic
def supervise(actor: Actor, *, ticket: Ticket, note: str) -> Ticket:
    """督办: put the ticket under supervision and record the dispatcher's demand."""
    move = turn.begin(actor, ticket, Action.SUPERVISE)
    words = need("note", note, label="督办要求")
    move.row.supervised_at = move.at
    return turn.finish(move, opinion=words)


@dataclass(frozen=True, slots=True)
class Part:
    """One matter of several: what it is about, and whose it is."""

    department: Department
    category: Category
    body: str


@transaction.atomic
def split(actor: Actor, *, ticket: Ticket, parts: Sequence[Part]) -> Ticket:
    """拆分: each part is a ticket of its own at its own department; the whole closes when all parts have."""
    move = turn.begin(actor, ticket, Action.SPLIT)
    if len(parts) < 2 or len(parts) > 6:
        raise errors.SplitWrong
    for part in parts:
        need("parts", part.body, label="每一件的内容", shortest=5)
    move.row.assignee = None
    whole = turn.finish(move, note=f"已分成{len(parts)}件，由相关部门分别办理。", facts={"parts": len(parts)})
    for part in parts:
        part_of(whole, part.department, part.category, part.body, move)
    return whole
