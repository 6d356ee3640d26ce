"""Trying a campaign on oneself before it is approved."""

from datetime import timedelta

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.ids import new_id
from zhijian.identity.queries import citizen_by_phone
from zhijian.identity.rules import clean_phone
from zhijian.messaging import errors
from zhijian.messaging.actions.campaigns import turn
from zhijian.messaging.models import Campaign, CampaignStep, Message
from zhijian.messaging.rules import campaigns as rules
from zhijian.messaging.rules.campaigns import Act
from zhijian.messaging.rules.channels import Priority

_DAY = timedelta(days=1)


@transaction.atomic
def send_test(actor: Actor, *, campaign: Campaign, phone: str) -> Message:
    """Put the draft into the inbox of the author's own account, marked as a test. Five a day for each author.

    Raises NotNow, NotYours, RecipientUnknown, TestsTooOften.
    """
    begun = turn.begin(actor, campaign, Act.TEST)
    row, since = begun.row, begun.at - _DAY
    done = CampaignStep.objects.filter(action=Act.TEST, actor_key=actor.key, at__gt=since).count()
    if done >= rules.TESTS_A_DAY:
        raise errors.TestsTooOften(retry_after=int(_DAY.total_seconds()))
    number = clean_phone(phone)
    citizen = citizen_by_phone(number) if number else None
    if citizen is None:
        raise errors.RecipientUnknown
    text = row.texts["zh"]
    message = Message.objects.create(
        citizen=citizen,
        purpose=row.purpose,
        title=f"【测试】{text['title']}",
        body=text["body"],
        link=row.link,
        dedupe_key=f"test:{row.public_id}:{new_id(12)}",
        priority=Priority.NORMAL,
        happened_at=begun.at,
        created_at=begun.at,
    )
    turn.finish(begun)
    return message
