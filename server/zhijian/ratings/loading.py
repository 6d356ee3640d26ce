"""Loads the demo's ratings (see demo/ratings.json): counter visits, what people said of them, and what was done about
the poor ones, each at its own past moment. Loading again changes nothing."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from zhijian.cases.models import Case
from zhijian.core.clock import now, replaying
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Hall, Staff
from zhijian.ratings import actions
from zhijian.ratings.actions import Opinion
from zhijian.ratings.actions.publishing import publish_figures
from zhijian.ratings.models import CounterVisit, Rating, Rectification
from zhijian.ratings.subjects import kind_of
from zhijian.ratings.subjects.counter import token_of
from zhijian.tickets.models import Ticket


@transaction.atomic
def load_ratings(rows: Mapping[str, Any]) -> int:
    """After cases and tickets. Returns how many were new: all, or none when there are some already."""
    if CounterVisit.objects.exists():
        return 0
    present = now()
    for row in sorted(rows["visits"], key=lambda row: -row["days_ago"]):
        _visit(row, present)
    for row in rows["cases"]:
        _case(row, present)
    for row in rows["tickets"]:
        _ticket(row, present)
    publish_figures()
    return len(rows["visits"]) + len(rows["cases"]) + len(rows["tickets"])


def _visit(row: Mapping[str, Any], present: datetime) -> None:
    moment = present - timedelta(days=row["days_ago"])
    with replaying(moment):
        visit = actions.issue_code(
            _staff(row["by"]).actor,
            hall=Hall.objects.get(code=row["hall"]),
            department=Department.objects.get(code=row["department"]),
            counter=row["counter"],
        )
    if row["stars"] is None:
        return
    with replaying(moment + timedelta(minutes=4)):
        rating = actions.rate_by_code(token=token_of(visit), opinion=_opinion(row), request_key="demo")
    for step in row["steps"]:
        with replaying(present - timedelta(days=step["days_ago"])):
            _do(rating, step)


def _case(row: Mapping[str, Any], present: datetime) -> None:
    """The person's latest case of the item, if it is over and still unrated."""
    index = blind_index("phone", row["person"])
    cases = Case.objects.filter(citizen__phone_index=index, item_code=row["item"], rated_at__isnull=True)
    case = cases.filter(concluded_at__isnull=False).order_by("-id").first()
    if case is not None:
        with replaying(present - timedelta(days=row["days_ago"])):
            actions.rate_case(case.citizen.actor, case=case, opinion=_opinion(row))


def _ticket(row: Mapping[str, Any], present: datetime) -> None:
    """The person's ticket of that title, as it was answered."""
    person = Citizen.objects.get(phone_index=blind_index("phone", row["person"]))
    ticket = next(one for one in Ticket.objects.filter(citizen=person) if one.title == row["title"])
    with replaying(present - timedelta(days=row["days_ago"])):
        subject = kind_of("ticket").resolve(ticket.public_id, citizen=person)
        actions.rate(person.actor, subject=subject, opinion=_opinion(row))


def _opinion(row: Mapping[str, Any]) -> Opinion:
    return Opinion(row["stars"], row["tags"], row["dimensions"], row["comment"])


def _do(rating: Rating, step: Mapping[str, Any]) -> None:
    details = dict(step["with"])
    if "officer" in details:
        details["officer"] = _staff(details["officer"])
    order = Rectification.objects.get(rating=rating)
    getattr(actions, step["do"])(_staff(step["as"]).actor, order=order, **details)


def _staff(username: str) -> Staff:
    return Staff.objects.select_related("department").get(username=username)
