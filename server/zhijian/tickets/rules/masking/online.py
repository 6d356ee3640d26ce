"""Addresses on the net: e-mail, WeChat, QQ."""

import re
from collections.abc import Iterator

from zhijian.tickets.rules.masking.spans import Span

_EMAIL = re.compile(
    r"(?<![\w.+-])[A-Za-z0-9][\w.+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}", re.ASCII
)
_WECHAT = re.compile(
    r"(?:微信|薇信|威信|(?<![A-Za-z])(?:wx|vx|WX|VX|Vx|V信|v信))(?:号码?|账号)?(?:是|为|加|找|[\u4e00-\u9fff]{1,4}(?=[:：]))?[:：,，\s]{0,2}"
    r"(?P<number>[A-Za-z][-_A-Za-z0-9]{5,19})(?![-_A-Za-z0-9])",
    re.ASCII,
)
_QQ = re.compile(r"[Qq]{2}(?:号码?)?(?:是|为)?[:：\s]{0,2}(?P<number>[1-9]\d{4,10})(?!\d)", re.ASCII)


def emails(text: str) -> Iterator[Span]:
    for found in _EMAIL.finditer(text):
        yield Span(found.start(), found.end(), "email")


def wechat_ids(text: str) -> Iterator[Span]:
    """Only after a word for WeChat: nothing else tells an id from a word. Telephones are found as such."""
    for found in _WECHAT.finditer(text):
        yield Span(*found.span("number"), "wechat")


def qq_numbers(text: str) -> Iterator[Span]:
    for found in _QQ.finditer(text):
        yield Span(*found.span("number"), "qq")
