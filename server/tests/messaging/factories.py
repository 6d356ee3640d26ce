"""Messages, choices and campaigns as people make them."""

from dataclasses import replace
from typing import Any

from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, RegionFactory, StaffFactory
from support.tasks import run_pending

from zhijian.core.actor import SYSTEM
from zhijian.identity.models import Citizen
from zhijian.messaging.actions import campaigns, notify, settings
from zhijian.messaging.actions.settings import Switch, Wanted
from zhijian.messaging.models import Campaign, Message
from zhijian.messaging.rules.campaigns import Kind, State, Text
from zhijian.messaging.rules.channels import Channel
from zhijian.organizations.models import Department, Region, Staff
from zhijian.organizations.rules import Post

ITEM = {"zh": "居住证办理", "en": "Residence permit"}
CONCLUDED = {"item": ITEM}
CORRECTION = {"item": ITEM, "count": 2}


def tell(citizen: Citizen, *, key: str = "1", template: str = "case.concluded", **fields: Any) -> Message:
    """A message that the citizen is sure to get."""
    variables = fields.pop("variables", CONCLUDED)
    message = notify(
        SYSTEM, citizen=citizen, template=template, variables=variables, dedupe_key=key, **fields
    )
    assert message is not None
    return message


def tell_urgently(citizen: Citizen, *, key: str = "1", **fields: Any) -> Message:
    """One that also goes out by SMS and WeChat, whatever the hour."""
    office = {"zh": "云州市公安局", "en": "Yunzhou Public Security Bureau"}
    variables = {"item": ITEM, "office": office}
    return tell(citizen, key=key, template="case.rejected", variables=variables, **fields)


def want(citizen: Citizen, *purposes: str, channel: str = Channel.INBOX, on: bool = True) -> Citizen:
    switches = [Switch(purpose, channel, on) for purpose in purposes]
    settings.change_settings(citizen.actor, citizen=citizen, wanted=Wanted(switches=switches))
    return citizen


def consent(citizen: Citizen, *, district: Region | None = None, topics: tuple[str, ...] = ()) -> Citizen:
    """Agrees to the use of attributes."""
    wanted = Wanted(use_attributes=True, district=district.code if district else None, topics=topics or None)
    settings.change_settings(citizen.actor, citizen=citizen, wanted=wanted)
    return citizen


def reader(*purposes: str, **fields: Any) -> Citizen:
    """A citizen who wants ``purposes`` (city_activity)."""
    citizen: Citizen = CitizenFactory(**fields)
    return want(citizen, *(purposes or ("city_activity",)))


def make_districts() -> tuple[Region, Region, Region]:
    """The city and two districts."""
    city = RegionFactory(code="990100", name="云州市")
    return (
        city,
        RegionFactory(code="990102", name="澄湖区", parent=city),
        RegionFactory(code="990103", name="南屏区", parent=city),
    )


def staff(post: Post, department: Department) -> Staff:
    found: Staff = StaffFactory(department=department, posts=[post])
    return found


class Desk:
    """A department with its author, a second operator and a supervisor."""

    def __init__(self) -> None:
        self.department: Department = DepartmentFactory(
            code="zw", name="云州市政务服务局", short_name="政务局"
        )
        self.author = staff(Post.OPERATOR, self.department)
        self.colleague = staff(Post.OPERATOR, self.department)
        self.supervisor = staff(Post.SUPERVISOR, self.department)


DRAFT = campaigns.Draft(
    name="冬季流感疫苗接种",
    purpose="city_activity",
    zh=Text("流感疫苗免费接种", "60岁以上市民可以在社区卫生服务中心免费接种流感疫苗。"),
)
ALARM = campaigns.Draft(
    name="台风红色预警",
    purpose="emergency",
    zh=Text(
        "台风红色预警", "请立即停止户外活动，转移到安全的地方。", "请立即停止户外活动，转移到安全的地方。"
    ),
    channels=(Channel.INBOX, Channel.SMS),
)


def draft_campaign(desk: Desk, **changes: Any) -> Campaign:
    return campaigns.create(desk.author.actor, author=desk.author, draft=replace(DRAFT, **changes))


def submitted_campaign(desk: Desk, **changes: Any) -> Campaign:
    return campaigns.submit(desk.author.actor, campaign=draft_campaign(desk, **changes))


def approved_campaign(desk: Desk, **changes: Any) -> Campaign:
    return campaigns.approve(desk.colleague.actor, campaign=submitted_campaign(desk, **changes))


def queued_campaign(desk: Desk, **changes: Any) -> Campaign:
    return campaigns.start(desk.author.actor, campaign=approved_campaign(desk, **changes))


def sending_campaign(desk: Desk, **changes: Any) -> Campaign:
    """At least one batch is out, and one more person waits."""
    while Citizen.objects.filter(message_switches__purpose="city_activity").count() < 2:
        reader()
    campaign = queued_campaign(desk, **changes)
    campaigns.send_batch(campaign_id=campaign.public_id, size=1)
    campaign.refresh_from_db()
    return campaign


def told(citizen: Citizen) -> list[str]:
    """The templates of what this person was told so far, once all that waits has run."""
    run_pending()
    return list(Message.objects.filter(citizen=citizen).order_by("id").values_list("template", flat=True))


def done_campaign(desk: Desk, **changes: Any) -> Campaign:
    campaign = queued_campaign(desk, **changes)
    while campaigns.send_batch(campaign_id=campaign.public_id):
        pass
    campaign.refresh_from_db()
    return campaign


def stopped_campaign(desk: Desk, **changes: Any) -> Campaign:
    return campaigns.stop(desk.author.actor, campaign=queued_campaign(desk, **changes), note="时间有变")


IN_STATE = {
    State.DRAFT: draft_campaign,
    State.SUBMITTED: submitted_campaign,
    State.APPROVED: approved_campaign,
    State.QUEUED: queued_campaign,
    State.SENDING: sending_campaign,
    State.DONE: done_campaign,
    State.STOPPED: stopped_campaign,
}


def broadcast(desk: Desk, **changes: Any) -> Campaign:
    found = campaigns.broadcast(desk.author.actor, author=desk.author, draft=replace(ALARM, **changes))
    assert found.kind == Kind.EMERGENCY
    return found
