"""What several people reported: one who withdraws takes back their own, never what the others asked."""

from datetime import timedelta

import pytest
import time_machine
from identity.factories import CitizenFactory
from tickets.factories import (
    BODY,
    REPLY,
    City,
    anonymous,
    draft,
    handling,
    make_city,
    sender,
    submitted,
)
from tickets.test_api import App
from tickets.test_same_matter import sent

from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.messaging.models import Message
from zhijian.tickets import actions, errors
from zhijian.tickets.console.page import build
from zhijian.tickets.models import Ticket
from zhijian.tickets.queries.citizen import ticket_by_receipt
from zhijian.tickets.queries.staff import ticket_for_staff
from zhijian.tickets.rules.states import MERGE_INTO, State

pytestmark = pytest.mark.django_db


@pytest.fixture
def city() -> City:
    return make_city()


@pytest.fixture
def other() -> Citizen:
    person: Citizen = CitizenFactory(real_named=True)
    return person


def to_state(city: City, ticket: Ticket, state: str) -> Ticket:
    if state != State.SUBMITTED:
        ticket = actions.dispatch(city.dispatcher.actor, ticket=ticket, department=city.department)
    if state in {State.HANDLING, State.SUPPLEMENT}:
        ticket = actions.accept(city.officer.actor, ticket=ticket)
    if state == State.SUPPLEMENT:
        ticket = actions.ask_more(city.officer.actor, ticket=ticket, question="请补充灯杆编号")
    return ticket


def read(person: Citizen, ticket: Ticket) -> dict:  # type: ignore[type-arg]
    answer = App(person).call("GET", f"/{ticket.public_id}")
    assert answer.status_code == 200, answer.content.decode()
    found: dict = answer.json()  # type: ignore[type-arg]
    return found


@pytest.mark.parametrize("state", sorted(MERGE_INTO))
def test_it_goes_on_for_the_others_in_every_state(city: City, other: Citizen, state: State) -> None:
    main, second = sent(city, city.citizen), sent(city, other)
    to_state(city, main, state)
    left = actions.withdraw(city.citizen.actor, ticket=main, reason="我搬走了")
    expected = State.HANDLING if state == State.SUPPLEMENT else state
    assert (left.state, left.left_at is None) == (expected, False)
    mine, theirs = read(city.citizen, main), read(other, second)
    assert (mine["state"], mine["actions"], mine["department"], mine["question"]) == (
        "withdrawn",
        [],
        None,
        "",
    )
    assert mine["sentence"] == "您已撤回这件诉求，其他人反映的同一件事不受影响"
    assert (theirs["state"], theirs["merged_into"]["state"]) == ("merged", expected)
    assert "撤回" not in theirs["merged_into"]["sentence"]
    assert theirs["actions"] == ["withdraw"]
    page = build(ticket_for_staff(city.dispatcher, main.number), city.dispatcher)
    assert (page.reporter, page.phone, page.may_reveal, page.others) == ("已撤回", "", False, 1)


def test_alone_it_ends(city: City) -> None:
    ticket = actions.withdraw(city.citizen.actor, ticket=submitted(city))
    assert (ticket.state, ticket.left_at) == (State.WITHDRAWN, None)
    assert read(city.citizen, ticket)["sentence"] == "您已撤回这件诉求"


def test_withdrawing_twice_is_told_in_words_for_people(city: City, other: Citizen) -> None:
    main = sent(city, city.citizen)
    sent(city, other)
    app = App(city.citizen)
    assert app.call("POST", f"/{main.public_id}/withdraw", {"text": ""}).status_code == 200
    again = app.call("POST", f"/{main.public_id}/withdraw", {"text": ""})
    assert (again.status_code, again.json()["detail"]) == (409, "您已经撤回这件诉求")


