"""The console's screens of messages: who may open them, in Chinese, and what they do."""

import re
from typing import Any

import pytest
from console.reading import visible
from django.test import Client
from django.urls import reverse
from identity.factories import CitizenFactory
from messaging.factories import (
    Desk,
    approved_campaign,
    broadcast,
    consent,
    done_campaign,
    draft_campaign,
    make_districts,
    queued_campaign,
    reader,
    sending_campaign,
    staff,
    submitted_campaign,
    tell_urgently,
)

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.messaging.actions import notify
from zhijian.messaging.actions.campaigns.turn import mark
from zhijian.messaging.models import Campaign, ChannelState, Delivery, Message, Rewording
from zhijian.messaging.queries.templates import shipped
from zhijian.messaging.rules.campaigns import Kind, State
from zhijian.messaging.words import AUDITED
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db

WORKS = {Post.OPERATOR, Post.SUPERVISOR}
PAGES: dict[str, tuple[list[str], set[Post]]] = {
    "messaging_campaigns": ([], WORKS),
    "messaging_new": ([], {Post.OPERATOR}),
    "messaging_emergency": ([], {Post.OPERATOR}),
    "messaging_templates": ([], WORKS),
    "messaging_template": (["case.correction"], WORKS),
    "messaging_channels": ([], WORKS),
    "messaging_campaign": (["campaign"], WORKS),
    "messaging_edit": (["campaign"], {Post.OPERATOR}),
    "messaging_progress": (["campaign"], WORKS),
}
_LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def desk() -> Desk:
    return Desk()


def strange(page: str) -> set[str]:
    """Latin words, but names of variables in braces."""
    return set(_LATIN.findall(re.sub(r"\{\w+\}", "", visible(page)))) - {"JSON"}


def log_in(client: Client, person: Staff) -> None:
    client.force_login(person, backend="zhijian.organizations.backends.StaffBackend")


def post(client: Client, view: str, /, *arguments: Any, follow: bool = True, **content: Any) -> Any:
    return client.post(reverse(view, args=arguments), content, follow=follow)


@pytest.mark.parametrize("post", list(Post))
def test_every_post_against_every_page(client: Client, desk: Desk, post: Post) -> None:
    make_districts()
    campaign = draft_campaign(desk)
    log_in(client, staff(post, desk.department))
    opened = {}
    for name, (needs, _) in PAGES.items():
        arguments = [campaign.public_id if need == "campaign" else need for need in needs]
        answer = client.get(reverse(name, args=arguments))
        opened[name] = answer.status_code
        assert strange(answer.content.decode()) == set(), name
    assert opened == {name: 200 if post in posts else 403 for name, (_, posts) in PAGES.items()}


@pytest.mark.parametrize(
    "reach",
    [draft_campaign, submitted_campaign, approved_campaign, queued_campaign, sending_campaign, done_campaign],
)
@pytest.mark.parametrize("who", ["author", "colleague", "supervisor"])
def test_a_campaign_in_every_state_for_everybody(client: Client, desk: Desk, reach: Any, who: str) -> None:
    campaign = reach(desk)
    log_in(client, getattr(desk, who))
    page = client.get(reverse("messaging_campaign", args=[campaign.public_id])).content.decode()
    assert strange(page) == set()
    assert str(State(campaign.state).label) in page
    assert ("/approve/" in page) == (campaign.state == State.SUBMITTED and who != "author")
    assert ("/start/" in page) == (campaign.state == State.APPROVED and who != "supervisor")
    assert ("hx-trigger" in page) == (campaign.state in {State.QUEUED, State.SENDING})


FORM = {
    "name": "冬季流感疫苗接种",
    "purpose": "city_activity",
    "zh.title": "流感疫苗免费接种",
    "zh.body": "60岁以上市民可以免费接种。",
}


def test_written_approved_and_sent_by_two(client: Client, desk: Desk, run_tasks: Any) -> None:
    _, chenghu, _ = make_districts()
    near = consent(reader(), district=chenghu)
    reader()
    log_in(client, desk.author)
    answer = post(client, "messaging_new", **FORM, **{"where.district": [chenghu.code]})
    campaign = Campaign.objects.get()
    assert campaign.audience == {"all": [{"attribute": "district", "in": [chenghu.code]}]}
    assert "草稿已保存" in answer.content.decode()
    assert "所在区：澄湖区" in answer.content.decode()
    assert "少于20人" in answer.content.decode()
    post(client, "messaging_act", campaign.public_id, "test", phone=near.phone)
    assert Message.objects.get().title == "【测试】流感疫苗免费接种"
    post(client, "messaging_act", campaign.public_id, "submit")
    own = post(client, "messaging_act", campaign.public_id, "approve")
    assert own.status_code == 403
    assert "不能审批自己起草的内容" in own.content.decode()

    log_in(client, desk.colleague)
    assert "待审批、发送或修改" in client.get(reverse("messaging_campaigns")).content.decode()
    post(client, "messaging_act", campaign.public_id, "approve", note="同意", seen=mark(campaign))
    again = post(client, "messaging_act", campaign.public_id, "approve")
    assert again.status_code == 409
    post(client, "messaging_act", campaign.public_id, "start")
    run_tasks()
    campaign.refresh_from_db()
    assert campaign.state == State.DONE
    assert Message.objects.filter(campaign=campaign).get().citizen == near
    page = client.get(reverse("messaging_campaign", args=[campaign.public_id])).content.decode()
    assert "已全部处理" in page
    actions = AuditEntry.objects.filter(subject=f"campaign:{campaign.public_id}").values_list(
        "action", flat=True
    )
    assert set(actions) <= set(AUDITED)
    assert (
        AuditEntry.objects.filter(action="campaign.approve", outcome="done")
        .get()
        .actor_label.endswith("运营人员")
    )


