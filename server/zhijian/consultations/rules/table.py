"""The life cycle as data: in which state who may do what, and what follows.

Whoever prepared a text doesn't publish it: two persons see every word before the public does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

from zhijian.consultations.rules.states import Phase, State
from zhijian.organizations.rules import Post


class Action(TextChoices):
    EDIT = "edit", "编辑"
    DISCARD = "discard", "删除草稿"
    SUBMIT = "submit", "提交审核"
    TAKE_BACK = "take_back", "撤回修改"
    SEND_BACK = "send_back", "退回修改"
    PUBLISH = "publish", "审核发布"
    EXTEND = "extend", "延长征集时间"
    WITHDRAW = "withdraw", "终止征集"
    MODERATE = "moderate", "审看意见"
    GROUP = "group", "归并意见"
    SUBMIT_FEEDBACK = "submit_feedback", "提交反馈审核"
    SEND_BACK_FEEDBACK = "send_back_feedback", "退回反馈"
    PUBLISH_FEEDBACK = "publish_feedback", "公布采纳情况"


@dataclass(frozen=True, slots=True)
class Facts:
    """What guards look at."""

    phase: Phase = Phase.HIDDEN
    prepared_by_self: bool = False
    feedback_by_self: bool = False
    pending: int = 0
    ungrouped: int = 0
    unanswered_groups: int = 0
    overview: bool = True


Guard = Callable[[Facts], str]
"""Why not, in Chinese; empty = allowed."""


def _always(facts: Facts) -> str:
    return ""


def _other_prepared(facts: Facts) -> str:
    return "这份征集由您编辑或提交，请由另一位审核员发布" if facts.prepared_by_self else ""


def _other_wrote(facts: Facts) -> str:
    return "这份反馈由您编写或提交，请由另一位审核员公布" if facts.feedback_by_self else ""


def _still_open(facts: Facts) -> str:
    return "" if facts.phase in (Phase.UPCOMING, Phase.OPEN) else "征集已经结束，不能再延长"


def _complete(facts: Facts) -> str:
    if facts.phase is not Phase.CLOSED:
        return "征集结束以后才能提交反馈"
    if facts.pending:
        return f"还有 {facts.pending} 条意见没有审看"
    if facts.ungrouped:
        return f"还有 {facts.ungrouped} 条公开的意见没有归并"
    if facts.unanswered_groups:
        return f"还有 {facts.unanswered_groups} 组意见没有写采纳情况和理由"
    return "" if facts.overview else "请先写反馈总述"


@dataclass(frozen=True, slots=True)
class Transition:
    """One row. ``target`` None keeps the state."""

    source: State
    action: Action
    role: str
    target: State | None = None
    guard: Guard = _always
    needs_reason: bool = False


_EDITOR, _REVIEWER = Post.EDITOR.value, Post.REVIEWER.value

TABLE: Final = (
    Transition(State.DRAFT, Action.EDIT, _EDITOR),
    Transition(State.DRAFT, Action.DISCARD, _EDITOR, State.DISCARDED),
    Transition(State.DRAFT, Action.SUBMIT, _EDITOR, State.REVIEWING),
    Transition(State.REVIEWING, Action.TAKE_BACK, _EDITOR, State.DRAFT),
    Transition(State.REVIEWING, Action.SEND_BACK, _REVIEWER, State.DRAFT, needs_reason=True),
    Transition(State.REVIEWING, Action.PUBLISH, _REVIEWER, State.PUBLISHED, _other_prepared),
    Transition(State.PUBLISHED, Action.EXTEND, _REVIEWER, None, _still_open, needs_reason=True),
    Transition(State.PUBLISHED, Action.WITHDRAW, _REVIEWER, State.WITHDRAWN, needs_reason=True),
    Transition(State.PUBLISHED, Action.MODERATE, _EDITOR),
    Transition(State.PUBLISHED, Action.GROUP, _EDITOR),
    Transition(State.PUBLISHED, Action.SUBMIT_FEEDBACK, _EDITOR, State.FEEDBACK_REVIEWING, _complete),
    Transition(
        State.FEEDBACK_REVIEWING, Action.SEND_BACK_FEEDBACK, _REVIEWER, State.PUBLISHED, needs_reason=True
    ),
    Transition(State.FEEDBACK_REVIEWING, Action.PUBLISH_FEEDBACK, _REVIEWER, State.ANSWERED, _other_wrote),
)

_BY_PLACE: Final = {(row.source, row.action): row for row in TABLE}


def find(state: str, action: Action) -> Transition | None:
    """The row of ``action`` in ``state``, whoever asks."""
    return _BY_PLACE.get((State(state), action))


def available(state: str, roles: frozenset[str], facts: Facts) -> list[tuple[Transition, str]]:
    """What these roles may do here, each with why not now (empty = now)."""
    return [(row, row.guard(facts)) for row in TABLE if row.source == state and row.role in roles]
