"""Pure decisions, by tables and by search."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.zone import CHINA
from zhijian.messaging.rules import audience, campaigns, delivery, personal, quiet, wechat
from zhijian.messaging.rules.channels import Channel, Priority, following, order
from zhijian.messaging.rules.delivery import Facts, Reason, verdict
from zhijian.messaging.rules.purposes import PURPOSES, is_locked, is_on

NOON = datetime(2026, 11, 2, 12, tzinfo=CHINA)
NIGHT = datetime(2026, 11, 2, 23, tzinfo=CHINA)
FINE = Facts(
    channel=Channel.SMS,
    priority=Priority.NORMAL,
    switched_on=True,
    has_address=True,
    balance=None,
    sent_today=0,
    happened_at=NOON,
    quiet=quiet.DEFAULT_QUIET,
)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, Reason.NONE),
        ({"switched_on": False}, Reason.SWITCHED_OFF),
        ({"switched_on": False, "priority": Priority.EMERGENCY}, Reason.SWITCHED_OFF),
        ({"has_address": False}, Reason.NO_ADDRESS),
        ({"channel": Channel.WECHAT, "balance": 0}, Reason.NO_CONSENT),
        ({"channel": Channel.WECHAT, "balance": 1}, Reason.NONE),
        ({"sent_today": 4}, Reason.NONE),
        ({"sent_today": 5}, Reason.DAILY_LIMIT),
        ({"sent_today": 5, "channel": Channel.WECHAT, "balance": 1}, Reason.NONE),
        ({"sent_today": 99, "priority": Priority.EMERGENCY}, Reason.NONE),
        ({"sent_today": 99, "priority": Priority.URGENT}, Reason.DAILY_LIMIT),
        ({"happened_at": NOON - timedelta(days=2)}, Reason.NONE),
        ({"happened_at": NOON - timedelta(days=2, seconds=1)}, Reason.TOO_LATE),
        ({"deleted": True}, Reason.DELETED),
        ({"read": True}, Reason.READ),
        ({"read": True, "priority": Priority.URGENT}, Reason.NONE),
        ({"stopped": True, "deleted": True}, Reason.STOPPED),
    ],
)
def test_why_a_message_does_not_go_out(changes: dict[str, Any], reason: Reason) -> None:
    found = verdict(replace(FINE, **changes), NOON)
    assert (found.skip, found.until) == (reason, None)


@pytest.mark.parametrize(
    ("priority", "waits"),
    [
        (Priority.EMERGENCY, False),
        (Priority.URGENT, False),
        (Priority.NORMAL, True),
        (Priority.CAMPAIGN, True),
    ],
)
def test_quiet_hours_by_priority(priority: Priority, waits: bool) -> None:
    found = verdict(replace(FINE, priority=priority, happened_at=NIGHT), NIGHT)
    assert found.skip == Reason.NONE
    assert found.until == (datetime(2026, 11, 3, 8, tzinfo=CHINA) if waits else None)
    assert verdict(replace(FINE, quiet=None, happened_at=NIGHT), NIGHT).until is None


@pytest.mark.parametrize(
    ("at", "start", "end", "first"),
    [
        ("12:00", "22:00", "08:00", "12:00"),
        ("22:00", "22:00", "08:00", "+08:00"),
        ("21:59", "22:00", "08:00", "21:59"),
        ("00:00", "22:00", "08:00", "08:00"),
        ("07:59", "22:00", "08:00", "08:00"),
        ("08:00", "22:00", "08:00", "08:00"),
        ("13:00", "12:30", "14:00", "14:00"),
        ("14:00", "12:30", "14:00", "14:00"),
        ("09:00", "09:00", "09:00", "09:00"),
    ],
)
def test_quiet_hours(at: str, start: str, end: str, first: str) -> None:
    day = date(2026, 11, 2)
    expected = datetime.combine(
        day + timedelta(days=first.startswith("+")), time.fromisoformat(first.lstrip("+")), tzinfo=CHINA
    )
    moment = datetime.combine(day, time.fromisoformat(at), tzinfo=CHINA)
    hours = time.fromisoformat(start), time.fromisoformat(end)
    assert quiet.first_moment(moment, *hours) == expected
    assert quiet.first_moment(moment.astimezone(UTC), *hours) == expected


_times = st.times().map(lambda value: value.replace(microsecond=0))


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), _times, _times)
def test_after_quiet_hours_it_is_not_quiet(moment: datetime, start: time, end: time) -> None:
    aware = moment.replace(tzinfo=CHINA)
    first = quiet.first_moment(aware, start, end)
    assert not quiet.is_quiet(first, start, end)
    assert timedelta(0) <= first - aware <= timedelta(days=1)


def test_backoff_grows_and_ends() -> None:
    waits = [delivery.retry_at(attempts, NOON) for attempts in range(1, delivery.ATTEMPTS)]
    assert all(wait is not None for wait in waits)
    assert waits == sorted(waits, key=lambda wait: wait or NOON)
    assert waits[0] == NOON + timedelta(seconds=30)
    assert delivery.retry_at(delivery.ATTEMPTS, NOON) is None


def test_every_reason_has_words_and_says_whether_another_channel_is_tried() -> None:
    stays = {reason for reason in Reason if reason and not delivery.falls_back(reason)}
    assert stays == {
        Reason.CHANGED,
        Reason.DELETED,
        Reason.READ,
        Reason.TOO_LATE,
        Reason.STOPPED,
        Reason.UNKNOWN,
    }
    assert all(reason.label for reason in Reason if reason)


@pytest.mark.parametrize(
    ("priority", "worded", "expected"),
    [
        (Priority.NORMAL, {"sms", "wechat"}, ["wechat", "sms"]),
        (Priority.EMERGENCY, {"sms", "wechat", "inbox"}, ["sms", "wechat"]),
        (Priority.URGENT, {"sms"}, ["sms"]),
        (Priority.CAMPAIGN, set(), []),
    ],
)
def test_the_order_of_channels(priority: Priority, worded: set[str], expected: list[str]) -> None:
    planned = order(priority, worded=worded)
    assert planned == expected
    tried: list[str] = []
    while (channel := following(planned, tried)) is not None:
        tried.append(channel)
    assert tried == expected


@pytest.mark.parametrize("purpose", list(PURPOSES.values()), ids=lambda purpose: purpose.code)
@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("inbox", [None, True, False])
@pytest.mark.parametrize("chosen", [None, True, False])
def test_every_switch(purpose: Any, channel: Channel, inbox: bool | None, chosen: bool | None) -> None:
    switches = {
        (purpose.code, name): value
        for name, value in ((channel, chosen), (Channel.INBOX, inbox))
        if value is not None
    }
    on = is_on(purpose, channel, switches)
    told = purpose.necessary or switches.get((purpose.code, Channel.INBOX)) is True
    if channel == Channel.INBOX:
        assert on == told
        assert is_locked(purpose, channel) == purpose.necessary
    elif chosen is not None:
        assert on == (told and chosen)
    else:
        assert on == (told and (purpose.necessary or channel == Channel.WECHAT))


def test_nothing_that_needs_consent_is_on_by_itself() -> None:
    for purpose in PURPOSES.values():
        assert is_on(purpose, Channel.INBOX, {}) == purpose.necessary


@pytest.mark.parametrize(
    ("number", "band"),
    [
        ("990102200811020010", "18-34"),
        ("990102200811030011", "0-17"),
        ("990102199111020010", "35-59"),
        ("990102196611020010", "60-"),
        ("990102199902300010", ""),
        ("", ""),
        ("99010220301102001X", ""),
    ],
)
def test_age_bands(number: str, band: str) -> None:
    assert personal.age_band(number, today=date(2026, 11, 2)) == band


@pytest.mark.parametrize(
    ("name", "value", "clipped"),
    [
        ("thing1", "二十个字以内就原样发出", "二十个字以内就原样发出"),
        ("thing1", "字" * 21, "字" * 19 + "…"),
        ("phrase2", "不予受理了吗", "不予受理了"),
        ("thing1", "两\n行  话", "两 行 话"),
        ("thing1", "", "—"),
        ("time3", "2026年12月3日（周四）", "2026年12月3日（周四）"),
    ],
)
def test_values_for_wechat(name: str, value: str, clipped: str) -> None:
    assert wechat.clip(name, value) == clipped


KNOWN = {
    "district": {"990102": "澄湖区", "990103": "南屏区"},
    "age_band": {"0-17": "18岁以下", "60-": "60岁及以上"},
    "topic": {"housing": "住房保障"},
}
LEAF = {"attribute": "district", "in": ["990102"]}


@pytest.mark.parametrize(
    "tree",
    [
        {},
        LEAF,
        {"all": [LEAF]},
        {"any": [LEAF, {"attribute": "topic", "in": ["housing"]}]},
        {"not": LEAF},
        {"all": [{"any": [{"not": {"all": [LEAF]}}]}]},
    ],
)
def test_sound_audiences(tree: dict[str, Any]) -> None:
    assert audience.faults(tree, KNOWN) == []


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        (None, "/audience"),
        ([], "/audience"),
        ("x", "/audience"),
        ({"some": [LEAF]}, "/audience"),
        ({"all": []}, "/audience"),
        ({"all": LEAF}, "/audience"),
        ({"all": [LEAF], "any": [LEAF]}, "/audience"),
        ({"attribute": "income", "in": ["high"]}, "/audience/attribute"),
        ({"attribute": "id_number", "in": ["x"]}, "/audience/attribute"),
        ({"attribute": ["district"], "in": ["990102"]}, "/audience/attribute"),
        ({"attribute": "district"}, "/audience/in"),
        ({"attribute": "district", "in": []}, "/audience/in"),
        ({"attribute": "district", "in": "990102"}, "/audience/in"),
        ({"attribute": "district", "in": ["990102"], "or": 1}, "/audience/in"),
        ({"attribute": "district", "in": ["990199"]}, "/audience/in/0"),
        ({"attribute": "district", "in": [{}]}, "/audience/in/0"),
        ({"attribute": "licence", "in": ["x"]}, "/audience/in/0"),
        ({"any": [LEAF, {"not": {"attribute": "income", "in": ["x"]}}]}, "/audience/any/1/not/attribute"),
        ({"not": {"not": {"not": {"not": {"not": LEAF}}}}}, "/audience/not/not/not/not/not"),
    ],
)
def test_audiences_that_are_refused(tree: Any, path: str) -> None:
    assert [fault.path for fault in audience.faults(tree, KNOWN)] == [path]


def test_too_many_conditions() -> None:
    assert audience.faults({"any": [LEAF] * 30}, KNOWN) == []
    assert audience.faults({"any": [LEAF] * 31}, KNOWN)[0].code == "too_many"


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["all", "any", "not", "attribute", "in", "x"]), inner, max_size=3)
    ),
    max_leaves=12,
)


@given(_json)
def test_whatever_is_sent_is_judged_never_crashes(tree: Any) -> None:
    if not audience.faults(tree, KNOWN):
        assert audience.words(tree, KNOWN)


def test_audiences_in_words() -> None:
    tree = {"all": [LEAF, {"not": {"attribute": "age_band", "in": ["0-17"]}}]}
    assert audience.words(tree, KNOWN) == "所在区：澄湖区，并且不属于（年龄段：18岁以下）"
    assert audience.words({}, KNOWN) == "所有同意接收这类消息的人"
    either = {"any": [tree, {"attribute": "topic", "in": ["housing", "gone"]}]}
    assert audience.words(either, KNOWN).endswith("，或者订阅主题：住房保障、gone")
    assert audience.words(either, KNOWN).startswith("（所在区")


@pytest.mark.parametrize(
    ("tree", "needs"),
    [
        ({}, False),
        ({"attribute": "topic", "in": ["housing"]}, False),
        (LEAF, True),
        ({"any": [{"attribute": "topic", "in": ["housing"]}, {"not": LEAF}]}, True),
    ],
)
def test_which_audiences_need_consent(tree: dict[str, Any], needs: bool) -> None:
    assert audience.needs_consent(tree) == needs


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (0, "少于20人"),
        (1, "少于20人"),
        (19, "少于20人"),
        (20, "约20人"),
        (26, "约30人"),
        (104, "约100人"),
        (12345, "约12000人"),
    ],
)
def test_sizes_are_rounded(count: int, words: str) -> None:
    assert audience.rounded(count) == words


@given(st.integers(20, 10**7))
def test_one_person_more_or_less_rarely_shows(count: int) -> None:
    shown = int(audience.rounded(count)[1:-1])
    assert abs(shown - count) <= max(5, count * 0.05)


@pytest.mark.parametrize("link", ["", "/pages/home/index", "/pages/case/detail?id=abc"])
def test_links_into_the_app(link: str) -> None:
    assert campaigns.link_faults(link) == []


@pytest.mark.parametrize(
    "link",
    [
        "https://x.example",
        "//x.example",
        "/pages",
        "javascript:alert(1)",
        "/pages/a b",
        "/pages/" + "x" * 300,
    ],
)
def test_links_that_leave_it(link: str) -> None:
    assert campaigns.link_faults(link)


@pytest.mark.parametrize(
    ("channels", "sound"),
    [
        (["inbox"], True),
        (["inbox", "sms", "wechat"], True),
        (["sms"], False),
        ([], False),
        (["inbox", "fax"], False),
        (["inbox", "inbox"], False),
    ],
)
def test_channels_of_a_campaign(channels: list[str], sound: bool) -> None:
    assert (campaigns.channel_faults(channels) == []) == sound
