"""Loads the demo city's categories, limits, routing, templates and tickets (see demo/tickets.json).

Tickets are replayed through the domain's own actions, each step at its own past moment. Loading again changes nothing.
"""

import io
from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from PIL import Image, ImageDraw

from zhijian.audit.actions import record
from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.forms import compile_form
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date, now, replaying
from zhijian.core.crypto import blind_index
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Staff
from zhijian.tickets import actions, errors
from zhijian.tickets.actions import photos
from zhijian.tickets.models import Category, ReplyTemplate, RoutingRule, SlaRule, Ticket
from zhijian.tickets.senders import Sender, nameless, sender_of

Row = Mapping[str, Any]


@transaction.atomic
def load_tickets(actor: Actor, data: Mapping[str, Any]) -> int:
    """Load the tables, then the tickets unless there are some already; returns how many. Raises DataWrong."""
    _tables(data)
    if Ticket.objects.exists():
        return 0
    present = now()
    oldest_first = sorted(data["tickets"], key=lambda row: -row["days_ago"])
    loaded = {row["title"]: _replay(row, present) for row in oldest_first}
    for row in data.get("merges", ()):
        with replaying(present - timedelta(hours=row["hours_ago"])):
            actions.merge(
                _staff(row["as"]).actor,
                ticket=loaded[row["from"]],
                into=loaded[row["into"]],
                reason=row["reason"],
            )
    record(actor, "tickets.loaded", subject="tickets", facts={"new": len(loaded)})
    return len(loaded)


def _tables(data: Mapping[str, Any]) -> None:
    for row in data["slas"]:
        SlaRule.objects.get_or_create(code=row["code"], defaults=dict(row))
    for order, row in enumerate(data["categories"]):
        _category(order, row)
    for row in data["routing"]:
        _rule(row)
    for row in data["templates"]:
        category = Category.objects.filter(code=row.get("category", "")).first()
        values = {"name": row["name"], "text": row["text"], "kind": row.get("kind", ""), "category": category}
        ReplyTemplate.objects.get_or_create(code=row["code"], defaults=values)


def _category(order: int, row: Row) -> None:
    values = {name: value for name, value in row.items() if name not in {"code", "sla", "parent"}}
    if row["questions"]:
        values["form"] = compile_form(FormSpec.model_validate(row["questions"]))
    try:
        values["sla"] = SlaRule.objects.get(code=row["sla"])
        values["parent"] = Category.objects.get(code=row["parent"]) if row["parent"] else None
    except (SlaRule.DoesNotExist, Category.DoesNotExist) as error:
        raise errors.DataWrong(f"分类“{row['name']}”的时限或上级不存在。") from error
    Category.objects.get_or_create(code=row["code"], defaults=values | {"order": order})


def _rule(row: Row) -> None:
    values = dict(row) | {"department": Department.objects.get(code=row["department"])}
    for name in ("starts", "ends"):
        if name in row:
            values[name] = time.fromisoformat(row[name])
    RoutingRule.objects.get_or_create(position=row["position"], defaults=values)


def _replay(row: Row, present: datetime) -> Ticket:
    sender = _sender(row)
    with replaying(_moment(row, present)):
        pictures = [photos.upload(sender=sender, file=_picture(colour)) for colour in row.get("photos", ())]
        draft = actions.Draft(
            category=row["category"],
            title=row["title"],
            body=row["body"],
            answers=row.get("answers", {}),
            place=actions.Place(**row.get("place", {})),
            photos=[photo.public_id for photo in pictures],
            share_consent=row.get("consent", False),
        )
        ticket = actions.submit(sender=sender, draft=draft).ticket
    for step in row.get("steps", ()):
        with replaying(_moment(step, present)):
            _do(ticket, step, sender)
    if "publish" in row:
        with replaying(_moment(row["steps"][-1], present) + timedelta(hours=3)):
            _publish(ticket, row["publish"])
    return ticket


def _moment(row: Row, present: datetime) -> datetime:
    """``days_ago``; with ``at``, at that time of day, where the routing asks for the hour."""
    moment = present - timedelta(days=row["days_ago"])
    return (
        datetime.combine(local_date(moment), time.fromisoformat(row["at"]), CHINA) if "at" in row else moment
    )


def _sender(row: Row) -> Sender:
    citizen = None
    if "person" in row:
        citizen = Citizen.objects.get(phone_index=blind_index("phone", row["person"]))
    return sender_of(citizen, device=row.get("device", "demo"), address="203.0.113.9")


def _do(ticket: Ticket, step: Row, sender: Sender) -> None:
    details = dict(step["with"])
    for name in ("department", "suggestion"):
        if name in details:
            details[name] = Department.objects.get(code=details[name])
    if "parts" in details:
        details["parts"] = [_part(*part) for part in details["parts"]]
    if step["as"] == "reporter":
        actor = sender.citizen.actor if sender.citizen else nameless(ticket.public_id)
    else:
        actor = _staff(step["as"]).actor
    verb: str = "return_to_dispatcher" if step["do"] == "return" else step["do"]
    getattr(actions, verb)(actor, ticket=ticket, **details)


def _part(department: str, category: str, body: str) -> actions.Part:
    return actions.Part(
        Department.objects.get(code=department),
        Category.objects.select_related("sla").get(code=category),
        body,
    )


def _publish(ticket: Ticket, text: Row) -> None:
    dispatcher = _staff("zw_ticket1").actor
    actions.prepare(dispatcher, ticket=ticket, text=actions.PublicText(**text))
    actions.publish(dispatcher, ticket=ticket)


def _staff(username: str) -> Staff:
    return Staff.objects.get(username=username)


def _picture(colour: str) -> SimpleUploadedFile:
    """A stand-in photograph: sky, ground, and something on it."""
    image = Image.new("RGB", (640, 480), "#c9d6e2")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 300, 640, 480), fill="#9aa4af")
    draw.rectangle((280, 120, 300, 320), fill=colour)
    draw.ellipse((250, 90, 330, 140), fill=colour)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return SimpleUploadedFile("现场.jpg", out.getvalue(), "image/jpeg")
