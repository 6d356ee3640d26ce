"""What a worker takes first when a busy morning has filled its queue."""

import pytest
from django.db import connection
from identity.factories import CitizenFactory
from messaging.factories import Desk, broadcast, queued_campaign, tell_urgently

from zhijian.messaging.actions import campaigns
from zhijian.messaging.tasks import send_due

pytestmark = pytest.mark.django_db
TAKE = """
SELECT task_name FROM procrastinate_register_worker_v1() worker,
    procrastinate_fetch_job_v2(ARRAY['messages']::varchar[], worker.worker_id)
"""


def taken() -> list[str]:
    """Task by task, as the worker itself asks for them."""
    names = []
    while True:
        with connection.cursor() as cursor:
            cursor.execute(TAKE)
            (name,) = cursor.fetchone() or (None,)
        if name is None:
            return names
        names.append(name.rpartition(".")[2])


def test_emergencies_then_what_is_urgent_then_the_rest_and_campaigns_last() -> None:
    desk = Desk()
    queued_campaign(desk)
    tell_urgently(CitizenFactory())
    alarm = broadcast(desk)
    send_due.defer()  # of no special priority
    campaigns.approve(desk.supervisor.actor, campaign=alarm)
    assert taken() == ["send_campaign"] * 4 + ["send_delivery", "send_due"] + ["send_campaign"] * 4
