"""Campaigns: drafting, approval by a second person, audiences, sending once each, stopping."""

from dataclasses import replace
from typing import Any

import pytest
from cases.factories import make_world, submitted_case
from django.db import IntegrityError, transaction
from identity.factories import CitizenFactory
from licences.factories import LicenceFactory
from messaging.factories import (
    ALARM,
    DRAFT,
    IN_STATE,
    Desk,
    approved_campaign,
    broadcast,
    consent,
    done_campaign,
    draft_campaign,
    make_districts,
    queued_campaign,
    reader,
    staff,
    submitted_campaign,
    want,
)
from organizations.factories import DepartmentFactory, StaffFactory
from support.rows import changed, stored
from time_machine import travel

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.core.errors import Problem
from zhijian.messaging import errors
from zhijian.messaging.actions import campaigns, settings
from zhijian.messaging.actions.inbox import mark_read
from zhijian.messaging.actions.pace import pause_channel
from zhijian.messaging.models import Campaign, CampaignStep, Delivery, Message, Recipient
from zhijian.messaging.queries.audience import audience, estimate
from zhijian.messaging.queries.campaigns import (
    campaign_of,
    figures_of,
    roles_of,
    running,
    visible_to,
    waiting_for,
)
from zhijian.messaging.rules.campaigns import TABLE, Act, Kind, Role, State, Text
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> Desk:
    return Desk()


def person(desk: Desk, role: Role) -> Staff:
    return {
        Role.AUTHOR: desk.author,
        Role.OPERATOR: desk.colleague,
        Role.SUPERVISOR: desk.supervisor,
    }[role]


DO: dict[Act, Any] = {
    Act.EDIT: lambda who, one: campaigns.edit(who.actor, campaign=one, draft=DRAFT),
    Act.SUBMIT: lambda who, one: campaigns.submit(who.actor, campaign=one),
    Act.WITHDRAW: lambda who, one: campaigns.withdraw(who.actor, campaign=one),
    Act.APPROVE: lambda who, one: campaigns.approve(who.actor, campaign=one),
    Act.SEND_BACK: lambda who, one: campaigns.send_back(who.actor, campaign=one, note="请改"),
    Act.TEST: lambda who, one: campaigns.send_test(who.actor, campaign=one, phone="19900000001"),
    Act.START: lambda who, one: campaigns.start(who.actor, campaign=one),
    Act.STOP: lambda who, one: campaigns.stop(who.actor, campaign=one, note="时间有变"),
}
PEOPLE = [Role.AUTHOR, Role.OPERATOR, Role.SUPERVISOR]
#: What is allowed, written out: the table is code, this is what was wanted.
ALLOWED = {
    (State.DRAFT, Act.EDIT): {Role.AUTHOR},
    (State.DRAFT, Act.TEST): {Role.AUTHOR},
    (State.DRAFT, Act.SUBMIT): {Role.AUTHOR},
    (State.SUBMITTED, Act.WITHDRAW): {Role.AUTHOR},
    (State.SUBMITTED, Act.SEND_BACK): {Role.OPERATOR, Role.SUPERVISOR},
    (State.SUBMITTED, Act.APPROVE): {Role.OPERATOR, Role.SUPERVISOR},
    (State.APPROVED, Act.START): {Role.AUTHOR, Role.OPERATOR},
    (State.APPROVED, Act.STOP): set(PEOPLE),
    (State.QUEUED, Act.STOP): set(PEOPLE),
    (State.SENDING, Act.STOP): set(PEOPLE),
}


@pytest.mark.parametrize("state", list(State))
def test_every_act_by_every_role_in_every_state(desk: Desk, state: State) -> None:
    CitizenFactory(phone="19900000001", phone_index=blind_index("phone", "19900000001"))
    campaign = IN_STATE[state](desk)
    assert campaign.state == state
    for act, do in DO.items():
        for role in PEOPLE:
            allowed = role in ALLOWED.get((state, act), set())
            assert (act in TABLE.possible(state, frozenset({role}), None)) == allowed
            savepoint = transaction.savepoint()
            try:
                do(person(desk, role), campaign)
                done = True
            except (errors.NotNow, errors.NotYours, errors.OwnApproval):
                done = False
            assert done == allowed, (state, act, role)
            transaction.savepoint_rollback(savepoint)
    campaign.refresh_from_db()
    assert campaign.state == state


