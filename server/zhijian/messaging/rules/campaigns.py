"""The life of a campaign 群发: who may do what in which state. A second person approves, always."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import TextChoices

from zhijian.core.errors import FieldError
from zhijian.lifecycle.table import Table, Transition
from zhijian.messaging.rules import wechat
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.templates import MAX_BODY, MAX_SMS, MAX_TITLE

WECHAT_TEMPLATE = "CITY_NOTICE"
TESTS_A_DAY = 5
MAX_NAME = 60


class Kind(TextChoices):
    CAMPAIGN = "campaign", "群发"
    EMERGENCY = "emergency", "应急广播"


class State(TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待审批"
    APPROVED = "approved", "待发送"
    QUEUED = "queued", "已排队"
    SENDING = "sending", "发送中"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已停止"


class Act(TextChoices):
    EDIT = "edit", "修改"
    SUBMIT = "submit", "提交审批"
    WITHDRAW = "withdraw", "撤回修改"
    APPROVE = "approve", "批准"
    SEND_BACK = "send_back", "退回修改"
    TEST = "test", "测试发送"
    START = "start", "开始发送"
    BEGIN = "begin", "发出第一批"
    FINISH = "finish", "全部处理完"
    STOP = "stop", "停止"


class Role(TextChoices):
    AUTHOR = "author", "起草人"
    OPERATOR = "operator", "其他运营人员"
    SUPERVISOR = "supervisor", "监察人员"
    SYSTEM = "system", "系统"


AUTHOR = frozenset({Role.AUTHOR.value})
SYSTEM = frozenset({Role.SYSTEM.value})
_SECOND = frozenset({Role.OPERATOR.value, Role.SUPERVISOR.value})
_OFFICE = AUTHOR | {Role.OPERATOR.value}
_REASON = ("reason",)


def _rows() -> Iterator[Transition[State, Act]]:
    draft, submitted, approved = State.DRAFT, State.SUBMITTED, State.APPROVED
    yield Transition(draft, Act.EDIT, AUTHOR)
    yield Transition(draft, Act.TEST, AUTHOR)
    yield Transition(draft, Act.SUBMIT, AUTHOR, submitted)
    yield Transition(submitted, Act.WITHDRAW, AUTHOR, draft)
    yield Transition(submitted, Act.SEND_BACK, _SECOND, draft, needs=_REASON, judges=True)
    yield Transition(submitted, Act.APPROVE, _SECOND, approved, judges=True)
    yield Transition(approved, Act.START, _OFFICE, State.QUEUED)
    yield Transition(State.QUEUED, Act.BEGIN, SYSTEM, State.SENDING)
    for running in (State.QUEUED, State.SENDING):
        yield Transition(running, Act.FINISH, SYSTEM, State.DONE)
    for going in (approved, State.QUEUED, State.SENDING):
        yield Transition(going, Act.STOP, AUTHOR | _SECOND, State.STOPPED, needs=_REASON)


TABLE: Final = Table(_rows(), thing="这次群发", posts=(Role.AUTHOR, Role.OPERATOR, Role.SUPERVISOR))
RUNNING = frozenset({State.QUEUED, State.SENDING})
#: From here on the text and audience are what was approved; a stopped one keeps its approval if it had any.
AFTER_APPROVAL = frozenset({State.APPROVED, State.QUEUED, State.SENDING, State.DONE})


@dataclass(frozen=True, slots=True)
class Text:
    """What people read in one language. ``sms`` follows the title; needed only when SMS is a channel."""

    title: str = ""
    body: str = ""
    sms: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.body or self.sms)


def text_faults(text: Text, *, path: str, sms: bool, scale: int = 1) -> list[FieldError]:
    """``scale``: how many letters a language takes for what is one character in Chinese."""
    found = []
    for name, value, limit in (
        ("title", text.title, MAX_TITLE),
        ("body", text.body, MAX_BODY),
        ("sms", text.sms, MAX_SMS),
    ):
        if not value.strip() and (name != "sms" or sms):
            found.append(FieldError(f"{path}/{name}", "required", _REQUIRED[name]))
        elif len(value) > limit * scale:
            found.append(FieldError(f"{path}/{name}", "too_long", f"最多{limit * scale}个字，请缩短"))
    return found


_REQUIRED = {"title": "请填写标题", "body": "请填写正文", "sms": "选择了短信，请填写短信内容"}


def channel_faults(channels: Collection[str]) -> list[FieldError]:
    if (
        Channel.INBOX not in channels
        or not set(channels) <= set(Channel.values)
        or len(set(channels)) != len(channels)
    ):
        return [FieldError("/channels", "choice", "站内消息必须选上，其他渠道请从列表中选择")]
    return []


def link_faults(link: str) -> list[FieldError]:
    """A link leads into the app, never out of it."""
    sound = link == "" or (
        link.startswith("/pages/") and len(link) <= 200 and link.isascii() and " " not in link
    )
    return [] if sound else [FieldError("/link", "link", "链接请填写应用内页面，以 /pages/ 开头")]


def outside_content(texts: Mapping[str, Mapping[str, str]], channel: str) -> dict[str, Any]:
    """Outside the inbox a campaign speaks Chinese: SMS and WeChat templates are registered in one language."""
    text = texts["zh"]
    if channel == Channel.SMS:
        return {"title": text["title"], "words": text["sms"]}
    fields = {"thing1": text["title"], "thing2": text["body"]}
    data = {name: wechat.clip(name, value) for name, value in fields.items()}
    return {"template_id": WECHAT_TEMPLATE, "data": data}
