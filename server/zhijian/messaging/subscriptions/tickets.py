"""Notifications for tickets: reporters, reporters of merged tickets, followers of public ones.

Reporters who withdrew are told nothing more; anonymous reporters have no inbox.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from enum import Enum
from typing import Any

from django.db.models import Q

from zhijian.core.dates import day_of, weekday_date, weekday_date_en
from zhijian.identity.models import Citizen
from zhijian.messaging.queries.holding import Holds
from zhijian.messaging.subscriptions.base import Notice, tell, tell_all
from zhijian.tickets import events
from zhijian.tickets.models import Follower, Ticket, TicketStep
from zhijian.tickets.queries.rating import may_rate
from zhijian.tickets.queries.sharing import others_of
from zhijian.tickets.rules import kinds
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.rules.states import OPEN, RUNNING, WITH_DEPARTMENT, State

_NOUNS = {kinds.Kind.REPORT: "report", kinds.Kind.PRAISE: "word of praise"}
_WITHDRAWN = Q(left_at__isnull=False) | Q(state=State.WITHDRAWN)


class Whom(Enum):
    """Who hears of what happens to a ticket: of its reporter and the others whose tickets were merged into it."""

    REPORTER = 1
    WHO_ANSWERS = 2  # the reporter; once they have left, the others in their place
    ALL = 3  # of the parts of a split one only its reporter: the others hear of the whole
    ALL_EVEN_OF_PARTS = 4


def _ticket(public_id: str) -> Ticket:
    related = ("citizen", "department", "suggested", "publication")
    return Ticket.objects.select_related(*related).get(public_id=public_id)


def _step(ticket: Ticket, actions: Collection[str]) -> TicketStep | None:
    return ticket.steps.filter(action__in=actions).order_by("-id").first()


def _link(ticket: Ticket) -> str:
    return f"/pages/ticket/detail?id={ticket.public_id}"


def _people(ticket: Ticket, whom: Whom) -> Iterator[tuple[Citizen, Ticket]]:
    """Whom the ticket concerns, each once, and the ticket of theirs."""
    told = set()
    own = [ticket] if ticket.left_at is None else []
    others = {
        Whom.REPORTER: False,
        Whom.WHO_ANSWERS: not own,
        Whom.ALL: ticket.parent_id is None,
        Whom.ALL_EVEN_OF_PARTS: True,
    }
    if others[whom]:
        own += others_of(ticket).select_related("citizen")
    for one in own:
        if one.citizen is not None and one.citizen_id not in told:
            told.add(one.citizen_id)
            yield one.citizen, one


def _while(actions: Collection[str], *states: State) -> Holds:
    """Holds while the ticket is in one of these states, the same was not said again by a later step, and whoever is
    told has not withdrawn their own."""

    def holds(ticket_id: str, step: int | None, own: str) -> bool:
        if Ticket.objects.filter(_WITHDRAWN, public_id=own).exists():
            return False
        ticket = Ticket.objects.filter(public_id=ticket_id, state__in=states).first()
        if ticket is None:
            return False
        newest = _step(ticket, actions)
        return newest is None or newest.pk == step

    return holds


def _of_ticket(
    actions: Collection[str],
    template: str,
    *names: str,
    during: Iterable[State],
    whom: Whom = Whom.ALL,
    unless: Callable[[TicketStep], bool] = lambda step: False,
) -> None:
    """Tell ``whom`` with these variables; it holds ``during`` these states."""

    def build(ticket_id: str, **_: Any) -> Iterator[Notice]:
        ticket = _ticket(ticket_id)
        step = _step(ticket, actions)
        if step is not None and unless(step):
            return
        variables = {name: _VARIABLES[name](ticket) for name in names}
        key = f"{ticket_id}:{step.pk if step else ticket.clock_started_at.isoformat()}"
        for citizen, own in _people(ticket, whom):
            theirs = variables if own == ticket else {**variables, **_of_others(names)}
            about = {"ticket_id": ticket_id, "step": step.pk if step else None, "own": own.public_id}
            yield Notice(citizen, key, theirs, _link(own), step.at if step else None, about)

    holds = _while(actions, *during)
    tell_all(events.TicketEvent, template, build, holds=holds, actions=actions)


def _of_others(names: Sequence[str]) -> dict[str, Any]:
    """What differs for those whose ticket was merged: only the reporter rates."""
    return {"ask": {"zh": "", "en": ""}} if "ask" in names else {}


def _by_routing(step: TicketStep) -> bool:
    """Sent on in the moment it came: that it was received has just been told."""
    return step.actor_kind == "system"


def _kind(ticket: Ticket) -> dict[str, str]:
    kind = kinds.Kind(ticket.kind)
    return {"zh": str(kind.label), "en": _NOUNS.get(kind, kinds.LABELS_EN[kind].lower())}


def _office(ticket: Ticket) -> dict[str, str]:
    office = ticket.department or ticket.suggested
    return {"zh": office.name, "en": office.name_en}


def _promise(ticket: Ticket) -> dict[str, str]:
    due = day_of((ticket.merged_into or ticket).due_at)
    if due is None:
        return {"zh": "", "en": ""}
    words, words_en = weekday_date(due, this_year=0), weekday_date_en(due, this_year=0)
    return {"zh": f"最晚{words}前答复您。", "en": f"You will have an answer by {words_en}."}


def _until(ticket: Ticket) -> dict[str, str]:
    day = day_of(ticket.reopen_until)
    if day is None:
        return {"zh": "", "en": ""}
    words, words_en = weekday_date(day, this_year=0), weekday_date_en(day, this_year=0)
    return {
        "zh": f"不满意可以在{words}前要求重办。",
        "en": f"If you are not content, ask again by {words_en}.",
    }


def _ask(ticket: Ticket) -> dict[str, str]:
    if not may_rate(ticket):
        return {"zh": "", "en": ""}
    return {
        "zh": "请评价这次办理，一星和二星会有专人联系您整改。",
        "en": "Please rate how it was handled; one or two stars are followed up with you.",
    }


_VARIABLES: dict[str, Callable[[Ticket], Any]] = {
    "kind": _kind,
    "number": lambda ticket: ticket.number,
    "office": _office,
    "promise": _promise,
    "until": _until,
    "ask": _ask,
}


def _merged(ticket_id: str, into_id: str) -> Notice | None:
    ticket = _ticket(ticket_id)
    if ticket.citizen is None:
        return None
    variables = {"kind": _kind(ticket), "number": _ticket(into_id).number}
    step = ticket.steps.filter(action=Action.MERGE).order_by("-id").first()
    about = {"ticket_id": ticket_id, "into_id": into_id}
    return Notice(
        ticket.citizen, f"{ticket_id}:{step.pk if step else into_id}", variables, _link(ticket), about=about
    )


def _goes_on_there(*, ticket_id: str, into_id: str) -> bool:
    return Ticket.objects.filter(public_id=ticket_id, merged_into__public_id=into_id).exists()


def _followed(ticket_id: str, **_: Any) -> Iterator[Notice]:
    """What is public has an answer: for those who chose to follow, who may read no more than that."""
    ticket = _ticket(ticket_id)
    publication, step = ticket.publication, _step(ticket, {Action.PUBLISH})
    if not publication.answer or publication.status != "confirmed":
        return
    chosen = ticket.followers.filter(origin=Follower.Origin.FOLLOWED).select_related("citizen")
    for one in chosen.iterator(chunk_size=500):
        yield Notice(
            one.citizen,
            f"{ticket_id}:{step.pk if step else ''}",
            {"title": publication.title},
            f"/pages/ticket/public?id={publication.public_id}",
            step.at if step else None,
            {"ticket_id": ticket_id},
        )


def _public(*, ticket_id: str) -> bool:
    return _ticket(ticket_id).publication.status == "confirmed"


_OPEN_WORK = sorted(RUNNING | {State.SUPPLEMENT})

_of_ticket({Action.SUBMIT}, "ticket.received", "kind", "number", "promise", during=OPEN, whom=Whom.REPORTER)
_of_ticket(
    events.DISPATCHED,
    "ticket.dispatched",
    "kind",
    "office",
    "promise",
    during=WITH_DEPARTMENT,
    whom=Whom.REPORTER,
    unless=_by_routing,
)
_of_ticket(
    {Action.ASK_MORE},
    "ticket.more_asked",
    "kind",
    "office",
    during=[State.SUPPLEMENT],
    whom=Whom.WHO_ANSWERS,
)
_of_ticket({Action.APPROVE_EXTENSION}, "ticket.extended", "kind", "office", "promise", during=WITH_DEPARTMENT)
_of_ticket({events.OVERDUE}, "ticket.overdue", "kind", "office", during=_OPEN_WORK)
_of_ticket(
    events.REPLIED,
    "ticket.replied",
    "kind",
    "number",
    "office",
    during=[State.REPLIED, State.CLOSED],
    whom=Whom.ALL_EVEN_OF_PARTS,
)
_of_ticket(
    {Action.REFUSE},
    "ticket.refused",
    "kind",
    "number",
    during=[State.REFUSED],
    whom=Whom.ALL_EVEN_OF_PARTS,
)
_of_ticket({Action.REOPEN}, "ticket.reopened", "kind", "office", "promise", during=WITH_DEPARTMENT)
_of_ticket(events.CLOSED, "ticket.closed", "kind", "number", "until", "ask", during=[State.CLOSED])
tell(events.TicketMerged, "ticket.merged", _merged, holds=_goes_on_there)
tell_all(events.TicketEvent, "ticket.followed", _followed, holds=_public, actions={Action.PUBLISH})
