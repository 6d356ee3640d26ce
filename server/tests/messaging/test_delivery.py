"""Sending by SMS and WeChat against the sandbox: order, limits, faults, retries, reports, the ledger of consents."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from identity.factories import CitizenFactory
from messaging.factories import Desk, broadcast, reader, tell, tell_urgently, want
from support.rows import changed, stored
from support.sandbox import Sandbox

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.core.crypto import blind_index
from zhijian.core.errors import Problem
from zhijian.identity.models import Citizen
from zhijian.messaging import errors
from zhijian.messaging.actions import campaigns
from zhijian.messaging.actions.deliver import collect_reports, deliver, deliver_due
from zhijian.messaging.actions.inbox import delete_message, mark_read
from zhijian.messaging.actions.pace import pause_channel, resume_channel, take_slot
from zhijian.messaging.actions.wechat import register_consents
from zhijian.messaging.adapters import registry
from zhijian.messaging.models import ChannelAddress, ConsentGrant, ConsentUse, Delivery
from zhijian.messaging.queries.choices import balances
from zhijian.messaging.queries.deliveries import due
from zhijian.messaging.rules.channels import PER_SECOND, Channel
from zhijian.messaging.rules.delivery import ATTEMPTS, LEASE, Reason, State

pytestmark = pytest.mark.django_db
CODE = "code-of-the-phone"


@pytest.fixture
def citizen(sandbox: Sandbox) -> Citizen:
    found: Citizen = CitizenFactory()
    return found


def states() -> list[tuple[str, str, str]]:
    return list(Delivery.objects.order_by("id").values_list("channel", "state", "reason"))


def subscribe(citizen: Citizen, *templates: str) -> None:
    register_consents(
        citizen.actor, citizen=citizen, accepted=templates or ("CASE_PROGRESS",), rejected=(), code=CODE
    )


def travel(**later: float) -> Any:
    return time_machine.travel(now() + timedelta(**later), tick=False)


def test_without_wechat_it_falls_back_to_sms(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    assert deliver_due(seconds=5) == 2
    assert states() == [("wechat", "skipped", "no_address"), ("sms", "sent", "")]
    (message,) = sandbox.messages(citizen.phone)
    assert message["text"].startswith("【云州政务】您的申请不予受理：")
    assert Delivery.objects.get(channel="sms").receipt == message["id"]


def test_with_a_consent_it_goes_by_wechat_and_uses_it_up(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    tell_urgently(citizen, link="/pages/case/detail?id=abc")
    deliver_due(seconds=5)
    assert states() == [("wechat", "sent", "")]
    (message,) = sandbox.wechat_messages()
    assert message["data"] == {
        "thing1": "居住证办理",
        "phrase2": "不予受理",
        "thing3": "请打开办件查看理由和权利",
    }
    assert message["page"] == "pages/case/detail?id=abc"
    assert balances(citizen) == {"CASE_PROGRESS": 0}
    tell_urgently(citizen, key="2")
    deliver_due(seconds=5)
    assert states()[1:] == [("wechat", "skipped", "no_consent"), ("sms", "sent", "")]


def test_delivering_again_sends_nothing(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    deliver_due(seconds=5)
    for delivery in Delivery.objects.all():
        assert not deliver(delivery_id=delivery.public_id)
    assert deliver_due(seconds=5) == 0
    assert len(sandbox.messages()) == 1


@pytest.mark.parametrize("fault", ["500", "timeout", "reject"])
def test_sms_away_is_tried_again_with_patience_and_once(
    citizen: Citizen, sandbox: Sandbox, fault: str
) -> None:
    want(citizen, "case_progress", channel=Channel.WECHAT, on=False)
    tell_urgently(citizen)
    sandbox.fault(sms=fault)
    deliver_due(seconds=5)
    waiting = Delivery.objects.get(channel="sms")
    assert (waiting.state, waiting.attempts) == (State.QUEUED, 1)
    assert waiting.due_at == now() + timedelta(seconds=30)
    assert deliver_due(seconds=1) == 0
    sandbox.fault(sms="ok")
    with travel(seconds=30):
        deliver_due(seconds=5)
    assert states()[1] == ("sms", "sent", "")
    assert len(sandbox.messages()) == 1


def test_given_up_after_the_last_attempt(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    deliver_due(seconds=5)  # WeChat is skipped
    Delivery.objects.filter(channel="sms").update(
        state=State.QUEUED, attempts=ATTEMPTS - 1, due_at=now(), receipt=""
    )
    sandbox.fault(sms="500")
    deliver_due(seconds=5)
    assert states()[1] == ("sms", "failed", "unavailable")


def test_given_up_when_each_attempt_lost_its_worker(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    deliver_due(seconds=5)  # WeChat is skipped
    sent = len(sandbox.messages())
    Delivery.objects.filter(channel="sms").update(state=State.SENDING, attempts=ATTEMPTS, lease_until=now())
    sms = Delivery.objects.get(channel="sms")
    before = stored(sms)
    with travel(seconds=1):
        assert deliver(delivery_id=sms.public_id)
        assert changed(before, sms) == {
            "state": State.FAILED,
            "reason": Reason.UNAVAILABLE,
            "lease_until": None,
            "changed_at": now(),
        }
    assert len(sandbox.messages()) == sent


def test_an_answer_that_got_lost_does_not_make_two_messages(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    deliver_due(seconds=5)
    taken = Delivery.objects.get(channel="sms")
    # As a worker leaves it that was killed between the gateway's answer and its own commit.
    Delivery.objects.filter(pk=taken.pk).update(state=State.SENDING, lease_until=now() + LEASE, receipt="")
    assert deliver_due(seconds=1) == 0
    with travel(minutes=3):
        assert deliver_due(seconds=5) == 1
    assert states()[1] == ("sms", "sent", "")
    assert len(sandbox.messages()) == 1


def test_a_killed_worker_never_makes_wechat_send_twice(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    subscribe(citizen)
    tell_urgently(citizen)
    deliver_due(seconds=5)
    Delivery.objects.update(state=State.SENDING, lease_until=now() + LEASE)
    with travel(minutes=3):
        deliver_due(seconds=5)
    assert states() == [("wechat", "failed", "unknown")]
    assert len(sandbox.wechat_messages()) == 1
    assert balances(citizen) == {"CASE_PROGRESS": 1}


def test_wechat_silent_is_not_repeated(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    tell_urgently(citizen, key="warm")
    deliver_due(seconds=5)  # the token is there
    subscribe(citizen)
    sandbox.fault(wechat="timeout")
    tell_urgently(citizen)
    deliver_due(seconds=5)
    sandbox.fault(wechat="ok")
    assert states()[-1] == ("wechat", "failed", "unknown")


def test_wechat_down_waits_and_keeps_its_consent(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    sandbox.fault(wechat="500")
    tell_urgently(citizen)
    deliver_due(seconds=5)
    assert states() == [("wechat", "queued", "")]
    sandbox.fault(wechat="ok")
    with travel(seconds=30):
        deliver_due(seconds=5)
    assert states() == [("wechat", "sent", "")]
    assert ConsentUse.objects.count() == 1


def test_a_forgotten_token_is_asked_for_anew(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    subscribe(citizen)
    tell_urgently(citizen)
    deliver_due(seconds=5)
    adapter: Any = registry.adapter_of(Channel.WECHAT)
    adapter._token = "an older one"
    tell_urgently(citizen, key="2")
    deliver_due(seconds=5)
    assert states() == [("wechat", "sent", "")] * 2


def test_a_platform_that_keeps_forgetting_is_left_for_later(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    sandbox.fault(wechat="token")
    tell_urgently(citizen)
    deliver_due(seconds=5)
    assert states() == [("wechat", "queued", "")]


def test_a_used_up_quota_is_tried_later(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    sandbox.fault(wechat="limit")
    tell_urgently(citizen)
    deliver_due(seconds=5)
    assert states() == [("wechat", "queued", "")]


def test_wechat_says_that_no_consent_is_left(citizen: Citizen, sandbox: Sandbox) -> None:
    for _ in range(3):
        subscribe(citizen)
    sandbox.fault(wechat="reject")
    tell_urgently(citizen)
    deliver_due(seconds=5)
    assert states() == [("wechat", "failed", "refused"), ("sms", "sent", "")]
    assert balances(citizen) == {"CASE_PROGRESS": 0}
    assert ConsentGrant.objects.count() == 3


def test_fields_that_wechat_does_not_take(
    citizen: Citizen, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(citizen)
    message = tell_urgently(citizen)
    message.outside["wechat"]["data"] = {"thing9": "x"}
    message.save()
    deliver_due(seconds=5)
    assert states() == [("wechat", "failed", "bad_content"), ("sms", "sent", "")]


def test_five_a_day_by_sms(citizen: Citizen, sandbox: Sandbox) -> None:
    want(citizen, "case_progress", channel=Channel.WECHAT, on=False)
    for key in "123456":
        tell_urgently(citizen, key=key)
    deliver_due(seconds=5)
    ended = list(Delivery.objects.filter(channel="sms").order_by("id").values_list("state", "reason"))
    assert ended == [("sent", "")] * 5 + [("skipped", "daily_limit")]
    with travel(hours=24, minutes=1):
        tell_urgently(citizen, key="tomorrow")
        deliver_due(seconds=5)
        assert Delivery.objects.filter(channel="sms", state="sent").count() == 6


@pytest.mark.parametrize(
    ("do", "reason"),
    [
        (lambda message: delete_message(message.citizen.actor, message=message), Reason.DELETED),
        (lambda message: mark_read(message.citizen.actor, message=message), Reason.READ),
    ],
)
def test_who_has_it_already_is_not_disturbed(
    citizen: Citizen, sandbox: Sandbox, do: Callable[[Any], Any], reason: Reason
) -> None:
    subscribe(citizen)
    message = tell(citizen)
    do(message)
    deliver_due(seconds=5)
    assert states() == [("wechat", "skipped", reason)]
    assert sandbox.wechat_messages() == []


def test_old_news_wakes_nobody(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen, happened_at=now() - timedelta(days=3))
    deliver_due(seconds=5)
    assert states() == [("wechat", "skipped", "too_late")]


def test_switches_are_asked_when_it_goes_out(citizen: Citizen, sandbox: Sandbox) -> None:
    tell_urgently(citizen)
    want(citizen, "case_progress", channel=Channel.SMS, on=False)
    deliver_due(seconds=5)
    assert states() == [("wechat", "skipped", "no_address"), ("sms", "skipped", "switched_off")]


def test_quiet_hours_are_kept_and_end_by_the_clock(citizen: Citizen, sandbox: Sandbox) -> None:
    subscribe(citizen)
    with travel(hours=13.5):  # half past ten at night
        tell(citizen)
        assert deliver_due(seconds=1) == 0
    with travel(hours=23):
        assert deliver_due(seconds=5) == 1
    assert states() == [("wechat", "sent", "")]


def test_a_paused_channel_keeps_what_waits(citizen: Citizen, sandbox: Sandbox) -> None:
    want(citizen, "case_progress", channel=Channel.WECHAT, on=False)
    tell_urgently(citizen)
    pause_channel(SYSTEM, channel="sms", reason="运营商检修")
    deliver_due(seconds=5)
    assert states()[1] == ("sms", "queued", "")
    resume_channel(SYSTEM, channel="sms")
    deliver_due(seconds=5)
    assert states()[1] == ("sms", "sent", "")


@pytest.mark.parametrize(
    ("channel", "reason", "problem"),
    [
        ("fax", "检修", errors.ChannelUnknown),
        ("inbox", "检修", errors.ChannelUnknown),
        ("sms", " ", errors.ReasonMissing),
    ],
)
def test_pauses_that_are_refused(channel: str, reason: str, problem: type[Problem]) -> None:
    with pytest.raises(problem):
        pause_channel(SYSTEM, channel=channel, reason=reason)


def test_a_channel_is_not_asked_for_more_than_it_takes() -> None:
    per_second = PER_SECOND[Channel.SMS]
    taken = sum(take_slot(Channel.SMS, now()) for _ in range(3 * per_second))
    assert taken == per_second + 1
    assert (
        sum(take_slot(Channel.SMS, now() + timedelta(seconds=1)) for _ in range(3 * per_second)) == per_second
    )


def test_the_most_pressing_goes_first(citizen: Citizen, sandbox: Sandbox) -> None:
    tell(citizen)
    desk = Desk()
    alarm = broadcast(desk)
    campaigns.approve(desk.supervisor.actor, campaign=alarm)
    campaigns.send_batch(campaign_id=alarm.public_id)
    first, second = due(now(), limit=9)
    assert Delivery.objects.get(public_id=first).message.campaign == alarm
    assert Delivery.objects.get(public_id=second).message.campaign is None


def test_the_operator_tells_what_arrived(sandbox: Sandbox) -> None:
    reached, off = (
        CitizenFactory(),
        CitizenFactory(phone="19900000000", phone_index=blind_index("phone", "x")),
    )
    for person in (reached, off):
        tell_urgently(person)
    deliver_due(seconds=5)
    assert collect_reports(channel=Channel.SMS) == 2
    assert Delivery.objects.get(message__citizen=reached, channel="sms").state == State.DELIVERED
    failed = Delivery.objects.get(message__citizen=off, channel="sms")
    assert (failed.state, failed.reason) == (State.FAILED, Reason.UNDELIVERED)
    assert collect_reports(channel=Channel.SMS) == 0


@pytest.mark.parametrize(
    ("accepted", "rejected", "problem"),
    [
        ((), (), errors.ConsentsWrong),
        (("CASE_PROGRESS", "CASE_PROGRESS"), (), errors.ConsentsWrong),
        (("CASE_PROGRESS",), ("CASE_PROGRESS",), errors.ConsentsWrong),
        (("CASE_PROGRESS", "CASE_RESULT", "CITY_NOTICE"), ("LICENCE_EXPIRY",), errors.ConsentsWrong),
        (("NOTHING",), (), errors.ConsentsWrong),
    ],
)
def test_consents_that_are_refused(
    citizen: Citizen, accepted: tuple[str, ...], rejected: tuple[str, ...], problem: type[Problem]
) -> None:
    with pytest.raises(problem):
        register_consents(citizen.actor, citizen=citizen, accepted=accepted, rejected=rejected, code=CODE)
    assert not ConsentGrant.objects.exists()
    assert not ChannelAddress.objects.exists()


@pytest.mark.parametrize(("code", "fault"), [("", "ok"), ("bad!", "ok"), (CODE, "500")])
def test_who_is_not_known_to_wechat(citizen: Citizen, sandbox: Sandbox, code: str, fault: str) -> None:
    sandbox.fault(wechat=fault)
    with pytest.raises(errors.WechatUnavailable if fault == "500" else errors.WechatNotBound):
        register_consents(citizen.actor, citizen=citizen, accepted=["CASE_PROGRESS"], rejected=[], code=code)
    assert not ConsentGrant.objects.exists()


def test_one_wechat_account_belongs_to_the_last_who_used_it(citizen: Citizen) -> None:
    other = CitizenFactory()
    subscribe(citizen)
    subscribe(other)
    assert ChannelAddress.objects.get().citizen == other
    assert reader() is not None


def test_refusals_are_kept_but_give_nothing(citizen: Citizen) -> None:
    left = register_consents(
        citizen.actor, citizen=citizen, accepted=["CASE_RESULT"], rejected=["CASE_PROGRESS"], code=CODE
    )
    assert left == {"CASE_RESULT": 1}
    assert ConsentGrant.objects.filter(accepted=False).count() == 1
