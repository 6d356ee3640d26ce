"""Whatever waits for a post is in that post's queue and on 今日工作: walked over every state of every domain.

A request that nobody is shown stays unanswered until its deadline has passed. So each table is walked here: where its
rules let a post take the next step, that post's list must hold the thing, and the first page must count it.
"""

import re
from collections.abc import Callable

import pytest
from cases.factories import case_in, make_world
from catalog.factories import make_city as make_catalogue_city
from catalog.factories import make_staff
from catalog.test_actions import _in_state as item_in_state
from consultations import factories as consulting
from content.factories import make_offices, make_people
from content.test_actions import _in_state as article_in_state
from django.test import Client
from messaging import factories as messaging
from organizations.factories import DepartmentFactory, StaffFactory
from pytest_django import DjangoAssertNumQueries
from ratings.factories import IN_STATE as ORDER_IN
from ratings.factories import make_hall
from tickets.factories import IN_STATE as TICKET_IN
from tickets.factories import make_city, regional

from zhijian.cases import actions as cases
from zhijian.cases.console.offers import FIRST as CASES_FIRST
from zhijian.cases.models import Case
from zhijian.cases.queries.desk import counts
from zhijian.cases.queries.facts import HANDLING_POSTS, facts_of, roles_of
from zhijian.cases.queries.staff import queue
from zhijian.cases.rules import table as cases_table
from zhijian.cases.rules.states import WORK
from zhijian.cases.rules.states import State as CaseState
from zhijian.consultations import actions as consultations
from zhijian.consultations.models import Consultation
from zhijian.core import counting
from zhijian.core.clock import now
from zhijian.messaging.actions import campaigns
from zhijian.messaging.models import Campaign
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings.actions.rectifying import roles_of as order_roles
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries import rectifications
from zhijian.ratings.rules import rectification as orders
from zhijian.tickets import actions as tickets
from zhijian.tickets.console.offers import FIRST as TICKETS_FIRST
from zhijian.tickets.models import CoHandling, Ticket
from zhijian.tickets.queries.facts import facts_of as ticket_facts
from zhijian.tickets.queries.facts import roles_of as ticket_roles
from zhijian.tickets.queries.staff import waiting_for
from zhijian.tickets.rules import table as tickets_table
from zhijian.tickets.rules.states import State as TicketState

pytestmark = pytest.mark.django_db
#: The tiles of the first page, each with its count.
_TILE = re.compile(r'<a class="tile[^>]*>.*?<b>(\d+)</b>', re.DOTALL)


def counted_on_first_page(staff: Staff) -> int:
    client = Client()
    client.force_login(staff)
    return sum(int(number) for number in _TILE.findall(client.get("/console/").content.decode()))


def extension_asked(case: Case, officer: Staff) -> Case:
    return cases.ask_extension(officer.actor, case=case, days=5, reason="需要实地核查")


@pytest.mark.parametrize(
    ("state", "asked"), [*((state, False) for state in sorted(WORK)), ("reviewing", True)]
)
def test_cases(state: str, asked: bool) -> None:
    world = make_world()
    case = case_in(CaseState(state), world)
    if asked:
        case = extension_asked(case, world.office.officer)
    else:
        Case.objects.filter(pk=case.pk).update(assignee=None)
        case.refresh_from_db()
    shown_to = set()
    for post in HANDLING_POSTS:
        staff = StaffFactory(department=world.office.department, posts=[post])
        roles, facts = roles_of(staff.actor, staff, case), facts_of(case, staff, now())
        leads = set(cases_table.TABLE.possible(state, roles, facts)) & set(CASES_FIRST[CaseState(state)])
        if leads:
            shown_to.add(post)
            assert [one.pk for one in queue(staff).items] == [case.pk], (state, post)
            assert counted_on_first_page(staff), (state, post)
    assert shown_to, "nobody is shown it"


#: What waits for the reporter waits for staff only once nobody has it.
TICKETS = [
    *((state, True, "") for state in TICKETS_FIRST if state != TicketState.SUPPLEMENT),
    (TicketState.HANDLING, False, ""),
    (TicketState.SUPPLEMENT, False, ""),
    (TicketState.HANDLING, True, "extension"),
    (TicketState.HANDLING, True, "help"),
]