def test_whoever_left_is_told_nothing_more_and_reads_nothing_of_the_others(
    city: City, other: Citizen, run_tasks: object
) -> None:
    main = to_state(city, sent(city, city.citizen), State.HANDLING)
    second = sent(city, other)
    actions.withdraw(city.citizen.actor, ticket=main)
    with time_machine.travel(now() + timedelta(hours=1)):
        actions.ask_more(city.officer.actor, ticket=main, question="请补充灯杆编号")
        asked = read(other, second)
        assert (asked["question"], asked["actions"], asked["waiting_for_you"]) == (
            "请补充灯杆编号",
            ["supplement", "withdraw"],
            True,
        )
        answer = App(other).call("POST", f"/{second.public_id}/supplement", {"text": "灯杆编号是235"})
        assert answer.status_code == 200, answer.content.decode()
        actions.reply(city.officer.actor, ticket=main, text=REPLY)
        run_tasks()  # type: ignore[operator]
        mine = read(city.citizen, main)
        assert (mine["reply"], mine["steps"][0]["action"], mine["actions"]) == (None, "withdraw", [])
        with pytest.raises(errors.StateForbids):
            actions.reopen(city.citizen.actor, ticket=main, reason="我还是不满意")
    told = {
        person: set(Message.objects.filter(citizen=person).values_list("template", flat=True))
        for person in (city.citizen, other)
    }
    assert "ticket.more_asked" in told[other]
    assert "ticket.replied" in told[other]
    assert not {"ticket.more_asked", "ticket.replied"} & told[city.citizen]


def test_the_others_read_the_answer_without_what_looks_personal(city: City, other: Citizen) -> None:
    main = to_state(city, sent(city, city.citizen), State.HANDLING)
    second = sent(city, other)
    actions.reply(city.officer.actor, ticket=main, text="路灯已修好，如有问题请打维修班电话19900008888。")
    theirs = read(other, second)
    assert theirs["reply"]["text"].startswith("路灯已修好")
    assert "19900008888" not in theirs["reply"]["text"]
    assert theirs["actions"] == ["reopen"]


def test_the_others_read_by_when_it_is_answered_and_what_the_offices_did(city: City, other: Citizen) -> None:
    main = sent(city, city.citizen)
    second = sent(city, other)
    with time_machine.travel(now() + timedelta(minutes=5)):
        main = to_state(city, main, State.HANDLING)
        actions.contact(city.officer.actor, ticket=main, note="已打电话给陈先生")
    first, theirs = read(city.citizen, main), read(other, second)
    assert theirs["clock"]["due_at"] == first["clock"]["due_at"] is not None
    assert (theirs["clock"]["contact_due_at"], theirs["clock"]["contacted_at"]) == (None, None)
    assert theirs["department"] == first["department"]
    assert [step["action"] for step in theirs["steps"]][:3] == ["contact", "accept", "dispatch"]
    assert "陈先生" not in str(theirs)
    with time_machine.travel(now() + timedelta(minutes=10)):
        actions.withdraw(city.citizen.actor, ticket=main, reason="我搬走了")
        assert read(other, second)["steps"][0]["action"] == "contact"
        actions.withdraw(other.actor, ticket=second)
        assert read(other, second)["steps"][0]["action"] == "withdraw"


def test_the_others_read_why_it_was_refused(city: City, other: Citizen) -> None:
    main, second = sent(city, city.citizen), sent(city, other)
    actions.refuse(city.dispatcher.actor, ticket=main, reason="不属于政府职责", elsewhere="向物业公司反映")
    assert "向物业公司反映" in read(other, second)["reply"]["text"]
    assert sent(city, other).state == State.SUBMITTED


def test_a_split_one_goes_on_in_its_parts_and_the_others_read_their_answers(
    city: City, other: Citizen
) -> None:
    main, second = sent(city, city.citizen), sent(city, other)
    parts = [
        actions.Part(city.department, city.category, "维修损坏的路灯"),
        actions.Part(city.other, city.category, "公交站牌被撞歪"),
    ]
    actions.split(city.dispatcher.actor, ticket=main, parts=parts)
    first, last = main.parts.order_by("id")
    assert actions.withdraw(city.citizen.actor, ticket=first).state == State.DISPATCHED
    first = actions.accept(city.officer.actor, ticket=first)
    with pytest.raises(errors.NotNow):
        actions.ask_more(city.officer.actor, ticket=first, question="请补充灯杆编号")
    for part, officer in (
        (first, city.officer),
        (actions.accept(city.helper.actor, ticket=last), city.helper),
    ):
        actions.reply(officer.actor, ticket=part, text=f"{part.body}，已经完成")
        actions.call_back(city.dispatcher.actor, ticket=part, note="回访")
    theirs = read(other, second)
    assert theirs["merged_into"]["state"] == "closed"
    assert theirs["reply"]["text"].count("已经完成") == 2


