"""The life cycle as data: in which state who may do what, and what follows.

Whoever prepared a text doesn't publish it: two persons see every word before the public does.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import TextChoices

from zhijian.consultations.rules.states import Phase, State
from zhijian.editorial.rules import same_person
from zhijian.lifecycle.table import Table, Transition
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


def _other_prepared(facts: Facts) -> str:
    own = same_person(author=facts.prepared_by_self)
    return "这份征集由您编辑或提交，请由另一位审核员发布" if own else ""


def _other_wrote(facts: Facts) -> str:
    own = same_person(author=facts.feedback_by_self)
    return "这份反馈由您编写或提交，请由另一位审核员公布" if own else ""


def _not_open_yet(facts: Facts) -> str:
    return "" if facts.phase is Phase.UPCOMING else "征集已经开始，不能撤回修改；需要停止时请终止征集"


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


_EDITOR, _REVIEWER = frozenset({Post.EDITOR.value}), frozenset({Post.REVIEWER.value})
_REASON = ("reason",)


def _rows() -> Iterator[Transition[State, Action]]:
    draft, reviewing, public = State.DRAFT, State.REVIEWING, State.PUBLISHED
    yield Transition(draft, Action.EDIT, _EDITOR)
    yield Transition(draft, Action.DISCARD, _EDITOR, State.DISCARDED)
    yield Transition(draft, Action.SUBMIT, _EDITOR, reviewing)
    yield Transition(reviewing, Action.TAKE_BACK, _EDITOR, draft)
    yield Transition(reviewing, Action.SEND_BACK, _REVIEWER, draft, needs=_REASON, judges=True)
    yield Transition(reviewing, Action.PUBLISH, _REVIEWER, public, _other_prepared, judges=True)
    yield Transition(public, Action.TAKE_BACK, _EDITOR | _REVIEWER, draft, _not_open_yet)
    yield Transition(public, Action.EXTEND, _REVIEWER, None, _still_open, _REASON)
    yield Transition(public, Action.WITHDRAW, _REVIEWER, State.WITHDRAWN, needs=_REASON)
    yield Transition(public, Action.MODERATE, _EDITOR)
    yield Transition(public, Action.GROUP, _EDITOR)
    answering = State.FEEDBACK_REVIEWING
    yield Transition(public, Action.SUBMIT_FEEDBACK, _EDITOR, answering, _complete)
    yield Transition(answering, Action.SEND_BACK_FEEDBACK, _REVIEWER, public, needs=_REASON, judges=True)
    yield Transition(answering, Action.PUBLISH_FEEDBACK, _REVIEWER, State.ANSWERED, _other_wrote, judges=True)


TABLE: Final = Table(_rows(), thing="征集", posts=(Post.EDITOR, Post.REVIEWER))