@pytest.mark.parametrize(("state", "held", "pending"), TICKETS)
def test_tickets(state: TicketState, held: bool, pending: str) -> None:
    city = make_city()
    ticket = TICKET_IN[state](city)
    if pending == "extension":
        tickets.ask_extension(city.officer.actor, ticket=ticket, days=3, reason="需要等待配件到货")
    if pending == "help":
        CoHandling.objects.create(ticket=ticket, department=city.other, request="请协助", asked_at=now())
    if not held:
        Ticket.objects.filter(pk=ticket.pk).update(assignee=None)
    ticket = Ticket.objects.select_related("department", "citizen").get(pk=ticket.pk)
    dispatcher = regional(Post.TICKET_DISPATCHER, city.centre, city.region)
    waited = 0
    for staff in (city.officer, city.colleague, city.helper, dispatcher):
        roles, facts = ticket_roles(staff.actor, staff, ticket), ticket_facts(ticket, staff, now())
        leads = set(tickets_table.TABLE.possible(state, roles, facts)) & set(TICKETS_FIRST[state])
        if leads:
            waited += 1
            assert waiting_for(staff).count() == 1, (state, staff)
            assert counted_on_first_page(staff), (state, staff)
    assert waited, "nobody is shown it"


@pytest.mark.parametrize(
    ("state", "gone"),
    [*((state, False) for state in orders.UNDER_WAY), *((state, True) for state in orders.WITH_OFFICER)],
)
def test_rectifications(state: orders.State, gone: bool) -> None:
    place = make_hall()
    order = ORDER_IN[state](place)
    if gone:
        Rectification.objects.filter(pk=order.pk).update(assignee=None)
    order.refresh_from_db()
    awaited = {
        orders.Action.CONTACT, orders.Action.FIX, orders.Action.CALL_BACK, orders.Action.PUBLISH, orders.Action.DISMISS
    }  # fmt: skip
    if order.assignee is None:
        awaited |= {orders.Action.ASSIGN}
    waited = 0
    for staff in (place.officer, place.approver, place.second_approver, place.manager, place.supervisor):
        rows = orders.TABLE.available(
            order.state, order_roles(staff.actor, staff, order), rectifications.facts_of(order, staff)
        )
        if any(row.action in awaited and not why for row, why in rows):
            waited += 1
            assert rectifications.waiting_for(staff).count() == 1, (state, staff)
            assert counted_on_first_page(staff), (state, staff)
    assert waited, "nobody is shown it"


def sent_back_consultation(desk: consulting.Desk) -> Consultation:
    row = consulting.submitted(desk)
    return consultations.send_back(desk.reviewer.actor, consultation=row, reason="请补充背景")


CONSULTATIONS: dict[str, tuple[Callable[[consulting.Desk], Consultation], str]] = {
    "submitted": (consulting.submitted, "reviewer"),
    "sent back": (sent_back_consultation, "editor"),
    "over, not answered": (lambda desk: consulting.end(consulting.published(desk)), "editor"),
    "feedback submitted": (consulting.feedback_submitted, "reviewer"),
}


@pytest.mark.parametrize("case", CONSULTATIONS)
def test_consultations(case: str) -> None:
    desk = consulting.Desk()
    make, post = CONSULTATIONS[case]
    make(desk)
    assert counted_on_first_page(getattr(desk, post)) == 1


def sent_back_campaign(desk: messaging.Desk) -> Campaign:
    row = messaging.submitted_campaign(desk)
    return campaigns.send_back(desk.colleague.actor, campaign=row, note="请改标题")


CAMPAIGNS: dict[str, tuple[Callable[[messaging.Desk], Campaign], set[str]]] = {
    "submitted": (messaging.submitted_campaign, {"colleague", "supervisor"}),
    "sent back": (sent_back_campaign, {"author"}),
    "approved": (messaging.approved_campaign, {"author", "colleague"}),
    "queued": (messaging.queued_campaign, set()),
}


@pytest.mark.parametrize("case", CAMPAIGNS)
def test_campaigns(case: str) -> None:
    desk = messaging.Desk()
    make, who = CAMPAIGNS[case]
    make(desk)
    told = {
        name for name in ("author", "colleague", "supervisor") if counted_on_first_page(getattr(desk, name))
    }
    assert told == who


@pytest.mark.parametrize(
    ("state", "who"),
    [("department_review", "reviewer"), ("centre_review", "centre"), ("rejected", "manager")],
)
def test_items_in_review(state: str, who: str) -> None:
    police, centre = make_catalogue_city(), DepartmentFactory(code="zw", is_centre=True)
    people = {
        "manager": make_staff(Post.ITEM_MANAGER, police),
        "reviewer": make_staff(Post.REVIEWER, police),
        "centre": make_staff(Post.REVIEWER, centre),
    }
    item_in_state(state, people)
    assert {name for name, staff in people.items() if counted_on_first_page(staff)} == {who}


@pytest.mark.parametrize(
    ("state", "who"),
    [("department_review", "reviewer"), ("centre_review", "centre"), ("rejected", "editor")],
)
def test_articles_in_review(state: str, who: str) -> None:
    people = make_people(make_offices())
    article_in_state(state, people)
    told = {name for name in ("editor", "reviewer", "centre") if counted_on_first_page(people[name])}
    assert told == {who}


