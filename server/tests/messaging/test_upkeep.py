"""Nothing is kept longer than needed."""

from datetime import timedelta

import pytest
from identity.factories import CitizenFactory
from messaging.factories import tell, tell_urgently

from zhijian.core.clock import now
from zhijian.messaging import tasks
from zhijian.messaging.actions.upkeep import KEPT, forget_old
from zhijian.messaging.models import Delivery, Message

pytestmark = pytest.mark.django_db


def test_old_messages_are_emptied_and_still_known() -> None:
    citizen = CitizenFactory()
    old, young = tell_urgently(citizen, key="old"), tell(citizen, key="young")
    Message.objects.filter(pk=old.pk).update(created_at=now() - KEPT - timedelta(seconds=1))
    tasks.forget_old.func()
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.title, old.body, old.outside, old.link) == (None, None, None, "")
    assert old.deleted_at is not None
    assert young.title
    assert Delivery.objects.filter(message=old).exists()
    tell_urgently(citizen, key="old")
    assert Message.objects.count() == 2
    assert forget_old() == 0
