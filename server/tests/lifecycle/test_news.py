"""What others did with a person's work is told on 今日工作, by whom and when, until the work is opened."""

import pytest
from cases import factories as cases
from console.reading import visible
from django.test import Client
from django.urls import reverse
from ratings import factories as ratings
from tickets import factories as tickets

from zhijian.cases import actions
from zhijian.organizations.models import News, Staff
from zhijian.ratings import actions as rating_actions
from zhijian.tickets import actions as ticket_actions

pytestmark = pytest.mark.django_db


def _as(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def told(staff: Staff) -> str:
    page = visible(_as(staff).get("/console/").content.decode())
    return page.partition("与您有关的变化")[2]


def test_who_asked_for_an_extension_hears_that_it_was_refused() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.ask_extension(office.officer.actor, case=case, days=3, reason="等待鉴定")
    actions.deny_extension(office.approver.actor, case=case, opinion="理由不足")
    assert f"办件 {case.number}" in told(office.officer)
    assert "延期申请没有批准" in told(office.officer)
    assert told(office.colleague) == told(office.approver) == ""
    assert _as(office.officer).get(reverse("cases_case", args=[case.number])).status_code == 200
    assert told(office.officer) == ""


def test_an_extension_granted_or_taken_back_is_no_such_news() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.ask_extension(office.officer.actor, case=case, days=3, reason="等待鉴定")
    actions.recall_extension(office.officer.actor, case=case)
    actions.ask_extension(office.officer.actor, case=case, days=3, reason="等待鉴定")
    actions.approve_extension(office.approver.actor, case=case, reason="等待鉴定")
    assert not News.objects.exists()


def test_whose_case_was_taken_over_sees_by_whom() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.take_over(office.colleague.actor, case=case, reason="原办理人请假")
    assert f"接手，现由{office.colleague}办理" in told(office.officer)
    assert world.citizen.name not in told(office.officer)
    _as(office.colleague).get(reverse("cases_case", args=[case.number]))
    assert told(office.officer)  # another's look opens nothing
    _as(office.officer).get(reverse("cases_case", args=[case.number]))
    assert told(office.officer) == ""


def test_whose_case_an_approver_gave_to_another_sees_both_names() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.transfer(office.approver.actor, case=case, receiver=office.colleague, reason="调整分工")
    assert f"由{office.approver}转办，现由{office.colleague}办理" in told(office.officer)


def test_handing_on_what_one_holds_oneself_is_no_news() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.transfer(office.officer.actor, case=case, receiver=office.colleague, reason="调整分工")
    assert not News.objects.exists()


def test_whose_ticket_was_taken_over_and_whose_extension_was_refused() -> None:
    city = tickets.make_city()
    ticket = tickets.handling(city)
    ticket_actions.ask_extension(city.officer.actor, ticket=ticket, days=2, reason="需要采购灯具")
    ticket_actions.deny_extension(city.dispatcher.actor, ticket=ticket, opinion="库存充足")
    ticket_actions.claim(city.colleague.actor, ticket=ticket)
    assert "延期申请没有批准" in told(city.officer)
    assert f"认领，现由{city.colleague}办理" in told(city.officer)
    _as(city.officer).get(reverse("tickets_ticket", args=[ticket.number]))
    assert told(city.officer) == ""


def test_whose_rectification_was_assigned_to_another() -> None:
    place = ratings.make_hall()
    order = ratings.fixing(place)
    rating_actions.assign(place.approver.actor, order=order, officer=place.colleague)
    assert "差评整改" in told(place.officer)
    assert f"由{place.approver}派单，现由{place.colleague}办理" in told(place.officer)
    _as(place.officer).get(reverse("rectification", args=[order.public_id]))
    assert told(place.officer) == ""