def test_an_extension_reaches_the_approver_and_only_who_may_decide() -> None:
    world = make_world()
    case = extension_asked(case_in(CaseState.REVIEWING, world), world.office.officer)
    approver = world.office.approver
    assert counts(approver).extension == 1
    assert counts(approver).unclaimed == 0
    assert counts(world.office.window).extension == 0
    both = StaffFactory(department=world.office.department, posts=[Post.CASE_OFFICER, Post.APPROVER])
    other = extension_asked(
        cases.take_over(both.actor, case=case_in(CaseState.REVIEWING, world), reason="分担工作"), both
    )
    assert {one.pk for one in queue(approver).items} == {case.pk, other.pk}
    assert counts(both).extension == 1  # the colleague's: nobody decides on what they asked themselves
    elsewhere = StaffFactory(posts=[Post.APPROVER])
    assert counts(elsewhere).all == 0


def test_the_approver_sees_it_on_every_page_of_the_way() -> None:
    world = make_world()
    case = extension_asked(case_in(CaseState.REVIEWING, world), world.office.officer)
    client = Client()
    client.force_login(world.office.approver)
    first = client.get("/console/").content.decode()
    assert "待批延期" in first
    assert "等您审批的延期申请" in first
    assert str(case.number) in first
    listed = client.get("/console/cases/?desk=extension").content.decode()
    assert "待批延期" in listed
    assert str(case.number) in listed
    assert "/actions/approve_extension/" in client.get(f"/console/cases/{case.number}/").content.decode()
    client.force_login(world.office.officer)
    assert "desk=extension" not in client.get("/console/cases/").content.decode()


def test_the_officer_takes_the_request_back_and_goes_on() -> None:
    world = make_world()
    case = extension_asked(case_in(CaseState.REVIEWING, world), world.office.officer)
    due = case.due_at
    case = cases.recall_extension(world.office.officer.actor, case=case)
    assert case.due_at == due
    assert counts(world.office.approver).extension == 0
    case = extension_asked(case, world.office.officer)
    case = cases.recall_extension(world.office.officer.actor, case=case)
    done = cases.pass_review(world.office.officer.actor, case=case, outcome="approve", opinion="符合条件")
    assert done.state == CaseState.DECIDING


def test_a_ticket_s_request_is_taken_back_too() -> None:
    city = make_city()
    ticket = TICKET_IN[TicketState.HANDLING](city)
    tickets.ask_extension(city.officer.actor, ticket=ticket, days=3, reason="需要等待配件到货")
    assert waiting_for(city.dispatcher).count() == 1
    tickets.recall_extension(city.officer.actor, ticket=ticket)
    assert waiting_for(city.dispatcher).count() == 0
    assert (
        tickets.reply(city.officer.actor, ticket=ticket, text="路灯已经修复，感谢监督。").state == "replied"
    )


@pytest.mark.parametrize("count", [1, 6])
@pytest.mark.parametrize(
    ("page", "most"), [("/console/", 22), ("/console/cases/", 16), ("/console/cases/?desk=extension", 16)]
)
def test_as_many_queries_however_much_waits(
    page: str, most: int, count: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    world = make_world()
    for _ in range(count):
        extension_asked(case_in(CaseState.REVIEWING, world), world.office.officer)
    client = Client()
    client.force_login(world.office.approver)
    client.get("/console/account/")  # the first request of a session writes it
    with django_assert_max_num_queries(most):
        client.get(page)


def test_the_queue_takes_eight_statements(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    world = make_world()
    for _ in range(3):
        case_in(CaseState.REVIEWING, world)
    client = Client()
    client.force_login(world.office.officer)
    client.get("/console/account/")  # the first request of a session writes it
    # Session, person, posts, the page, its figures, the calendar, colleagues, the figures of the navigation.
    with django_assert_num_queries(8):
        client.get("/console/cases/")


def test_more_than_anybody_counts_is_said_so_everywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    world = make_world()
    for _ in range(4):
        case_in(CaseState.REVIEWING, world)
    officer = world.office.officer
    assert counts(officer).mine == 3
    client = Client()
    client.force_login(officer)
    queue_page = client.get("/console/cases/").content.decode()
    assert '我的 <span class="num">2+</span>' in queue_page
    assert "</span>2+</span>" in queue_page  # the navigation
    assert "<b>2+</b>" in client.get("/console/").content.decode()
    Case.objects.filter(pk=queue(officer).items[0].pk).update(state=CaseState.DECIDING)
    Case.objects.filter(pk=queue(officer).items[0].pk).update(state=CaseState.DECIDING)
    assert '我的 <span class="num">2</span>' in client.get("/console/cases/").content.decode()