WRITTEN = [
    (State.DRAFT, Act.SUBMIT, "author", {"state": "submitted", "submitted_at": "now"}, ""),
    (State.SUBMITTED, Act.WITHDRAW, "author", {"state": "draft", "submitted_at": None}, ""),
    (State.SUBMITTED, Act.SEND_BACK, "colleague", {"state": "draft", "submitted_at": None}, "请改"),
    (
        State.SUBMITTED,
        Act.APPROVE,
        "supervisor",
        {"state": "approved", "approver_id": "me", "approved_at": "now"},
        "",
    ),
    (State.APPROVED, Act.START, "author", {"state": "queued", "queued_at": "now", "size": 0}, ""),
    (State.QUEUED, Act.STOP, "supervisor", {"state": "stopped", "finished_at": "now"}, "时间有变"),
]


@pytest.mark.parametrize(("state", "act", "who", "written", "note"), WRITTEN)
def test_what_an_act_writes(
    desk: Desk, state: State, act: Act, who: str, written: dict[str, Any], note: str
) -> None:
    campaign, staff_ = IN_STATE[state](desk), getattr(desk, who)
    before, at = stored(campaign), now()
    with travel(at, tick=False):
        DO[act](staff_, campaign)
    values = {"now": at, "me": staff_.pk}
    assert changed(before, campaign) == {
        name: values.get(value, value) if isinstance(value, str) else value for name, value in written.items()
    }
    step, entry = campaign.steps.last(), AuditEntry.objects.latest("id")
    assert step
    post = "监察人员" if who == "supervisor" else "运营人员"
    assert (step.action, step.at, step.actor_key, step.note) == (act, at, staff_.public_id, note)
    assert (entry.action, entry.actor_label) == (f"campaign.{act}", step.post)
    assert step.post.endswith(post)
    assert entry.facts == ({"size": 0} if act is Act.START else {})


def test_the_table_leads_from_draft_to_an_end() -> None:
    ends = {State.DONE, State.STOPPED}
    reached = {State.DRAFT}
    for _ in State:
        reached |= {row.follows for row in TABLE if row.source in reached}
    assert reached == set(State)
    assert not any(TABLE.possible(state, frozenset(Role), None) for state in ends)


def test_nobody_approves_their_own_and_the_attempt_is_audited(desk: Desk) -> None:
    campaign = submitted_campaign(desk)
    grant_post(SYSTEM, staff=desk.author, post=Post.SUPERVISOR, department=desk.department)
    author = Staff.objects.get(pk=desk.author.pk)
    with pytest.raises(errors.OwnApproval) as refusal:
        campaigns.approve(author.actor, campaign=campaign)
    refusal.value.tell()
    entry = AuditEntry.objects.get(outcome="refused")
    assert (entry.action, entry.subject) == ("campaign.approve", f"campaign:{campaign.public_id}")
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(approver=desk.author)


def test_the_second_of_two_approvals_is_told(desk: Desk) -> None:
    campaign = submitted_campaign(desk)
    campaigns.approve(desk.colleague.actor, campaign=campaign)
    with pytest.raises(errors.NotNow):
        campaigns.approve(desk.supervisor.actor, campaign=campaign)
    assert CampaignStep.objects.filter(action=Act.APPROVE).count() == 1


def test_the_database_sends_nothing_unapproved(desk: Desk) -> None:
    campaign = draft_campaign(desk)
    with pytest.raises(IntegrityError), transaction.atomic():
        Campaign.objects.filter(pk=campaign.pk).update(state=State.QUEUED)


