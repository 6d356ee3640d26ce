"""What people will see, by channel."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from zhijian.messaging.actions.campaigns import Draft
from zhijian.messaging.rules.campaigns import outside_content
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.templates import LANGUAGES, Template, examples, render

_SMS_PART = 67  # characters of one part of a long message (GSM 03.40, UCS-2)
_SMS_ONE = 70


@dataclass(frozen=True, slots=True)
class Preview:
    """``lines`` are shown below ``title``; ``note`` is about the message, not in it. ``lang`` for screen readers."""

    channel: str
    label: str
    title: str
    lines: list[str]
    note: str = ""
    lang: str = "zh-Hans"


def of_draft(draft: Draft) -> list[Preview]:
    """Every chosen channel of a campaign, and the English inbox if there is any."""
    shown = [Preview(Channel.INBOX, "站内消息", draft.zh.title, [draft.zh.body])]
    if not draft.en.is_empty:
        shown.append(Preview(Channel.INBOX, "站内消息（英文）", draft.en.title, [draft.en.body], lang="en"))
    texts = {"zh": {"title": draft.zh.title, "body": draft.zh.body, "sms": draft.zh.sms}}
    chosen = [channel for channel in (Channel.SMS, Channel.WECHAT) if channel in draft.channels]
    return shown + [_outside(channel, outside_content(texts, channel)) for channel in chosen]


def of_template(template: Template) -> list[Preview]:
    """With the examples that the template declares."""
    shown = []
    for language, label in zip(LANGUAGES, ("", "（英文）"), strict=True):
        rendered = render(template, examples(template), language)
        lang = "en" if language == "en" else "zh-Hans"
        shown.append(Preview(Channel.INBOX, f"站内消息{label}", rendered.title, [rendered.body], lang=lang))
        wanted: Iterable[str] = rendered.outside if language == "zh" else [Channel.SMS]
        for channel in wanted:
            if channel in rendered.outside:
                shown.append(_outside(channel, rendered.outside[channel], label, lang))
    return shown


def _outside(channel: str, content: Mapping[str, Any], label: str = "", lang: str = "zh-Hans") -> Preview:
    if channel == Channel.SMS:
        text = f"{settings.SMS_SIGNATURE}{content['title']}：{content['words']}"
        parts = 1 if len(text) <= _SMS_ONE else -(-len(text) // _SMS_PART)
        note = f"{len(text)} 字，按 {parts} 条计费" if lang != "en" else ""
        return Preview(channel, f"短信{label}", "", [text], note, lang)
    values = list(content["data"].values())
    return Preview(channel, f"微信订阅消息{label}", "", values, "每条用掉本人一次订阅", lang)
