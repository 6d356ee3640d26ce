"""Who leaves or loses a post leaves no work behind: everything held in every domain is listed, handed over or freed."""

from typing import Any

import pytest
from appointments import day_factories as halls
from cases.factories import make_world, reviewing_case
from django.apps import apps
from django.test import Client
from django.urls import reverse
from organizations.factories import DepartmentFactory, StaffFactory
from ratings.factories import IN_STATE as ORDER_IN
from ratings.factories import make_hall
from tickets.factories import IN_STATE as TICKET_IN
from tickets.factories import make_city

from zhijian.appointments.actions import day
from zhijian.appointments.models import Counter, Visit
from zhijian.cases.models import Case
from zhijian.core.actor import SYSTEM
from zhijian.organizations import held
from zhijian.organizations.actions import grant_post, set_active
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings.models import Rectification
from zhijian.ratings.rules.rectification import State as OrderState
from zhijian.tickets import actions as tickets
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.staff import QueueFilters, queue
from zhijian.tickets.rules.states import State as TicketState

pytestmark = pytest.mark.django_db

#: Columns that name a member of staff for what they did, or what they are asked: history and records, not work held.
RECORDS = {
    "cases.Case.reviewer", "cases.Case.decider", "cases.Extension.asked_by", "cases.Extension.decided_by",
    "tickets.Extension.asked_by", "tickets.Extension.decided_by", "tickets.Publication.prepared_by",
    "tickets.Publication.confirmed_by", "ratings.CounterVisit.issued_by", "privacy.AccessRecord.staff",
    "appointments.VisitStep.staff", "appointments.Visit.staff", "appointments.NoShow.decided_by",
    "organizations.PostHolding.staff", "organizations.News.staff", "messaging.Campaign.author", "messaging.Campaign.approver",
}  # fmt: skip
#: Wagtail's own lock. Nobody here can lock by hand: its pages for that are not reachable.
UNUSED = {"catalog.ServiceItem.locked_by", "content.Article.locked_by"}
#: Columns that say who has something on the desk, with the kind that hands it on.
HELD = {
    "cases.Case.assignee": "cases",
    "tickets.Ticket.assignee": "tickets",
    "ratings.Rectification.assignee": "rectifications",
    "appointments.Counter.staff": "counters",
}


def test_every_column_that_names_staff_is_a_record_or_held_work() -> None:
    """A new column of this sort must be thought about: what becomes of it when the person leaves?"""
    found = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("zhijian.")
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) is Staff and field.concrete and not field.many_to_many
    }
    assert found == RECORDS | UNUSED | set(HELD)
    assert set(HELD.values()) == set(held.kinds)


def admin_for(staff: Staff) -> Staff:
    admin = StaffFactory(department=DepartmentFactory(region=staff.department.region))
    grant_post(SYSTEM, staff=admin, post=Post.SYSTEM_ADMIN, region=staff.department.region)
    return admin


def send(client: Client, staff: Staff, **data: Any) -> Any:
    return client.post(
        reverse("organizations_active", args=[staff.public_id]), data, headers={"HX-Request": "true"}
    )


def test_the_administrator_sees_what_is_held_and_must_say_what_becomes_of_it(client: Client) -> None:
    world = make_world()
    case = reviewing_case(world)
    officer, colleague = world.office.officer, world.office.colleague
    client.force_login(admin_for(officer))
    page = client.get(reverse("organizations_person", args=[officer.public_id])).content.decode()
    assert "手上的工作" in page
    assert str(case.number) in page
    assert "办理时限照常计算" in page
    assert world.citizen.name not in page
    refused = send(client, officer, active="0")
    assert refused.status_code == 422
    assert "请选择手上的工作" in refused.content.decode()
    assert Staff.objects.get(pk=officer.pk).is_active
    done = send(client, officer, active="0", work="hand", receiver=colleague.public_id).content.decode()
    assert f"办件1件交给{colleague}" in done
    assert Case.objects.get().assignee == colleague


