"""Trying a campaign on oneself before it is approved."""

from datetime import timedelta

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.ids import new_id
from zhijian.identity.queries import citizen_by_phone
from zhijian.identity.rules import clean_phone
from zhijian.messaging import errors
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.models import Campaign, CampaignStep, Message
from zhijian.messaging.rules import campaigns as rules
from zhijian.messaging.rules.campaigns import Act
from zhijian.messaging.rules.channels import Priority
from zhijian.organizations.models import Staff

_DAY = timedelta(days=1)


@transaction.atomic
def send_test(actor: Actor, *, staff: Staff, campaign: Campaign, phone: str) -> Message:
    """Put the draft into the inbox of the author's own account, marked as a test. Five a day for each author.

    Raises NotNow, NotYours, RecipientUnknown, TestsTooOften.
    """
    locked = turn.begin(actor, staff, campaign, Act.TEST)
    done = CampaignStep.objects.filter(act=Act.TEST, actor_key=actor.key, at__gt=now() - _DAY).count()
    if done >= rules.TESTS_A_DAY:
        raise errors.TestsTooOften(retry_after=int(_DAY.total_seconds()))
    number = clean_phone(phone)
    citizen = citizen_by_phone(number) if number else None
    if citizen is None:
        raise errors.RecipientUnknown
    text = locked.texts["zh"]
    moment = now()
    message = Message.objects.create(
        citizen=citizen,
        purpose=locked.purpose,
        title=f"【测试】{text['title']}",
        body=text["body"],
        link=locked.link,
        dedupe_key=f"test:{locked.public_id}:{new_id(12)}",
        priority=Priority.NORMAL,
        happened_at=moment,
        created_at=moment,
    )
    turn.finish(actor, locked, Act.TEST)
    return message