def test_refused_with_what_was_typed_and_the_fault_beside_it(client: Client, desk: Desk) -> None:
    log_in(client, desk.author)
    answer = post(
        client, "messaging_new", **(FORM | {"zh.body": "", "link": "https://x.example", "channel": "sms"})
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "请填写正文" in page
    assert 'aria-describedby="zh-body-fault"' in page
    assert "选择了短信，请填写短信内容" in page
    assert "流感疫苗免费接种" in page
    assert not Campaign.objects.exists()


@pytest.mark.parametrize(
    "advanced", ["{", "[]", '"x"', '{"attribute": "income", "in": ["high"]}', '{"all": 1}', "null"]
)
def test_conditions_that_make_no_sense(client: Client, desk: Desk, advanced: str) -> None:
    log_in(client, desk.author)
    answer = post(client, "messaging_new", **FORM, advanced=advanced)
    assert answer.status_code == 422
    assert not Campaign.objects.exists()
    part = post(client, "messaging_preview", **FORM, advanced=advanced)
    assert part.status_code == 200
    assert "人群条件需要修改" in part.content.decode()


def test_deep_conditions_come_back_as_they_were_typed(client: Client, desk: Desk) -> None:
    tree = {
        "any": [{"attribute": "topic", "in": ["housing"]}, {"not": {"attribute": "topic", "in": ["health"]}}]
    }
    campaign = draft_campaign(desk, audience=tree)
    log_in(client, desk.author)
    page = client.get(reverse("messaging_edit", args=[campaign.public_id])).content.decode()
    assert "&quot;housing&quot;" in page
    import json

    post(client, "messaging_edit", campaign.public_id, **FORM, advanced=json.dumps(tree))
    campaign.refresh_from_db()
    assert campaign.audience == tree


def test_preview_and_estimate(client: Client, desk: Desk) -> None:
    log_in(client, desk.author)
    part = post(client, "messaging_preview", **FORM, channel=["sms", "wechat"], **{"zh.sms": "请到社区接种"})
    page = part.content.decode()
    assert "少于20人" in page
    assert "【云州政务】流感疫苗免费接种：请到社区接种" in page
    assert "按 1 条计费" in page
    assert "<html" not in page
    log_in(client, staff(Post.EDITOR, desk.department))
    assert post(client, "messaging_preview", **FORM).status_code == 403


def test_only_the_author_edits(client: Client, desk: Desk) -> None:
    campaign = draft_campaign(desk)
    log_in(client, desk.colleague)
    answer = post(client, "messaging_edit", campaign.public_id, **FORM)
    assert answer.status_code == 403
    log_in(client, desk.author)
    assert "修改已保存" in post(client, "messaging_edit", campaign.public_id, **FORM).content.decode()


def test_campaigns_elsewhere_do_not_exist(client: Client, desk: Desk) -> None:
    campaign = submitted_campaign(desk)
    from organizations.factories import StaffFactory

    log_in(client, StaffFactory(posts=[Post.OPERATOR]))
    for name in ("messaging_campaign", "messaging_edit", "messaging_progress"):
        assert client.get(reverse(name, args=[campaign.public_id])).status_code == 404
    assert post(client, "messaging_act", campaign.public_id, "approve").status_code == 404
    assert campaign.name not in client.get(reverse("messaging_campaigns")).content.decode()


@pytest.mark.parametrize("act", ["begin", "finish", "edit", "explode"])
def test_acts_that_nobody_can_ask_for(client: Client, desk: Desk, act: str) -> None:
    campaign = queued_campaign(desk)
    log_in(client, desk.author)
    assert post(client, "messaging_act", campaign.public_id, act).status_code in {404, 405, 409}
    assert client.get(reverse("messaging_act", args=[campaign.public_id, "stop"])).status_code == 405
    campaign.refresh_from_db()
    assert campaign.state == State.QUEUED


def test_an_emergency_in_two_steps(client: Client, desk: Desk, run_tasks: Any) -> None:
    CitizenFactory()
    log_in(client, desk.author)
    form = FORM | {"name": "台风红色预警", "zh.sms": "请立即转移", "purpose": "policy"}
    answer = post(client, "messaging_emergency", **form, channel=["sms"])
    campaign = Campaign.objects.get()
    assert (campaign.kind, campaign.purpose, campaign.state) == (Kind.EMERGENCY, "emergency", State.SUBMITTED)
    assert "请马上联系审批人" in answer.content.decode()
    assert "全市所有注册用户" in answer.content.decode()
    log_in(client, desk.supervisor)
    page = client.get(reverse("messaging_campaign", args=[campaign.public_id])).content.decode()
    assert "批准并立即发出" in page
    post(client, "messaging_act", campaign.public_id, "approve", seen=mark(campaign))
    campaign.refresh_from_db()
    assert campaign.state == State.QUEUED


def test_the_list_is_narrowed_and_bounded(
    client: Client, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    for _ in range(22):
        draft_campaign(desk)
    submitted_campaign(desk, name="待审批的一次")
    broadcast(desk)
    log_in(client, desk.supervisor)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("messaging_campaigns")).content.decode()
    assert "下一页" in page
    narrowed = client.get(reverse("messaging_campaigns"), {"state": "submitted"}).content.decode()
    assert narrowed.count("<tr>") == 3
    assert client.get(reverse("messaging_campaigns"), {"cursor": "forged"}).status_code == 422
    assert client.get(reverse("messaging_campaigns"), {"state": "nothing"}).status_code == 200


WORDS = {
    "zh.title": "办好啦",
    "zh.body": "{item}已办结。",
    "zh.sms": "",
    "en.title": "Done",
    "en.body": "{item} is done.",
    "en.sms": "",
}


@pytest.mark.parametrize("code", sorted(shipped()))
def test_every_template_has_its_page(client: Client, desk: Desk, code: str) -> None:
    log_in(client, desk.supervisor)
    page = client.get(reverse("messaging_template", args=[code])).content.decode()
    assert strange(page) == set()
    assert shipped()[code].name in page
    assert '<form class="card"' not in page


def test_templates_are_reworded_and_restored(client: Client, desk: Desk) -> None:
    log_in(client, desk.author)
    assert "已保存" in post(client, "messaging_template", "case.concluded", **WORDS).content.decode()
    assert "本市改写" in client.get(reverse("messaging_templates")).content.decode()
    wrong = post(client, "messaging_template", "case.concluded", **(WORDS | {"zh.title": "{name}好了"}))
    assert wrong.status_code == 422
    assert "没有名为 name 的变量" in wrong.content.decode()
    assert "{name}好了" in wrong.content.decode()
    assert Rewording.objects.get().wording["zh"]["title"] == "办好啦"
    post(client, "messaging_template", "case.concluded", restore="1")
    assert not Rewording.objects.exists()
    assert client.get(reverse("messaging_template", args=["nothing"])).status_code == 404


def test_markup_in_a_wording_stays_words(client: Client, desk: Desk) -> None:
    """Reworded with script and style, and with values that hold some: shown on the console, never run by it."""
    script = "<script>alert(1)</script><style>*</style>"
    log_in(client, desk.author)
    saved = post(client, "messaging_template", "case.concluded", **(WORDS | {"zh.body": f"{{item}}{script}"}))
    page = saved.content.decode() + client.get(reverse("messaging_templates")).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "<style>*" not in page
    reading = CitizenFactory()
    notify(
        SYSTEM,
        citizen=reading,
        template="case.concluded",
        variables={"item": {"zh": "<img src=x onerror=alert(1)>", "en": "x"}},
        dedupe_key="x",
    )
    assert Message.objects.get(citizen=reading).body == f"<img src=x onerror=alert(1)>{script}"  # plain text


def test_a_supervisor_reads_templates_and_changes_none(client: Client, desk: Desk) -> None:
    log_in(client, desk.supervisor)
    post(client, "messaging_template", "case.concluded", **WORDS)
    assert not Rewording.objects.exists()


def test_channels_are_paused_and_resumed(client: Client, desk: Desk) -> None:
    log_in(client, desk.author)
    assert post(client, "messaging_channel", "sms", do="pause", reason="").status_code == 422
    page = post(client, "messaging_channel", "sms", do="pause", reason="运营商检修").content.decode()
    assert "短信已暂停" in page
    assert "运营商检修" in page
    assert ChannelState.objects.get().paused
    assert "短信已恢复" in post(client, "messaging_channel", "sms", do="resume").content.decode()
    assert post(client, "messaging_channel", "fax", do="pause", reason="x").status_code == 404
    assert post(client, "messaging_channel", "fax", do="resume").status_code == 404


def test_failures_are_counted_without_persons(client: Client, desk: Desk) -> None:
    citizen = CitizenFactory()
    tell_urgently(citizen)
    Delivery.objects.update(state="failed", reason="undelivered")
    log_in(client, desk.author)
    page = client.get(reverse("messaging_channels")).content.decode()
    assert "运营商报告未送达" in page
    assert citizen.phone not in page
    assert citizen.public_id not in page
