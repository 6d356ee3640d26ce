"""The inbox."""

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Schema, Status

from zhijian.identity.auth import citizen_of
from zhijian.messaging.actions import inbox as actions
from zhijian.messaging.api.router import router
from zhijian.messaging.models import Message
from zhijian.messaging.queries import inbox as queries
from zhijian.messaging.rules.channels import Priority
from zhijian.messaging.rules.purposes import PURPOSES

PurposeCode = Literal[
    "case_progress",
    "appointment",
    "licence_expiry",
    "ticket_progress",
    "consultation_feedback",
    "emergency",
    "policy",
    "city_activity",
    "service_tips",
    "consultation_news",
]


class MessageOut(Schema):
    """``link`` is a page of the app, or empty. ``urgency``: emergency, urgent or normal."""

    id: str
    purpose: str
    purpose_label: str
    purpose_label_en: str
    title: str
    body: str
    link: str
    urgency: Literal["emergency", "urgent", "normal"]
    read: bool
    at: datetime


class MessageDetail(MessageOut):
    """``why``: what made this person get the message. ``can_switch_off``: the purpose has a switch of its own."""

    why: str
    why_en: str
    purpose_words: str
    purpose_words_en: str
    can_switch_off: bool


class MessagePage(Schema):
    items: list[MessageOut]
    next_cursor: str | None


class UnreadOut(Schema):
    unread: int


@router.get("/messages", response=MessagePage)
def list_messages(
    request: HttpRequest, purpose: PurposeCode | None = None, cursor: str | None = None
) -> MessagePage:
    """我的消息，最近的在前；可以按用途筛选。"""
    citizen = citizen_of(request)
    page = queries.inbox(citizen, purpose=purpose or "", cursor=cursor)
    items = [MessageOut(**_shown(message, citizen.locale)) for message in page.items]
    return MessagePage(items=items, next_cursor=page.next_cursor)


@router.get("/messages/unread-count", response=UnreadOut)
def unread_count(request: HttpRequest) -> UnreadOut:
    """未读消息数。"""
    return UnreadOut(unread=queries.unread_count(citizen_of(request)))


@router.post("/messages/read-all", response=UnreadOut)
def read_all(request: HttpRequest) -> UnreadOut:
    """全部标为已读。"""
    citizen = citizen_of(request)
    actions.mark_all_read(citizen.actor, citizen=citizen)
    return UnreadOut(unread=queries.unread_count(citizen))


@router.get("/messages/{message_id}", response=MessageDetail)
def get_message(request: HttpRequest, message_id: str) -> MessageDetail:
    """一条消息，包括为什么收到。他人的消息回答“没有找到”，并记入审计。"""
    return _detail(request, queries.message_of(citizen_of(request), message_id))


@router.delete("/messages/{message_id}", response={204: None})
def delete_message(request: HttpRequest, message_id: str) -> Status[None]:
    """删除一条消息，内容不再保留。"""
    citizen = citizen_of(request)
    actions.delete_message(citizen.actor, message=queries.message_of(citizen, message_id))
    return Status(204, None)


@router.post("/messages/{message_id}/read", response=MessageDetail)
def read_message(request: HttpRequest, message_id: str) -> MessageDetail:
    """标为已读。"""
    citizen = citizen_of(request)
    message = actions.mark_read(citizen.actor, message=queries.message_of(citizen, message_id))
    return _detail(request, message)


def _detail(request: HttpRequest, message: Message) -> MessageDetail:
    why, why_en = queries.why(message)
    purpose = PURPOSES[message.purpose]
    return MessageDetail(
        **_shown(message, citizen_of(request).locale),
        why=why,
        why_en=why_en,
        purpose_words=purpose.words,
        purpose_words_en=purpose.words_en,
        can_switch_off=not purpose.necessary,
    )


def _shown(message: Message, locale: str) -> dict[str, Any]:
    purpose = PURPOSES[message.purpose]
    title, body = queries.text_of(message, locale)
    return {
        "id": message.public_id,
        "purpose": purpose.code,
        "purpose_label": purpose.label,
        "purpose_label_en": purpose.label_en,
        "title": title,
        "body": body,
        "link": message.link,
        "urgency": _URGENCY.get(message.priority, "normal"),
        "read": message.read_at is not None,
        "at": message.happened_at,
    }


_URGENCY = {int(Priority.EMERGENCY): "emergency", int(Priority.URGENT): "urgent"}