@pytest.mark.parametrize("said", ["", "2", "true", "on"])
@pytest.mark.parametrize("active", [True, False])
def test_only_what_is_said_changes_whether_somebody_is_there(client: Client, said: str, active: bool) -> None:
    staff = StaffFactory(is_active=active)
    client.force_login(admin_for(staff))
    before = Staff.objects.filter(pk=staff.pk).values().get()
    for data in ({}, {"active": said}):
        assert send(client, staff, **data).status_code == 422
    assert Staff.objects.filter(pk=staff.pk).values().get() == before


def test_work_goes_to_no_stranger(client: Client) -> None:
    world = make_world()
    reviewing_case(world)
    officer = world.office.officer
    client.force_login(admin_for(officer))
    for stranger in (StaffFactory(posts=[Post.CASE_OFFICER]), officer):
        assert send(client, officer, active="0", work="hand", receiver=stranger.public_id).status_code == 404
    assert Staff.objects.get(pk=officer.pk).is_active
    assert Case.objects.get().assignee == officer


def test_revoking_asks_and_hands_over_too(client: Client) -> None:
    world = make_world()
    reviewing_case(world)
    officer = world.office.officer
    client.force_login(admin_for(officer))
    address = reverse("organizations_revoke", args=[officer.public_id, officer.holdings.get().pk])
    assert client.post(address).status_code == 422
    assert officer.holdings.exists()
    client.post(address, {"work": "free"})
    assert not officer.holdings.exists()
    assert Case.objects.get().assignee is None


@pytest.mark.parametrize("handed", [True, False])
@pytest.mark.parametrize("state", [TicketState.HANDLING, TicketState.SUPPLEMENT, TicketState.REPLIED])
def test_tickets(state: TicketState, handed: bool) -> None:
    city = make_city()
    ticket = TICKET_IN[state](city)
    assert ticket.assignee == city.officer
    due = ticket.due_at
    set_active(SYSTEM, staff=city.officer, active=False, receiver=city.colleague if handed else None)
    ticket = Ticket.objects.get(pk=ticket.pk)
    assert ticket.assignee == (city.colleague if handed else None)
    assert (ticket.state, ticket.due_at) == (state, due)
    if state == TicketState.HANDLING and not handed:
        assert [one.pk for one in queue(city.colleague, filters=QueueFilters(desk="unclaimed")).items] == [
            ticket.pk
        ]
        tickets.claim(city.colleague.actor, ticket=ticket)


@pytest.mark.parametrize("handed", [True, False])
@pytest.mark.parametrize("state", [OrderState.ASSIGNED, OrderState.FIXING, OrderState.FIXED])
def test_rectifications(state: OrderState, handed: bool) -> None:
    place = make_hall()
    order = ORDER_IN[state](place)
    holder = order.assignee
    assert holder
    set_active(SYSTEM, staff=holder, active=False, receiver=place.window if handed else None)
    order = Rectification.objects.get(pk=order.pk)
    assert order.state == state
    if state == OrderState.FIXED:
        assert order.assignee == holder  # who did it; nothing is left for them to do
    else:
        assert order.assignee == (place.window if handed else None)


@pytest.mark.parametrize("serving", [True, False])
def test_the_counter_is_free_and_the_visitor_keeps_the_place(serving: bool) -> None:
    world = halls.make_world()
    visit = halls.ticket(world)
    other = StaffFactory(department=world.department, posts=[Post.WINDOW_OFFICER])
    called = halls.serving(world) if serving else halls.called(world)
    set_active(SYSTEM, staff=world.officer, active=False)
    assert Counter.objects.get(pk=world.counter.pk).staff is None
    after = Visit.objects.get(pk=called.pk)
    assert (after.state, after.counter, after.due_at) == ("waiting", None, visit.due_at)
    day.open_counter(other.actor, counter=world.counter, staff=other)
    assert day.call_next(other.actor, counter=world.counter).pk == visit.pk


def test_who_keeps_the_post_keeps_the_work() -> None:
    world = make_world()
    case = reviewing_case(world)
    extra = grant_post(
        SYSTEM, staff=world.office.officer, post=Post.APPROVER, department=world.office.department
    )
    from zhijian.organizations.actions import revoke_post

    assert revoke_post(SYSTEM, holding=extra) == {}
    assert Case.objects.get(pk=case.pk).assignee == world.office.officer
