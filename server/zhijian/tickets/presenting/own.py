"""A person's own ticket."""

from datetime import datetime
from typing import Any

from zhijian.core.actor import Actor
from zhijian.core.clock import local_date
from zhijian.core.dates import day_of
from zhijian.tickets.models import Extension, Ticket, TicketStep
from zhijian.tickets.presenting import shapes
from zhijian.tickets.presenting.sentences import Scene, sentence
from zhijian.tickets.presenting.sharing import answer_to_others, as_withdrawn, asked_in
from zhijian.tickets.queries.facts import facts_of, roles_of
from zhijian.tickets.queries.rating import may_rate
from zhijian.tickets.queries.standing import standing
from zhijian.tickets.rules import kinds, states, table
from zhijian.tickets.rules.acts import INTERNAL, LABELS_EN, Action
from zhijian.tickets.rules.states import RUNNING, State

_OFFERED: dict[Action, shapes.TicketAction] = {
    Action.SUPPLEMENT: "supplement",
    Action.REOPEN: "reopen",
    Action.WITHDRAW: "withdraw",
}


def summary(ticket: Ticket, moment: datetime) -> shapes.TicketSummary:
    """``ticket`` with its category, department and the one it was merged into; no query."""
    return shapes.TicketSummary(**_fields(as_withdrawn(ticket), moment))


def _fields(ticket: Ticket, moment: datetime) -> dict[str, Any]:
    words, words_en = sentence(scene_of(ticket, moment))
    stands = standing(ticket, moment)
    return {
        "id": ticket.public_id,
        "number": ticket.number,
        "kind": ticket.kind,
        "kind_label": kinds.Kind(ticket.kind).label,
        "category": category_ref(ticket),
        "title": ticket.title,
        "state": ticket.state,
        "state_label": states.label(ticket.state),
        "state_label_en": states.label_en(ticket.state),
        "sentence": words,
        "sentence_en": words_en,
        "light": stands.light,
        "due_on": day_of(ticket.due_at) if ticket.state in RUNNING else None,
        "submitted_at": ticket.submitted_at,
        "updated_at": ticket.updated_at,
        "waiting_for_you": asked_in(ticket) is not None,
    }


def scene_of(ticket: Ticket, moment: datetime, *, extended: bool = False) -> Scene:
    office = ticket.department.name if ticket.department else "承办部门"
    office_en = (ticket.department.name_en if ticket.department else "") or "the department"
    return Scene(
        state=State(ticket.state),
        office=office,
        office_en=office_en,
        today=local_date(moment),
        due=day_of(ticket.due_at),
        overdue=ticket.due_at is not None and moment > ticket.due_at,
        merged_into=ticket.merged_into.number if ticket.merged_into else "",
        reopen_until=day_of(ticket.reopen_until),
        extended=extended,
        shared=ticket.left_at is not None,
    )


def category_ref(ticket: Ticket) -> shapes.CategoryRef:
    return shapes.CategoryRef(
        code=ticket.category.code, name=ticket.category.name, name_en=ticket.category.name_en
    )


def detail(ticket: Ticket, actor: Actor, moment: datetime) -> shapes.TicketDetail:
    """``ticket`` as :func:`queries.staff.whole` reads it."""
    offered = _actions(ticket, actor, moment)
    ticket = as_withdrawn(ticket)
    days = _extended(ticket)
    words, words_en = sentence(scene_of(ticket, moment, extended=bool(days)))
    return shapes.TicketDetail(
        **(_fields(ticket, moment) | {"sentence": words, "sentence_en": words_en}),
        body=ticket.body,
        answers=ticket.answers,
        place=place(ticket),
        photos=[photo(one) for one in ticket.photos.all()],
        anonymous=ticket.anonymous,
        share_consent=ticket.share_consent,
        urgent=ticket.urgent,
        department=_department(ticket.merged_into or ticket),
        clock=_clock_of_shared(ticket.merged_into) if ticket.merged_into else _clock(ticket, days),
        question=_question(ticket),
        reply=_reply(ticket),
        steps=[*_steps_of_shared(ticket), *steps(ticket)],
        parts=[summary(part, moment) for part in ticket.parts.all()],
        merged_into=_merged(ticket, moment),
        merged_count=sum(one.left_at is None for one in ticket.merged.all()),
        reopened=ticket.reopened,
        reopen_until=ticket.reopen_until,
        resolved=ticket.resolved,
        rating=_rating(ticket),
        public_id=_public_id(ticket),
        actions=offered,
    )


def _department(ticket: Ticket) -> shapes.DepartmentRef | None:
    office = ticket.department
    return (
        shapes.DepartmentRef(code=office.code, name=office.name, name_en=office.name_en, phone=office.phone)
        if office
        else None
    )


def place(ticket: Ticket) -> shapes.TicketPlaceOut:
    return shapes.TicketPlaceOut(
        kind=kinds.PlaceKind(ticket.place_kind),
        latitude=ticket.latitude,
        longitude=ticket.longitude,
        address=ticket.address,
        hall=ticket.hall.code if ticket.hall else None,
        hall_name=ticket.hall.name if ticket.hall else None,
        hall_name_en=ticket.hall.name_en if ticket.hall else None,
        region=ticket.region.code if ticket.region else None,
        region_name=ticket.region.name if ticket.region else None,
        region_name_en=ticket.region.name_en if ticket.region else None,
    )


