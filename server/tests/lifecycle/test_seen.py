"""Who judges, judges what they have read: every judging row of every table, asked from a page that has grown old."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest
from cases import factories as cases
from catalog.factories import make_city as make_item_city
from catalog.factories import make_spec as make_item_spec
from catalog.factories import make_staff
from consultations import factories as consultations
from content.factories import make_offices, make_people, make_spec
from django.test import Client
from django.urls import reverse
from messaging import factories as campaigns
from organizations.factories import DepartmentFactory
from ratings import factories as ratings
from tickets import factories as tickets

from zhijian.cases import actions
from zhijian.cases.actions.turn import LIFE as CASES
from zhijian.catalog import actions as catalog_actions
from zhijian.catalog.actions import ITEMS
from zhijian.consultations.actions.turn import LIFE as CONSULTATIONS
from zhijian.consultations.rules.states import State as Consulting
from zhijian.content import actions as content_actions
from zhijian.content.actions import ARTICLES
from zhijian.editorial.queries import state_of
from zhijian.lifecycle.seen import ContentChanged
from zhijian.lifecycle.table import always
from zhijian.messaging.actions import campaigns as campaign_actions
from zhijian.messaging.actions.campaigns.turn import LIFE as CAMPAIGNS
from zhijian.messaging.models import Campaign
from zhijian.messaging.rules import campaigns as campaign_rules
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.ratings.actions.rectifying import _LIFE as RECTIFICATIONS
from zhijian.tickets import actions as ticket_actions
from zhijian.tickets.actions.turn import LIFE as TICKETS
from zhijian.tickets.models import Publication

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Place:
    """Where the rows of a life cycle are judged. ``made``: a row in a state, and who holds which post."""

    life: Any
    made: Callable[[str], tuple[Any, dict[str, Staff]]]
    page: Callable[[Any], str]
    act: Callable[[Any, str], str]


def _case(state: str) -> tuple[Any, dict[str, Staff]]:
    world = cases.make_world()
    office = world.office
    people = {"window_officer": office.window, "case_officer": office.colleague, "approver": office.approver}
    return cases.IN_STATE[state](world), people  # type: ignore[index]


def _ticket(state: str) -> tuple[Any, dict[str, Staff]]:
    city = tickets.make_city()
    row = tickets.IN_STATE[state](city)  # type: ignore[index]
    return row, {"ticket_officer": city.officer, "ticket_dispatcher": city.dispatcher}


def _consultation(state: str) -> tuple[Any, dict[str, Staff]]:
    desk = consultations.Desk()
    made = {
        Consulting.REVIEWING: consultations.submitted,
        Consulting.FEEDBACK_REVIEWING: consultations.feedback_submitted,
    }
    return made[Consulting(state)](desk), {"editor": desk.editor, "reviewer": desk.person(Post.REVIEWER)}


def _rectification(state: str) -> tuple[Any, dict[str, Staff]]:
    place = ratings.make_hall()
    people = {"approver": place.second_approver, "supervisor": place.supervisor}
    return ratings.IN_STATE[state](place), people  # type: ignore[index]


def _campaign(state: str) -> tuple[Any, dict[str, Staff]]:
    desk = campaigns.Desk()
    return campaigns.IN_STATE[state](desk), {"operator": desk.colleague}  # type: ignore[index]


def _ticket_act(row: Any, action: str) -> str:
    if action == "publish":
        return reverse("tickets_publish", args=[row.number])
    return reverse("tickets_act", args=[row.number, action])


PLACES = {
    "case": Place(
        CASES,
        _case,
        lambda row: reverse("cases_case", args=[row.number]),
        lambda row, action: reverse("cases_act", args=[row.number, action]),
    ),
    "ticket": Place(TICKETS, _ticket, lambda row: reverse("tickets_ticket", args=[row.number]), _ticket_act),
    "consultation": Place(
        CONSULTATIONS,
        _consultation,
        lambda row: reverse("consultations_one", args=[row.public_id]),
        lambda row, action: reverse("consultations_act", args=[row.public_id, action]),
    ),
    "rectification": Place(
        RECTIFICATIONS,
        _rectification,
        lambda row: reverse("rectification", args=[row.public_id]),
        lambda row, action: reverse("rectification_act", args=[row.public_id, action]),
    ),
    "campaign": Place(
        CAMPAIGNS,
        _campaign,
        lambda row: reverse("messaging_campaign", args=[row.public_id]),
        lambda row, action: reverse("messaging_act", args=[row.public_id, action]),
    ),
}
JUDGING = sorted(
    {
        (
            name,
            str(row.source),
            str(row.action),
            sorted(row.roles - {"system", "citizen", "reporter", "follower"})[0],
        )
        for name, place in PLACES.items()
        for row in place.life.table
        if row.judges
    }
)


def _as(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def _whole(row: Any) -> tuple[Any, ...]:
    related = [row.steps, *([row.extensions] if hasattr(row, "extensions") else [])]
    stored = type(row)._default_manager.filter(pk=row.pk).values().get()
    return stored, *(list(rows.order_by("pk").values()) for rows in related)


def _mark_in(page: str, address: str) -> str:
    """What the form that posts to ``address`` carries."""
    found = re.search(rf'action="{re.escape(address)}".*?name="seen" value="(\d+)"', page, re.S)
    assert found, f"the form for {address} doesn't say what was seen"
    return found.group(1)


def test_every_table_has_judging_rows() -> None:
    assert {name for name, *_ in JUDGING} == set(PLACES)
    assert {action for _, _, action, _ in JUDGING} >= {
        "decide",
        "approve_extension",
        "deny_extension",
        "publish",
    }


@pytest.mark.parametrize(("name", "state", "action", "post"), JUDGING)
def test_an_old_page_judges_nothing(
    name: str, state: str, action: str, post: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = PLACES[name]
    row, people = place.made(state)
    table = place.life.table
    open_rows = [replace(one, guard=always) for one in table]
    monkeypatch.setattr(table, "_rows", tuple(open_rows))
    places: dict[Any, list[Any]] = {}
    for one in open_rows:
        places.setdefault((one.source, one.action), []).append(one)
    monkeypatch.setattr(table, "_by_place", places)
    client, address = _as(people[post]), place.act(row, action)
    elsewhere = {
        ("ticket", "publish"),
        ("campaign", "send_back"),
    }  # a page, a button of another form: tested below
    if (name, action) not in elsewhere:
        assert _mark_in(client.get(place.page(row)).content.decode(), address) == place.life.mark(row)
    before = _whole(row)
    for sent in ({"seen": "0"}, {"seen": ""}, {}):
        answer = client.post(address, sent)
        assert answer.status_code == 409
        assert ContentChanged.title in (page := answer.content.decode())
        assert "请看过现在的内容再操作" in page
        assert _whole(row) == before


def test_the_decision_is_of_what_was_read_and_its_words_are_kept() -> None:
    world = cases.make_world()
    office, case = world.office, cases.deciding_case(world)
    client, page = _as(office.approver), reverse("cases_case", args=[case.number])
    address = reverse("cases_act", args=[case.number, "decide"])
    seen = _mark_in(client.get(page).content.decode(), address)
    other = cases.StaffFactory(department=office.department, posts=[Post.APPROVER])
    actions.send_back(other.actor, case=case, opinion="请再核实住址")
    actions.pass_review(office.officer.actor, case=case, outcome="refuse", opinion="住址不实")
    sent = {"seen": seen, "outcome": "approve", "opinion": "材料齐全，准予办理"}
    refused = client.post(address, sent)
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "材料齐全，准予办理" in shown
    assert "住址不实" in shown
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("deciding", "")
    decided = client.post(address, sent | {"seen": _mark_in(shown, address)})
    assert decided.status_code == 302
    case.refresh_from_db()
    assert (case.state, case.outcome) == ("approved", "approve")


def test_a_claim_or_an_urge_is_no_change_of_what_was_read() -> None:
    world = cases.make_world()
    case = cases.deciding_case(world)
    client = _as(world.office.approver)
    address = reverse("cases_act", args=[case.number, "decide"])
    seen = _mark_in(client.get(reverse("cases_case", args=[case.number])).content.decode(), address)
    actions.urge(world.citizen.actor, case=case)
    actions.claim(world.office.approver.actor, case=case)
    sent = client.post(address, {"seen": seen, "outcome": "approve", "opinion": "同意"})
    assert sent.status_code == 302


def test_an_extension_asked_anew_is_not_the_one_that_was_read() -> None:
    world = cases.make_world()
    office, case = world.office, cases.reviewing_case(world)
    actions.ask_extension(office.officer.actor, case=case, days=2, reason="等待鉴定")
    client = _as(office.approver)
    address = reverse("cases_act", args=[case.number, "approve_extension"])
    seen = _mark_in(client.get(reverse("cases_case", args=[case.number])).content.decode(), address)
    actions.recall_extension(office.officer.actor, case=case)
    actions.ask_extension(office.officer.actor, case=case, days=10, reason="情况复杂")
    refused = client.post(address, {"seen": seen, "reason": "同意延期"})
    assert refused.status_code == 409
    assert [one.status for one in case.extensions.order_by("pk")] == ["recalled", "pending"]


def test_a_public_text_drafted_anew_is_not_the_one_that_was_read() -> None:
    city = tickets.make_city()
    ticket = tickets.closed(city)
    text = ticket_actions.PublicText(title="路灯报修", question="人民公园南门的路灯坏了", answer="已经修复")
    ticket_actions.prepare(city.officer.actor, ticket=ticket, text=text)
    client = _as(city.dispatcher)
    address = reverse("tickets_publish", args=[ticket.number])
    seen = _mark_in(client.get(reverse("tickets_text", args=[ticket.number])).content.decode(), address)
    ticket_actions.prepare(city.officer.actor, ticket=ticket, text=replace(text, answer="张三已经修复"))
    refused = client.post(address, {"seen": seen})
    assert refused.status_code == 409
    assert "张三已经修复" in refused.content.decode()
    assert Publication.objects.get(ticket=ticket).status != "confirmed"


CAMPAIGN = [row.action for row in CAMPAIGNS.table if row.judges]


@pytest.mark.parametrize("act", CAMPAIGN)
def test_a_campaign_changed_since_is_not_judged(act: str) -> None:
    desk = campaigns.Desk()
    row = campaigns.submitted_campaign(desk)
    client, page = _as(desk.colleague), reverse("messaging_campaign", args=[row.public_id])
    address = reverse("messaging_act", args=[row.public_id, act])
    approve = reverse("messaging_act", args=[row.public_id, "approve"])
    seen = _mark_in(client.get(page).content.decode(), approve)
    campaign_actions.withdraw(desk.author.actor, campaign=row)
    campaign_actions.submit(desk.author.actor, campaign=row)
    before = _whole(row)
    refused = client.post(address, {"seen": seen, "note": "内容妥当"})
    assert refused.status_code == 409
    shown = refused.content.decode()
    assert "内容妥当" in shown
    assert "撤回修改" in shown
    assert _whole(row) == before
    assert client.post(address, {"seen": _mark_in(shown, approve), "note": "内容妥当"}).status_code == 302
    assert Campaign.objects.get(pk=row.pk).state != campaign_rules.State.SUBMITTED


def _article() -> tuple[Any, Any, Callable[[], Any], dict[str, Staff]]:
    people = make_people(make_offices())
    actor = people["editor"].actor
    row = content_actions.save_draft(actor, spec=make_spec())
    rewrite = lambda: content_actions.save_draft(actor, spec=make_spec(title="另一个标题"), article=row)  # noqa: E731
    return ARTICLES, row, rewrite, {"writer": people["editor"], "reviewer": people["reviewer"]}


def _item() -> tuple[Any, Any, Callable[[], Any], dict[str, Staff]]:
    police = make_item_city()
    DepartmentFactory(code="zw", is_centre=True)
    writer, reviewer = make_staff(Post.ITEM_MANAGER, police), make_staff(Post.REVIEWER, police)
    row = catalog_actions.save_draft(writer.actor, spec=make_item_spec())
    rewrite = lambda: catalog_actions.save_draft(writer.actor, spec=make_item_spec(enquiry="0999-0101999"))  # noqa: E731
    return ITEMS, row, rewrite, {"writer": writer, "reviewer": reviewer}


@pytest.mark.parametrize("do", ["approve", "reject"])
@pytest.mark.parametrize(("made", "page"), [(_article, "content_review"), (_item, "catalog_review")])
def test_a_draft_written_anew_is_not_the_one_that_was_read(made: Any, page: str, do: str) -> None:
    desk, row, rewrite, people = made()
    writer, client = people["writer"].actor, _as(people["reviewer"])
    desk.submit(writer, row)
    address = reverse(page, args=[row.pk])
    seen = re.search(r'name="seen" value="(\d+)"', client.get(address).content.decode())
    assert seen
    desk.take_back(writer, row)
    rewrite()
    desk.submit(writer, row)
    sent = {"do": do, "comment": "写得清楚", "seen": seen.group(1)}
    before = state_of(row)
    assert client.post(address, sent | {"seen": ""}).status_code == 409
    refused = client.post(address, sent)
    assert refused.status_code == 409
    assert "写得清楚" in (shown := refused.content.decode())
    assert ContentChanged.title in shown
    assert state_of(row) == before
    fresh = re.search(r'name="seen" value="(\d+)"', shown)
    assert fresh
    assert client.post(address, sent | {"seen": fresh.group(1)}).status_code == 302
    assert state_of(row) != before