def test_a_post_elsewhere_counts_for_nothing(desk: Desk) -> None:
    stranger = StaffFactory(posts=[Post.OPERATOR, Post.SUPERVISOR])
    campaign = submitted_campaign(desk)
    assert roles_of(stranger, campaign) == set()
    with pytest.raises(errors.NotYours):
        campaigns.approve(stranger.actor, campaign=campaign)
    assert list(visible_to(stranger)) == []
    with pytest.raises(errors.CampaignNotFound) as refusal:
        campaign_of(stranger, campaign.public_id)
    refusal.value.tell()
    assert AuditEntry.objects.filter(action="campaign.out_of_scope", outcome="refused").count() == 1
    assert [waiting_for(who).count() for who in (desk.author, desk.colleague, stranger)] == [0, 1, 0]


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"name": " "}, ["/name"]),
        ({"name": "长" * 61}, ["/name"]),
        ({"purpose": "case_progress"}, ["/purpose"]),
        ({"purpose": "emergency"}, ["/purpose"]),
        ({"zh": Text("", "正文")}, ["/zh/title"]),
        ({"zh": Text("题", "文" * 1001)}, ["/zh/body"]),
        ({"channels": ("inbox", "sms")}, ["/zh/sms"]),
        ({"channels": ("sms",), "zh": Text("题", "文", "短")}, ["/channels"]),
        ({"en": Text("Title")}, ["/en/body"]),
        ({"link": "https://x.example"}, ["/link"]),
        ({"audience": {"attribute": "income", "in": ["high"]}}, ["/audience/attribute"]),
        ({"audience": {"attribute": "district", "in": ["990199"]}}, ["/audience/in/0"]),
        ({"audience": "everybody"}, ["/audience"]),
    ],
)
def test_drafts_that_are_refused(desk: Desk, changes: dict[str, Any], paths: list[str]) -> None:
    with pytest.raises(errors.CampaignWrong) as refusal:
        draft_campaign(desk, **changes)
    assert [fault.path for fault in refusal.value.fields] == paths
    assert not Campaign.objects.exists()


def test_only_operators_write(desk: Desk) -> None:
    with pytest.raises(errors.NotYours):
        campaigns.create(desk.supervisor.actor, author=desk.supervisor, draft=DRAFT)


def test_sent_back_it_can_be_mended(desk: Desk) -> None:
    campaign = submitted_campaign(desk)
    with pytest.raises(errors.ReasonMissing):
        campaigns.send_back(desk.colleague.actor, campaign=campaign, note=" ")
    campaigns.send_back(desk.colleague.actor, campaign=campaign, note="标题再短些")
    mended = replace(DRAFT, name="流感疫苗")
    edited = campaigns.edit(desk.author.actor, campaign=campaign, draft=mended)
    assert (edited.state, edited.name, edited.submitted_at) == (State.DRAFT, "流感疫苗", None)
    assert [step.note for step in edited.steps.filter(action=Act.SEND_BACK)] == ["标题再短些"]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        CampaignStep.objects.update(note="")


def test_a_test_reaches_one_inbox_and_nobody_else(desk: Desk) -> None:
    own = CitizenFactory()
    reader()
    campaign = draft_campaign(desk)
    message = campaigns.send_test(desk.author.actor, campaign=campaign, phone=own.phone)
    assert message.citizen == own
    assert (message.title or "").startswith("【测试】")
    assert (Message.objects.count(), Recipient.objects.count()) == (1, 0)


@pytest.mark.parametrize("phone", ["", "12345", "19900009999"])
def test_tests_to_nobody(desk: Desk, phone: str) -> None:
    with pytest.raises(errors.RecipientUnknown):
        campaigns.send_test(desk.author.actor, campaign=draft_campaign(desk), phone=phone)


def test_five_tests_a_day(desk: Desk) -> None:
    own, campaign = CitizenFactory(), draft_campaign(desk)
    for _ in range(5):
        campaigns.send_test(desk.author.actor, campaign=campaign, phone=own.phone)
    with pytest.raises(errors.TestsTooOften):
        campaigns.send_test(desk.author.actor, campaign=campaign, phone=own.phone)


# whom it reaches


def people(tree: dict[str, Any], purpose: str = "city_activity") -> set[int]:
    return set(audience(purpose, tree).values_list("pk", flat=True))


def leaf(attribute: str, *values: str) -> dict[str, Any]:
    return {"attribute": attribute, "in": list(values)}


