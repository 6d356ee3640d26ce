"""提交: a ticket is checked, numbered, given its clocks, and sent where the routing table says."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from zhijian.catalog.forms import clean_form
from zhijian.core import locks
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.locks import Lock
from zhijian.core.words import tidy
from zhijian.core.workdays import Workdays
from zhijian.tickets import errors
from zhijian.tickets.actions import clocks, turn, twins
from zhijian.tickets.actions.flood import count
from zhijian.tickets.actions.parts import next_number
from zhijian.tickets.actions.photos import give
from zhijian.tickets.actions.places import Place, locate
from zhijian.tickets.models import Category, Ticket, TicketStep
from zhijian.tickets.queries.routing import suggest
from zhijian.tickets.queries.words import digest, hashed, tokens
from zhijian.tickets.rules import receipts, wording
from zhijian.tickets.rules.acts import Action
from zhijian.tickets.senders import Sender, nameless


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody wrote, as it came."""

    category: str
    title: str
    body: str
    answers: dict[str, Any] = field(default_factory=dict)
    place: Place = field(default_factory=Place)
    photos: Sequence[str] = ()
    share_consent: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """``receipt`` is the secret of an anonymous ticket, told this once; empty for a named one. ``steps``: what was done
    with it, nothing where it was merged into a twin."""

    ticket: Ticket
    receipt: str
    steps: Sequence[TicketStep]


@transaction.atomic
def submit(*, sender: Sender, draft: Draft) -> Sent:
    """Take a ticket.

    Raises SentTooOften, CategoryWrong, TicketWrong with every fault, OutsideCity, AlreadySent. The same words and answers
    about the same place, sent by others in the last days, join the ticket that is already open; they are looked for
    before it is sent on, for a department that gets a ticket has to do something with it.
    """
    category = _category(draft.category)
    title, body = _texts(draft)
    answers = _answers(category, draft.answers)
    same = digest(category.code, title, body, answers)
    locks.take(Lock.TICKET_SENDER, f"sender:{sender.key}", f"text:{same}", sharing=Lock.CALENDAR)
    count(sender, category)
    place = locate(draft.place, category)
    moment = now()
    receipt = "" if sender.citizen else _secret()
    ticket = Ticket(
        number=next_number(category.kind, moment),
        kind=category.kind,
        category=category,
        title=title,
        body=body,
        answers=answers,
        words=hashed(tokens(title, body)),
        digest=same,
        citizen=sender.citizen,
        receipt_hash=receipts.receipt_hash(receipt) if receipt else None,
        share_consent=draft.share_consent,
        urgent=category.urgent,
        submitted_at=moment,
        updated_at=moment,
        **place,
    )
    twin = twins.find(ticket)
    goal = twins.still_open(twin) if twin else None
    steps: Sequence[TicketStep] = _begin(ticket, sender, draft.photos, stays=goal is not None)
    if goal:
        ticket, steps = twins.join_twin(ticket, goal), ()
    return Sent(ticket, receipts.shown(receipt), steps)


def _begin(ticket: Ticket, sender: Sender, photos: Sequence[str], *, stays: bool) -> Sequence[TicketStep]:
    """Save it, and unless it ``stays``, already sent to the department that the table names where it says at once."""
    calendar = Workdays.for_writing(held=True)  # shared since the sender's lock was taken
    route = suggest(ticket, calendar=calendar)
    ticket.suggested = route.department
    clocks.start(ticket, ticket.submitted_at, calendar=calendar)
    actor = sender.citizen.actor if sender.citizen else nameless(ticket.public_id)
    code = route.department.code
    received = turn.LIFE.turn(ticket, Action.SUBMIT, actor, at=ticket.submitted_at)
    told = [(received, "", {"suggested": code})]
    if route.auto and not stays:
        sent = turn.LIFE.turn(ticket, Action.DISPATCH, SYSTEM, at=ticket.submitted_at)
        told.append((sent, f"派单规则：{route.rule}", {"department": code}))
        ticket.department, ticket.state = route.department, sent.target
    clocks.sort(ticket)
    ticket.save()
    give(ticket, sender, photos)
    return turn.LIFE.tell_all(told)


def _category(code: str) -> Category:
    leaves = Category.objects.filter(active=True, children__isnull=True)
    found = leaves.select_related("sla", "parent").filter(code=code).first()
    if found is None:
        raise errors.CategoryWrong(fields=[FieldError("/category", "choice", errors.CategoryWrong.title)])
    return found


def _texts(draft: Draft) -> tuple[str, str]:
    title, body = tidy(draft.title).replace("\n", " "), tidy(draft.body)
    faults = []
    if not 2 <= len(title) <= wording.TITLE_MAX:
        faults.append(FieldError("/title", "length", f"标题请写2到{wording.TITLE_MAX}个字"))
    if not wording.BODY_MIN <= len(body) <= wording.BODY_MAX:
        words = f"内容请写{wording.BODY_MIN}到{wording.BODY_MAX}个字"
        faults.append(FieldError("/body", "length", words))
    if faults:
        raise errors.TicketWrong(fields=faults)
    return title, body


def _answers(category: Category, given: dict[str, Any]) -> dict[str, Any]:
    if not category.form:
        if given:
            words = "这个分类没有要补充回答的问题，请重新选择分类"
            raise errors.TicketWrong(fields=[FieldError("/answers", "unknown", words)])
        return {}
    checked = clean_form(category.form, given)
    if checked.errors:
        raise errors.TicketWrong(
            fields=[FieldError(f"/answers{e.path}", e.code, e.message) for e in checked.errors]
        )
    return checked.values


def _secret() -> str:
    return "".join(secrets.choice(receipts.ALPHABET) for _ in range(receipts.LENGTH))
