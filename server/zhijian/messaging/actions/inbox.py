"""What a citizen does with messages."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.messaging.models import Message
from zhijian.messaging.queries.inbox import visible_to


def mark_read(actor: Actor, *, message: Message) -> Message:
    """Reading again changes nothing."""
    if message.read_at is None:
        message.read_at = now()
        Message.objects.filter(pk=message.pk, read_at=None).update(read_at=message.read_at)
    return message


def mark_all_read(actor: Actor, *, citizen: Citizen) -> int:
    """How many were unread."""
    return visible_to(citizen).filter(read_at=None).update(read_at=now())


@transaction.atomic
def delete_message(actor: Actor, *, message: Message) -> None:
    """The text is gone for good; that it was told stays known, so that it isn't told again."""
    Message.objects.filter(pk=message.pk).update(
        deleted_at=now(), title=None, body=None, outside=None, link=""
    )
    record(
        actor, "message.deleted", subject=f"message:{message.public_id}", facts={"purpose": message.purpose}
    )