def test_audiences_ask_only_what_was_consented_to() -> None:
    _, chenghu, nanping = make_districts()
    a = consent(reader(), district=chenghu)
    b = consent(reader(), district=nanping, topics=("health",))
    silent = reader()
    CitizenFactory()
    assert people({}) == {a.pk, b.pk, silent.pk}
    assert people(leaf("district", chenghu.code)) == {a.pk}
    assert people({"not": leaf("district", chenghu.code)}) == {b.pk}
    assert people(leaf("topic", "health")) == {b.pk}
    assert people({"any": [leaf("topic", "health"), leaf("district", chenghu.code)]}) == {a.pk, b.pk}
    assert people({"all": [leaf("topic", "health"), leaf("district", chenghu.code)]}) == set()
    settings.change_settings(a.actor, citizen=a, wanted=settings.Wanted(use_attributes=False))
    assert people(leaf("district", chenghu.code)) == set()


def test_audiences_by_licence_case_and_tag() -> None:
    world = make_world()
    case = submitted_case(world)
    want(world.citizen, "city_activity")
    holder = reader(real_named=True)
    LicenceFactory(citizen=holder, licence_type="driving_licence")
    tree = {
        "any": [leaf("case_item", case.item_code), leaf("licence", "driving_licence"), leaf("tag", "养老")]
    }
    assert people(tree) == set()
    consent(world.citizen)
    assert people(tree) == {world.citizen.pk}
    consent(holder)
    assert people(tree) == {world.citizen.pk, holder.pk}
    tagged = consent(reader())
    settings.add_tag(citizen=tagged, code="养老", why="办过高龄津贴")
    assert people(leaf("tag", "养老")) == {tagged.pk}


def test_an_estimate_tells_of_nobody(django_assert_num_queries: Any) -> None:
    for _ in range(3):
        reader()
    with django_assert_num_queries(1):
        assert estimate("city_activity", {}) == "少于20人"


# sending


def send_all(campaign: Campaign, size: int = 2) -> int:
    count = 0
    while sent := campaigns.send_batch(campaign_id=campaign.public_id, size=size):
        count += sent
    return count


def test_everybody_once(desk: Desk) -> None:
    wanted = {reader().pk for _ in range(5)}
    CitizenFactory()
    campaign = queued_campaign(desk)
    assert (campaign.size, Recipient.objects.count(), Message.objects.count()) == (5, 5, 0)
    assert send_all(campaign) == 5
    assert set(Message.objects.values_list("citizen", flat=True)) == wanted
    campaign.refresh_from_db()
    assert campaign.state == State.DONE
    assert campaign.finished_at is not None
    assert campaigns.send_batch(campaign_id=campaign.public_id) == 0
    assert Message.objects.count() == 5


def test_an_empty_audience_is_done_at_once(desk: Desk) -> None:
    assert done_campaign(desk).state == State.DONE


def test_who_left_after_the_queue_was_made_gets_nothing(desk: Desk) -> None:
    stays, leaves = reader(), reader()
    campaign = queued_campaign(desk)
    want(leaves, "city_activity", on=False)
    send_all(campaign)
    assert [message.citizen for message in Message.objects.all()] == [stays]
    left = Recipient.objects.get(citizen=leaves)
    assert (left.state, left.reason) == ("skipped", "switched_off")


def test_stopped_in_the_middle(desk: Desk) -> None:
    for _ in range(4):
        reader()
    campaign = queued_campaign(desk)
    campaigns.send_batch(campaign_id=campaign.public_id, size=1)
    with pytest.raises(errors.ReasonMissing):
        campaigns.stop(desk.author.actor, campaign=campaign, note="")
    campaigns.stop(desk.supervisor.actor, campaign=campaign, note="接种点变更")
    assert campaigns.send_batch(campaign_id=campaign.public_id) == 0
    assert Message.objects.count() == 1
    figures = figures_of(campaign)
    assert (figures.queued, figures.sent, figures.done_share) == (3, 1, 25)
    with pytest.raises(errors.NotNow):
        campaigns.start(desk.author.actor, campaign=campaign)


def test_figures(desk: Desk, django_assert_num_queries: Any) -> None:
    citizens = [reader() for _ in range(4)]
    campaign = done_campaign(desk)
    mark_read(citizens[0].actor, message=Message.objects.get(citizen=citizens[0]))
    with django_assert_num_queries(2):
        figures = figures_of(campaign)
    assert (figures.total, figures.sent, figures.done_share, figures.read_share) == (4, 4, 100, 25)


def test_other_channels_follow_the_inbox(desk: Desk) -> None:
    reader()
    done_campaign(desk, channels=("inbox", "sms", "wechat"), zh=Text("题", "文", "短"))
    assert [one.channel for one in Delivery.objects.all()] == ["wechat"]


