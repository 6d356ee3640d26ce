"""Posts, which of them exclude each other, and what each opens in the console. Pure decisions."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from django.db.models import TextChoices

from zhijian.core.dates import WEEKDAYS


class Post(TextChoices):
    """岗位: what a member of staff may do, always within a department or a region."""

    ITEM_MANAGER = "item_manager", "事项管理员"
    REVIEWER = "reviewer", "审核员"
    HALL_MANAGER = "hall_manager", "大厅主管"
    WINDOW_OFFICER = "window_officer", "窗口人员"
    CASE_OFFICER = "case_officer", "经办人员"
    APPROVER = "approver", "审批人员"
    TICKET_DISPATCHER = "ticket_dispatcher", "诉求派单员"
    TICKET_OFFICER = "ticket_officer", "诉求承办人员"
    EDITOR = "editor", "信息编辑"
    OPERATOR = "operator", "运营人员"
    SUPERVISOR = "supervisor", "监察人员"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


ADMIN_POSTS = frozenset({Post.SYSTEM_ADMIN, Post.SECURITY_ADMIN, Post.AUDIT_ADMIN})
"""The three separated administrators 三员分立 (GB/T 22239 level 3): three persons, none of whom handles business."""

CONSOLE_ACCESS = "wagtailadmin.access_admin"

_ITEM = ("add", "change", "delete", "view", "publish", "lock", "unlock")
_REVIEW = ("change", "view", "publish", "lock", "unlock")
_PERMISSIONS: dict[Post, frozenset[str]] = {
    Post.ITEM_MANAGER: frozenset(f"catalog.{verb}_serviceitem" for verb in _ITEM if verb != "publish"),
    Post.EDITOR: frozenset(f"content.{verb}_article" for verb in _ITEM if verb != "publish"),
    Post.REVIEWER: frozenset(
        kind for verb in _REVIEW for kind in (f"catalog.{verb}_serviceitem", f"content.{verb}_article")
    ),
}


def label(post: str) -> str:
    """The Chinese word for a post; what isn't a post keeps its own name."""
    return str(Post(post).label) if post in Post.values else post


def forbidden_with(held: Collection[str], wanted: str) -> str | None:
    """The held post that excludes ``wanted``, or None if one person may hold them together."""
    for post in sorted(held):
        if post == wanted:
            continue
        if post in ADMIN_POSTS or wanted in ADMIN_POSTS:
            return post
    return None


def permissions_of(posts: Iterable[str]) -> frozenset[str]:
    """Django permissions ("app.codename") that these posts give in the console; none without a post."""
    held = {Post(post) for post in posts}
    if not held:
        return frozenset()
    granted = {CONSOLE_ACCESS}
    for post in held:
        granted |= _PERMISSIONS.get(post, frozenset())
    return frozenset(granted)


_DAYS = re.compile(r"[1-7](-[1-7])?(,[1-7](-[1-7])?)*")
_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)


def hours_faults(hours: Sequence[Mapping[str, str]]) -> list[tuple[int, str]]:
    """What is wrong in opening hours, as (row, Chinese words); ``days`` counts 1 (Monday) to 7."""
    faults = []
    for row, part in enumerate(hours):
        opens, closes = part.get("from", ""), part.get("to", "")
        if not _DAYS.fullmatch(part.get("days", "")):
            faults.append((row, "星期请写成 1-5 或 6,7（1 为星期一）"))
        elif not (_TIME.fullmatch(opens) and _TIME.fullmatch(closes)):
            faults.append((row, "时间请写成 09:00"))
        elif opens >= closes:
            faults.append((row, "结束时间要晚于开始时间"))
    return faults


def hours_words(hours: Sequence[Mapping[str, str]]) -> list[str]:
    """Opening hours as Chinese lines: 周一至周五 09:00–12:00."""
    return [f"{_days_words(part['days'])} {part['from']}–{part['to']}" for part in hours]


def _days_words(days: str) -> str:
    names = {str(number): f"周{word}" for number, word in enumerate(WEEKDAYS, start=1)}
    return "、".join("至".join(names[day] for day in span.split("-")) for span in days.split(","))
