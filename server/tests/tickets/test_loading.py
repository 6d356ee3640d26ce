"""The demo city's tickets: they load, they show every state, and loading again changes nothing."""

import json
from datetime import datetime, time

import pytest
import time_machine
from pytest_django.fixtures import Settings

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.zone import CHINA
from zhijian.identity.loading import load_citizens
from zhijian.organizations.loading import load_organizations
from zhijian.tickets.loading import load_tickets
from zhijian.tickets.models import Category, Follower, Publication, RoutingRule, Ticket
from zhijian.tickets.queries.masked import leftovers
from zhijian.tickets.rules.kinds import Kind
from zhijian.tickets.rules.states import State
from zhijian.tickets.rules.wording import unknown_variables


@pytest.mark.django_db
@pytest.mark.parametrize("hour", ["00:03", "06:10", "12:00", "22:40"])
def test_the_demo_shows_everything(settings: Settings, hour: str) -> None:
    """Whenever it is first started: noise at night goes another way."""
    settings.DEMO = True
    moment = datetime.combine(now().date(), time.fromisoformat(hour), CHINA)
    with time_machine.travel(moment, tick=False):
        show_everything(settings)


def show_everything(settings: Settings) -> None:
    data = {
        name: json.loads((settings.DEMO_ROOT / f"{name}.json").read_text())
        for name in ("organizations", "people", "tickets")
    }
    load_organizations(SYSTEM, data["organizations"])
    load_citizens(SYSTEM, data["people"])
    assert load_tickets(SYSTEM, data["tickets"]) == len(data["tickets"]["tickets"])
    assert load_tickets(SYSTEM, data["tickets"]) == 0
    assert set(Ticket.objects.values_list("state", flat=True)) == set(State)
    assert set(Ticket.objects.values_list("kind", flat=True)) == set(Kind)
    assert Ticket.objects.filter(citizen=None, receipt_hash__isnull=False).count() == 2
    assert Follower.objects.filter(origin="reported").exists()
    assert Publication.objects.filter(status="confirmed", knowledge=True).count() >= 3
    for one in Publication.objects.filter(status="confirmed"):
        assert leftovers(one.title, one.question, one.answer) == []
    assert RoutingRule.objects.filter(auto=True).exists()
    assert all(not unknown_variables(row["text"]) for row in data["tickets"]["templates"])
    assert Category.objects.exclude(form={}).count() >= 4
