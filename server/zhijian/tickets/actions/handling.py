"""The department's work: take it, get in touch, ask, consult, answer."""

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.core.words import tidy
from zhijian.organizations.models import Department
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks, turn
from zhijian.tickets.errors import need
from zhijian.tickets.models import CoHandling, Pause, Ticket
from zhijian.tickets.queries.facts import open_help
from zhijian.tickets.rules.acts import Action


@transaction.atomic
def accept(actor: Actor, *, ticket: Ticket) -> Ticket:
    """签收. Of two at once one wins; the other is told the state."""
    move = turn.begin(actor, ticket, Action.ACCEPT)
    move.row.assignee = move.staff
    return turn.finish(move)


@transaction.atomic
def claim(actor: Actor, *, ticket: Ticket) -> Ticket:
    """Take over from a colleague, or what nobody holds."""
    move = turn.begin(actor, ticket, Action.CLAIM)
    move.row.assignee = move.staff
    return turn.finish(move)


@transaction.atomic
def contact(actor: Actor, *, ticket: Ticket, note: str) -> Ticket:
    """先行联系: the first contact is put down, for the time it was due."""
    move = turn.begin(actor, ticket, Action.CONTACT)
    words = need("note", note, label="联系情况")
    move.row.contacted_at = move.at
    return turn.finish(move, opinion=words, note="承办部门已与您联系。" if not ticket.anonymous else "")


@transaction.atomic
def ask_more(actor: Actor, *, ticket: Ticket, question: str) -> Ticket:
    """The clock stands until the answer comes."""
    move = turn.begin(actor, ticket, Action.ASK_MORE)
    words = need("question", question, label="需要补充的内容", shortest=4)
    Pause.objects.create(ticket=move.row, question=words, started_at=move.at)
    move.row.contacted_at = move.row.contacted_at or move.at
    return turn.finish(move, note=words)


@transaction.atomic
def supplement(actor: Actor, *, ticket: Ticket, text: str) -> Ticket:
    """The reporter's answer; the clock runs again."""
    move = turn.begin(actor, ticket, Action.SUPPLEMENT)
    words = need("text", text, label="补充的情况")
    _end_pause(move, answer=words)
    return turn.finish(move, note=words)


@transaction.atomic
def resume(actor: Actor, *, ticket: Ticket, note: str = "") -> Ticket:
    """Go on without waiting any longer."""
    move = turn.begin(actor, ticket, Action.RESUME)
    _end_pause(move)
    return turn.finish(move, note=tidy(note)[:2000])


def _end_pause(move: turn.Turn, *, answer: str = "") -> None:
    pause = move.row.pauses.get(ended_at__isnull=True)
    pause.ended_at, pause.answer = move.at, answer
    pause.save(update_fields=["ended_at", "answer"])
    clocks.wind(move.row)


@transaction.atomic
def invite(actor: Actor, *, ticket: Ticket, department: Department, request: str) -> Ticket:
    """请部门协办. The answer stays the leading department's."""
    move = turn.begin(actor, ticket, Action.INVITE)
    words = need("request", request, label="请协办的事", shortest=4)
    asked = CoHandling.objects.filter(ticket=move.row, department=department).exists()
    if asked or department == move.row.department:
        raise errors.DepartmentWrong(
            fields=[FieldError("/department", "asked", "这个部门已经在办或已请协办，请选择另一个部门")]
        )
    CoHandling.objects.create(ticket=move.row, department=department, request=words, asked_at=move.at)
    return turn.finish(move, opinion=words, facts={"department": department.code})


@transaction.atomic
def co_answer(actor: Actor, *, ticket: Ticket, opinion: str) -> Ticket:
    """The helping department's view, for the leading one."""
    move = turn.begin(actor, ticket, Action.CO_ANSWER)
    words = need("opinion", opinion, label="协办意见")
    question = open_help(move.row, move.person)
    assert question is not None  # the guard says so
    question.opinion, question.answered_at = words, move.at
    question.save(update_fields=["opinion", "answered_at"])
    return turn.finish(move, opinion=words, facts={"department": question.department.code})


@transaction.atomic
def reply(actor: Actor, *, ticket: Ticket, text: str, seen: str | None = None) -> Ticket:
    """答复."""
    move = turn.begin(actor, ticket, Action.REPLY, seen=seen)
    move.row.reply = need("text", text, label="答复内容", shortest=5)
    move.row.replied_at = move.at
    move.row.contacted_at = move.row.contacted_at or move.at
    return turn.finish(move, note=move.row.reply)