def test_a_merged_one_leaves_by_itself_and_the_last_ends_it(city: City, other: Citizen) -> None:
    main, second = sent(city, city.citizen), sent(city, other)
    nameless, receipt = anonymous(city, body=BODY)
    assert nameless.merged_into == second.merged_into == main
    actions.withdraw(city.citizen.actor, ticket=main)
    gone = actions.withdraw(other.actor, ticket=second)
    assert (gone.state, gone.merged_into) == (State.WITHDRAWN, None)
    assert not main.followers.exists()
    main.refresh_from_db()
    assert main.state == State.SUBMITTED
    actor, nameless = ticket_by_receipt(nameless.number, receipt)
    actions.withdraw(actor, ticket=nameless)
    main.refresh_from_db()
    assert (main.state, main.closed_at is None) == (State.WITHDRAWN, False)
    assert read(city.citizen, main)["state"] == "withdrawn"


def test_an_answered_matter_is_not_left_any_more(city: City, other: Citizen) -> None:
    main = to_state(city, sent(city, city.citizen), State.HANDLING)
    second = sent(city, other)
    actions.reply(city.officer.actor, ticket=main, text=REPLY)
    with pytest.raises(errors.NotNow):
        actions.withdraw(other.actor, ticket=second)


def test_who_left_may_join_again(city: City, other: Citizen) -> None:
    main = sent(city, city.citizen)
    sent(city, other)
    actions.withdraw(city.citizen.actor, ticket=main)
    again = sent(city, city.citizen)
    assert (again.state, again.merged_into) == (State.MERGED, main)
    assert main.followers.filter(citizen=city.citizen).exists()
    with pytest.raises(errors.AlreadySent):
        sent(city, city.citizen)
    actions.withdraw(other.actor, ticket=Ticket.objects.get(citizen=other))
    main.refresh_from_db()
    assert main.state == State.SUBMITTED


def test_what_was_left_is_merged_on_without_whoever_left(city: City, other: Citizen) -> None:
    main = sent(city, city.citizen)
    second = sent(city, other)
    actions.withdraw(city.citizen.actor, ticket=main)
    goal = actions.submit(
        sender=sender(CitizenFactory(real_named=True)), draft=draft(city, title="路口的灯不亮")
    ).ticket
    actions.merge(city.dispatcher.actor, ticket=main, into=goal, reason="同一处路灯")
    second.refresh_from_db()
    assert second.merged_into == goal
    assert list(goal.followers.values_list("citizen", flat=True)) == [other.pk]
    mine = read(city.citizen, main)
    assert (mine["state"], mine["merged_into"], mine["actions"]) == ("withdrawn", None, [])


def test_consent_to_publish_goes_with_whoever_gave_it(city: City, other: Citizen) -> None:
    main = to_state(city, sent(city, city.citizen), State.HANDLING)
    sent(city, other)
    city.category.public_default = False
    city.category.save()
    actions.withdraw(city.citizen.actor, ticket=main)
    text = actions.PublicText("路灯不亮", "公园南门路灯不亮")
    with pytest.raises(errors.PublicationNotAllowed):
        actions.prepare(city.officer.actor, ticket=main, text=text)


def test_nobody_rates_what_its_reporter_left(city: City, other: Citizen) -> None:
    main = to_state(city, sent(city, city.citizen), State.HANDLING)
    second = sent(city, other)
    actions.withdraw(city.citizen.actor, ticket=main)
    actions.reply(city.officer.actor, ticket=main, text=REPLY)
    assert "rate" not in read(city.citizen, main)["actions"] + read(other, second)["actions"]
    with pytest.raises(errors.NotNow):
        actions.mark_rated(reference=main.number, stars=5, satisfied=True)


def test_who_asks_for_more_time_does_not_grant_it(city: City) -> None:
    from zhijian.core.actor import SYSTEM
    from zhijian.organizations.actions import grant_post
    from zhijian.organizations.rules import Post

    grant_post(SYSTEM, staff=city.officer, post=Post.TICKET_DISPATCHER, region=city.region)
    ticket = actions.ask_extension(city.officer.actor, ticket=handling(city), days=3, reason="配件要等很久")
    for decide in (
        lambda: actions.approve_extension(city.officer.actor, ticket=ticket),
        lambda: actions.deny_extension(city.officer.actor, ticket=ticket, opinion="不需要延期"),
    ):
        with pytest.raises(errors.NotNow) as refused:
            decide()
        assert refused.value.detail == "延期不能由申请延期的人自己审批"
    assert actions.approve_extension(city.dispatcher.actor, ticket=ticket).due_at is not None
