"""A figure of the queue and the list behind it are one rule."""

import pytest
from organizations.factories import DepartmentFactory
from tickets.factories import IN_STATE, make_city

from zhijian.organizations.models import Staff
from zhijian.tickets import actions
from zhijian.tickets.actions.turn import mark
from zhijian.tickets.queries.staff import COUNTED, counts, queue
from zhijian.tickets.queries.tables import takers
from zhijian.tickets.rules.states import OPEN, WITH_DEPARTMENT, State

pytestmark = pytest.mark.django_db


def test_a_figure_counts_what_its_list_shows() -> None:
    city = make_city()
    for state in sorted(OPEN):
        ticket = IN_STATE[State(state)](city)
        if state in WITH_DEPARTMENT:
            actions.supervise(city.dispatcher.actor, ticket=ticket, note="请尽快处理")
    for staff in (city.dispatcher, city.officer, city.helper):
        figures = counts(staff)
        assert {name: getattr(figures, name) for name in COUNTED} == {
            name: _listed(staff, name) for name in COUNTED
        }


def test_a_supervised_request_is_counted_until_it_ends() -> None:
    city = make_city()
    ticket = IN_STATE[State.HANDLING](city)
    actions.supervise(city.dispatcher.actor, ticket=ticket, note="请尽快处理")
    actions.reply(city.officer.actor, ticket=ticket, text="路灯已经修好，请查看。", seen=mark(ticket))
    assert counts(city.dispatcher).supervised == _listed(city.dispatcher, "supervised") == 1


def _listed(staff: Staff, name: str) -> int:
    return len(queue(staff, filters=COUNTED[name], size=100).items)


def test_requests_are_only_handed_to_where_somebody_handles_them() -> None:
    city = make_city()
    empty = DepartmentFactory(name="无人受理局", short_name="无人受理局")
    offered = takers()
    assert {city.officer.department, city.helper.department} <= set(offered)
    assert empty not in offered
    Staff.objects.filter(pk=city.helper.pk).update(is_active=False)
    assert city.helper.department not in takers()