def test_a_paused_channel_stops_the_start(desk: Desk) -> None:
    campaign = approved_campaign(desk, channels=("inbox", "sms"), zh=Text("题", "文", "短"))
    pause_channel(SYSTEM, channel="sms", reason="检修")
    with pytest.raises(errors.ChannelPaused):
        campaigns.start(desk.author.actor, campaign=campaign)
    campaign.refresh_from_db()
    assert (campaign.state, campaign.size) == (State.APPROVED, None)
    assert not Recipient.objects.exists()


def test_an_emergency_reaches_all_as_soon_as_a_second_person_approves(desk: Desk) -> None:
    deaf = want(CitizenFactory(), "emergency", channel="sms", on=False)
    CitizenFactory()
    campaign = broadcast(desk)
    assert campaign.state == State.SUBMITTED
    pause_channel(SYSTEM, channel="sms", reason="检修")
    approved = campaigns.approve(desk.supervisor.actor, campaign=campaign)
    assert (approved.state, approved.size, approved.kind) == (State.QUEUED, 2, Kind.EMERGENCY)
    send_all(approved)
    assert Message.objects.filter(citizen=deaf, priority=0).exists()
    assert set(Delivery.objects.values_list("priority", "channel")) == {(0, "sms")}


def test_an_emergency_passes_a_paused_channel_by(desk: Desk) -> None:
    CitizenFactory()
    pause_channel(SYSTEM, channel="sms", reason="检修")
    campaign = broadcast(desk, channels=("inbox", "sms", "wechat"))
    send_all(campaigns.approve(desk.supervisor.actor, campaign=campaign))
    assert Delivery.objects.get().channel == "wechat"


def test_an_emergency_goes_before_other_campaigns(desk: Desk) -> None:
    reader()
    first = queued_campaign(desk)
    alarm = broadcast(desk)
    campaigns.approve(desk.supervisor.actor, campaign=alarm)
    assert [one.pk for one in running()] == [alarm.pk, first.pk]
    assert campaigns.send_next_batch() == 1
    assert Message.objects.get().campaign == alarm
    assert campaigns.send_next_batch() == 1
    assert campaigns.send_next_batch() == 0
    assert set(Campaign.objects.values_list("state", flat=True)) == {State.DONE}


def test_an_emergency_for_one_district(desk: Desk) -> None:
    _, chenghu, _ = make_districts()
    near = consent(CitizenFactory(), district=chenghu)
    CitizenFactory()
    campaign = broadcast(desk, audience=leaf("district", chenghu.code))
    campaigns.approve(desk.supervisor.actor, campaign=campaign)
    assert [one.citizen for one in Recipient.objects.all()] == [near]


@pytest.mark.parametrize(
    "changes", [{"purpose": "city_activity"}, {"zh": Text("题", "文")}, {"channels": ()}]
)
def test_broadcasts_that_are_refused(desk: Desk, changes: dict[str, Any]) -> None:
    with pytest.raises(errors.CampaignWrong):
        broadcast(desk, **changes)
    with pytest.raises(errors.NotYours):
        campaigns.broadcast(desk.supervisor.actor, author=desk.supervisor, draft=ALARM)
    assert not Campaign.objects.exists()


def test_a_regional_operator_covers_the_departments_below() -> None:
    city, district, _ = make_districts()
    desk = Desk()
    desk.department.region = district
    desk.department.save()
    regional = StaffFactory(department=DepartmentFactory(region=city))
    grant_post(SYSTEM, staff=regional, post=Post.OPERATOR, region=city)
    campaign = submitted_campaign(desk)
    assert roles_of(regional, campaign) == {Role.OPERATOR}
    assert staff(Post.OPERATOR, desk.department) is not None
    assert campaigns.approve(regional.actor, campaign=campaign).approver == regional


def test_problems_have_chinese_words() -> None:
    found = [
        one
        for one in vars(errors).values()
        if isinstance(one, type) and issubclass(one, Problem) and one.__module__ == errors.__name__
    ]
    assert len(found) > 15
    assert all(one.code.startswith("messaging.") and one.title[0] >= "\u4e00" for one in found)
    assert len({one.code for one in found}) == len(found)
