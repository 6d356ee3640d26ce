"""Messages under contention: told once, one consent one message, one approval, one batch a person."""

import pytest
from django.db import connection
from identity.factories import CitizenFactory
from messaging.factories import Desk, queued_campaign, reader, submitted_campaign, tell_urgently
from support.threads import at_once

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.messaging.actions import campaigns, deliver, notify
from zhijian.messaging.actions.deliver import deliver as deliver_one
from zhijian.messaging.adapters.base import Letter
from zhijian.messaging.errors import NotNow
from zhijian.messaging.models import (
    Campaign,
    CampaignStep,
    ChannelAddress,
    ConsentGrant,
    ConsentUse,
    Delivery,
    Message,
    Recipient,
)
from zhijian.messaging.rules.campaigns import Act, State

pytestmark = pytest.mark.django_db(transaction=True)


class Counter:
    """Stands where a channel stands, and counts."""

    knows_repeats = True

    def __init__(self) -> None:
        self.keys: list[str] = []

    def send(self, letter: Letter) -> str:
        self.keys.append(letter.key)
        return "receipt"


@pytest.fixture
def channel(monkeypatch: pytest.MonkeyPatch) -> Counter:
    found = Counter()
    monkeypatch.setattr(deliver, "adapter_of", lambda code: found)
    return found


def test_told_once_by_many_at_once() -> None:
    citizen = CitizenFactory()
    item = {"item": {"zh": "居住证办理", "en": "Residence permit"}}
    results = at_once(
        [lambda: notify(SYSTEM, citizen=citizen, template="case.concluded", variables=item, dedupe_key="one")]
        * 6
    )
    assert {result.pk for result in results} == {Message.objects.get().pk}
    assert Delivery.objects.count() == 1


def test_one_delivery_many_workers(channel: Counter) -> None:
    tell_urgently(CitizenFactory())
    Delivery.objects.update(channel="sms")
    key = Delivery.objects.get().public_id
    results = at_once([lambda: deliver_one(delivery_id=key)] * 6)
    assert results.count(True) == 1
    assert channel.keys == [key]


def test_one_consent_one_message(channel: Counter) -> None:
    citizen = CitizenFactory()
    ChannelAddress.objects.create(
        citizen=citizen,
        channel="wechat",
        address="o1",
        address_index=blind_index("openid", "o1"),
        bound_at=now(),
    )
    for _ in range(2):
        ConsentGrant.objects.create(citizen=citizen, template_id="CASE_PROGRESS", accepted=True, at=now())
    for number in range(6):
        tell_urgently(citizen, key=str(number))
    keys = list(Delivery.objects.values_list("public_id", flat=True))
    at_once([lambda key=key: deliver_one(delivery_id=key) for key in keys])  # type: ignore[misc]
    wechat = Delivery.objects.filter(channel="wechat")
    assert wechat.filter(state="sent").count() == 2
    assert wechat.filter(state="skipped", reason="no_consent").count() == 4
    assert ConsentUse.objects.count() == len(channel.keys) == 2


def test_the_daily_limit_holds_for_all_workers_together(channel: Counter) -> None:
    citizen = CitizenFactory()
    for number in range(8):
        tell_urgently(citizen, key=str(number))
    Delivery.objects.update(channel="sms")
    keys = list(Delivery.objects.values_list("public_id", flat=True))
    at_once([lambda key=key: deliver_one(delivery_id=key) for key in keys])  # type: ignore[misc]
    assert Delivery.objects.filter(channel="sms", state="sent").count() == len(channel.keys) == 5


def test_two_approvals_at_once() -> None:
    desk = Desk()
    campaign = submitted_campaign(desk)
    results = at_once(
        [
            lambda: campaigns.approve(desk.colleague.actor, campaign=campaign),
            lambda: campaigns.approve(desk.supervisor.actor, campaign=campaign),
        ]
    )
    assert sum(isinstance(result, Campaign) for result in results) == 1
    assert sum(isinstance(result, NotNow) for result in results) == 1
    assert CampaignStep.objects.filter(action=Act.APPROVE).count() == 1


def test_two_starts_at_once_queue_once() -> None:
    desk = Desk()
    for _ in range(5):
        reader()
    campaign = submitted_campaign(desk)
    campaigns.approve(desk.colleague.actor, campaign=campaign)
    results = at_once([lambda: campaigns.start(desk.author.actor, campaign=campaign)] * 3)
    assert sum(isinstance(result, NotNow) for result in results) == 2
    assert Recipient.objects.count() == 5


def _work(public_id: str) -> int:
    count = 0
    while sent := campaigns.send_batch(campaign_id=public_id, size=3):
        count += sent
    return count


def test_many_workers_share_a_campaign() -> None:
    people = {reader().pk for _ in range(40)}
    campaign = queued_campaign(Desk())
    results = at_once([lambda: _work(campaign.public_id)] * 4)
    assert sum(results) == 40
    assert sorted(Message.objects.values_list("citizen", flat=True)) == sorted(people)
    _work(campaign.public_id)
    campaign.refresh_from_db()
    assert campaign.state == State.DONE
    assert CampaignStep.objects.filter(action=Act.FINISH).count() == 1


def test_nothing_goes_out_after_a_stop() -> None:
    for _ in range(30):
        reader()
    desk = Desk()
    campaign = queued_campaign(desk)
    sent_at_stop: list[int] = []

    def stop() -> None:
        campaigns.stop(desk.author.actor, campaign=campaign, note="时间有变")
        sent_at_stop.append(Message.objects.count())
        connection.close()

    at_once([lambda: _work(campaign.public_id), lambda: _work(campaign.public_id), stop])
    assert Message.objects.count() == sent_at_stop[0]
    campaign.refresh_from_db()
    assert campaign.state in {State.STOPPED, State.DONE}
