"""The page that stands in for the citizen's phone: the messages sent, newest first."""

import hashlib
import re
from html import escape
from pathlib import Path
from typing import Any

_TEMPLATE = (Path(__file__).parent / "page.html").read_text(encoding="utf-8")
_EMPTY = '<p class="empty">还没有短信。在登录页填写手机号并点“获取验证码”，短信会出现在这里。</p>'


def html(messages: list[dict[str, Any]]) -> str:
    content = items(messages)
    return _TEMPLATE.replace("<!-- messages -->", content).replace(
        "<!-- tag -->", escape(tag(content.encode()))
    )


def tag(content: bytes) -> str:
    """An HTTP entity tag: the page compares it to know whether anything is new."""
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def items(messages: list[dict[str, Any]]) -> str:
    """The list alone: what the page fetches again and swaps in only when it has changed."""
    return "\n".join(map(_item, messages)) or _EMPTY


def _item(message: dict[str, Any]) -> str:
    text = escape(message["text"])
    code = escape(message["params"].get("code", ""))
    if code:
        text = re.sub(re.escape(code), f"<strong>{code}</strong>", text, count=1)
    phone = message["phone"]
    spaced = f"{phone[:3]} {phone[3:7]} {phone[7:]}"
    day, moment = message["sent_at"][5:10].replace("-", "月") + "日", message["sent_at"][11:19]
    return (
        f'<article><header><h2>{spaced}</h2><time datetime="{message["sent_at"]}">{day} {moment}</time></header>'
        f"<p>{text}</p></article>"
    )