def photo(one: Any) -> shapes.PhotoOut:
    return shapes.PhotoOut(id=one.public_id, size=one.file.size, mime=one.file.mime)


def _clock(ticket: Ticket, days: int) -> shapes.ClockOut:
    pauses = [
        shapes.PauseOut(
            started_at=pause.started_at, ended_at=pause.ended_at, question=pause.question, answer=pause.answer
        )
        for pause in ticket.pauses.all()
    ]
    return shapes.ClockOut(
        started_at=ticket.clock_started_at,
        contact_due_at=ticket.contact_due_at,
        contacted_at=ticket.contacted_at,
        due_at=ticket.due_at,
        rule=ticket.due_rule,
        extended_days=days,
        paused=ticket.state == State.SUPPLEMENT,
        pauses=pauses,
    )


def _clock_of_shared(ticket: Ticket) -> shapes.ClockOut:
    """For whoever reported the same: when the answer is due. Whom the office calls, and asks what, is another's."""
    return shapes.ClockOut(
        started_at=ticket.clock_started_at,
        contact_due_at=None,
        contacted_at=None,
        due_at=ticket.due_at,
        rule=ticket.due_rule,
        extended_days=0,
        paused=ticket.state == State.SUPPLEMENT,
        pauses=[],
    )


def _steps_of_shared(ticket: Ticket) -> list[shapes.StepOut]:
    """What the offices did with the ticket that went on since this one was merged into it, the latest first: without
    words, and nothing of what its other reporters did."""
    if ticket.merged_into is None or ticket.left_at is not None:
        return []
    since = max((step.at for step in ticket.steps.all()), default=ticket.submitted_at)
    offices = (
        ticket.merged_into.steps.exclude(actor_kind="citizen")
        .filter(at__gt=since)
        .exclude(action__in=INTERNAL)
    )
    return [_step(step, notes=False) for step in offices.order_by("-pk")]


def _extended(ticket: Ticket) -> int:
    granted = Extension.Status.APPROVED
    return sum(one.days for one in ticket.extensions.all() if one.status == granted)


def _question(ticket: Ticket) -> str:
    """What the person is to add now; empty when nothing is asked."""
    asked = asked_in(ticket)
    pauses = asked.pauses.all() if asked else ()
    return next((pause.question for pause in pauses if pause.ended_at is None), "")


def _rating(ticket: Ticket) -> shapes.TicketRatingRef | None:
    if ticket.stars is None or ticket.rated_at is None:
        return None
    return shapes.TicketRatingRef(stars=ticket.stars, at=ticket.rated_at)


def _reply(ticket: Ticket) -> shapes.ReplyOut | None:
    """The answer. To whoever reported the same, that of the ticket which went on, without what looks personal in it."""
    answered = ticket.merged_into or ticket
    text, at = ticket.reply, ticket.replied_at or ticket.closed_at
    if ticket.merged_into is not None:
        text, at = answer_to_others(answered)
    if not text or at is None:
        return None
    office = answered.department or answered.suggested
    return shapes.ReplyOut(department=office.name, department_en=office.name_en, text=text, at=at)


def steps(ticket: Ticket, *, notes: bool = True) -> list[shapes.StepOut]:
    """The latest first; posts, never persons; the office's own opinions stay inside."""
    told = [step for step in ticket.steps.all() if step.action not in INTERNAL]
    if ticket.left_at is not None:
        told = [step for step in told if step.at <= ticket.left_at]
    return [_step(step, notes=notes) for step in sorted(told, key=lambda step: step.pk, reverse=True)]


def _step(step: TicketStep, *, notes: bool) -> shapes.StepOut:
    return shapes.StepOut(
        at=step.at,
        action=step.action,
        label=str(Action(step.action).label),
        label_en=LABELS_EN[Action(step.action)],
        post=step.post,
        note=(step.note or "") if notes else "",
    )


def _merged(ticket: Ticket, moment: datetime) -> shapes.MergedOut | None:
    goal = ticket.merged_into
    if goal is None:
        return None
    words, words_en = sentence(scene_of(goal, moment))
    return shapes.MergedOut(
        number=goal.number,
        state=State(goal.state),
        state_label=states.label(goal.state),
        state_label_en=states.label_en(goal.state),
        sentence=words,
        sentence_en=words_en,
        public_id=_public_id(goal),
    )


def _public_id(ticket: Ticket) -> str | None:
    publication = getattr(ticket, "publication", None)
    if publication is None or publication.status != "confirmed":
        return None
    return str(publication.public_id)


def _actions(ticket: Ticket, actor: Actor, moment: datetime) -> list[shapes.TicketAction]:
    """Whoever was merged asks the one that went on to be done again, answers what it asks, and leaves by their own."""
    allowed = {*_possible(ticket, actor, moment)}
    if ticket.merged_into is not None:
        allowed |= {*_possible(ticket.merged_into, actor, moment)} - {Action.WITHDRAW}
    offered = [name for action, name in _OFFERED.items() if action in allowed]
    return ["rate", *offered] if may_rate(ticket) else offered


def _possible(ticket: Ticket, actor: Actor, moment: datetime) -> list[Action]:
    return table.TABLE.possible(ticket.state, roles_of(actor, None, ticket), facts_of(ticket, None, moment))
