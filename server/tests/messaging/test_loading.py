"""The demo's choices and campaigns."""

from typing import Any

import pytest
from demo.city import document
from django.test import override_settings
from pytest_django import Settings

from zhijian.core.actor import SYSTEM
from zhijian.identity.loading import load_citizens
from zhijian.licences.loading import load_licences
from zhijian.messaging.errors import DemoOnly
from zhijian.messaging.loading import load_messages
from zhijian.messaging.models import Campaign, Message, Preference, Recipient
from zhijian.messaging.rules.campaigns import State
from zhijian.organizations.loading import load_organizations

pytestmark = pytest.mark.django_db


@pytest.fixture
def content() -> Any:
    return document("messages.json")


@override_settings(DEMO=True)
def test_every_state_worth_showing_and_again_changes_nothing(content: Any) -> None:
    load_organizations(SYSTEM, document("organizations.json"))
    load_citizens(SYSTEM, document("people.json"))
    load_licences(SYSTEM, document("people.json"))
    assert load_messages(SYSTEM, content) == len(content["campaigns"])
    states = set(Campaign.objects.values_list("state", flat=True))
    assert states == {State.DRAFT, State.SUBMITTED, State.STOPPED, State.DONE}
    assert not Campaign.objects.filter(state=State.DONE, recipients__state="queued").exists()
    assert Recipient.objects.filter(campaign__state=State.STOPPED, state="queued").exists()
    assert Message.objects.filter(read_at__isnull=False).count() >= 5
    assert Preference.objects.filter(use_attributes=True).count() == 5
    before = Message.objects.count()
    assert load_messages(SYSTEM, content) == 0
    assert Message.objects.count() == before


def test_refused_outside_the_demo(content: Any, settings: Settings) -> None:
    settings.DEMO = False
    with pytest.raises(DemoOnly):
        load_messages(SYSTEM, content)


def test_no_campaign_counts_people_or_promises_points(content: Any) -> None:
    texts = " ".join(row["zh"]["title"] + row["zh"]["body"] for row in content["campaigns"])
    assert not any(word in texts for word in ("签到", "积分", "排名", "抽奖", "下载"))
