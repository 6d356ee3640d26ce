"""A citizen's inbox."""

from django.db.models import QuerySet

from zhijian.audit.actions import record_refusal
from zhijian.core.pagination import Page, paginate
from zhijian.identity.models import Citizen, Locale
from zhijian.messaging.errors import MessageNotFound
from zhijian.messaging.models import Message
from zhijian.messaging.queries.templates import shipped
from zhijian.messaging.rules.purposes import PURPOSES


def visible_to(citizen: Citizen) -> QuerySet[Message]:
    """The citizen's own messages that they did not delete."""
    return Message.objects.filter(citizen=citizen, deleted_at=None)


def inbox(citizen: Citizen, *, purpose: str = "", cursor: str | None = None, size: int = 20) -> Page[Message]:
    """The latest first; ``purpose`` narrows. One query."""
    found = visible_to(citizen).select_related("campaign").defer("outside")
    if purpose:
        found = found.filter(purpose=purpose)
    return paginate(found, order=("-happened_at", "-id"), cursor=cursor, size=size)


def unread_count(citizen: Citizen) -> int:
    return visible_to(citizen).filter(read_at=None).count()


def message_of(citizen: Citizen, public_id: str) -> Message:
    """Raises MessageNotFound; reaching for another person's message is audited."""
    found = Message.objects.select_related("campaign").defer("outside").filter(public_id=public_id).first()
    if found is None or (found.citizen_id == citizen.pk and found.deleted_at is not None):
        raise MessageNotFound
    if found.citizen_id != citizen.pk:
        raise MessageNotFound(
            attempt=lambda: record_refusal(citizen.actor, "message.foreign", subject=f"message:{public_id}")
        )
    return found


def text_of(message: Message, locale: str) -> tuple[str, str]:
    """Title and body: as they were told, or a campaign's in the reader's language as far as it has one."""
    if message.campaign is None:
        return message.title or "", message.body or ""
    texts = message.campaign.texts
    text = texts.get("en") if locale == Locale.ENGLISH else None
    text = text if text and text["title"] else texts["zh"]
    return text["title"], text["body"]


def why(message: Message) -> tuple[str, str]:
    """Why this person has this message: the trigger, in Chinese and English."""
    template = shipped().get(message.template)
    if template is not None:
        return template.why["zh"], template.why["en"]
    purpose = PURPOSES[message.purpose]
    if purpose.necessary:
        return "这是发给全市或您所在区域的安全提示", "This is safety advice for the city or your district"
    return (
        f"您打开了“{purpose.label}”，并且符合这次发送的条件",
        f"You switched on “{purpose.label_en}” and fit what this was sent for",
    )
