"""Judging only what was read: a form carries the mark of what its page showed, and the action compares under its lock."""

from collections.abc import Iterable
from datetime import datetime

from zhijian.core.dates import time_of_day
from zhijian.core.errors import Conflict

_TOLD = 3


class ContentChanged(Conflict):
    code = "lifecycle.content_changed"
    title = "内容已变，这次操作没有提交"


def unmarked() -> ContentChanged:
    """For a form that doesn't say what was read."""
    return ContentChanged("这个页面没有记下您看到的内容。请看过现在的内容再操作；您填写的文字没有丢失。")


def changed(happened: Iterable[tuple[str, datetime | None]]) -> ContentChanged:
    """Says what was done since the page was opened (the latest of it), and what to do now."""
    told = [f"{time_of_day(at)}{words}" if at else words for words, at in happened if words][-_TOLD:]
    what = "、".join(told) or "内容已被修改"
    return ContentChanged(f"您打开页面以后：{what}。请看过现在的内容再操作；您填写的文字没有丢失。")


def number(mark: str) -> int:
    """The number in a mark; 0, which is before everything, for what is none."""
    return int(mark) if mark.isascii() and mark.isdigit() and len(mark) < 16 else 0
