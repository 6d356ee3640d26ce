"""Moderation, grouping and feedback."""

from typing import Any

import pytest
from consultations.factories import (
    Desk,
    answered,
    end,
    published,
    take_part,
)

from zhijian.consultations import actions
from zhijian.consultations.events import ConsultationFeedbackPublished
from zhijian.consultations.models import Comment
from zhijian.consultations.rules.states import State
from zhijian.core.errors import Problem
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db


def test_feedback_waits_for_everything() -> None:
    desk = Desk()
    row = published(desk)
    take_part(row, comments=[("c1", "赞成")])

    def why() -> str:
        with pytest.raises(Problem) as refusal:
            actions.submit_feedback(desk.editor.actor, consultation=row)
        return refusal.value.detail

    assert "结束以后" in why()
    end(row)
    assert "没有审看" in why()
    ids = list(Comment.objects.values_list("pk", flat=True))
    actions.moderate(desk.editor.actor, consultation=row, comment_ids=ids, show=True)
    assert "没有归并" in why()
    group = actions.make_group(desk.editor.actor, consultation=row, title="赞成")
    actions.assign(desk.editor.actor, consultation=row, comment_ids=ids, group_id=group.public_id)
    assert "采纳情况和理由" in why()
    with pytest.raises(Problem) as refusal:
        actions.answer_group(
            desk.editor.actor, consultation=row, group_id=group.public_id, title="赞成", outcome="adopted", reply=" "
        )  # fmt: skip
    assert refusal.value.code == "consultations.group_wrong"
    actions.answer_group(
        desk.editor.actor, consultation=row, group_id=group.public_id, title="赞成", outcome="adopted", reply="已采纳"
    )  # fmt: skip
    assert "总述" in why()
    actions.save_overview(desk.editor.actor, consultation=row, overview="谢谢")
    assert actions.submit_feedback(desk.editor.actor, consultation=row).state == State.FEEDBACK_REVIEWING


def test_feedback_is_published_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("zhijian.consultations.actions.feedback.emit", told.append)
    row = answered(Desk())
    assert told == [ConsultationFeedbackPublished(row.public_id)]
    assert PublishedDocument.objects.filter(
        key=f"consultations/{row.public_id}/report", current=True
    ).exists()


def test_comments_that_say_the_same_are_grouped_together() -> None:
    desk = Desk()
    row = published(desk)
    for words in ("多建车棚", "多建 车棚！", "少建车棚"):
        take_part(row, comments=[("", words)])
    group = actions.make_group(desk.editor.actor, consultation=row, title="车棚")
    chosen = next(one for one in Comment.objects.all() if one.text == "多建车棚")
    count = actions.assign(
        desk.editor.actor, consultation=row, comment_ids=[chosen.pk], group_id=group.public_id
    )
    assert count == 2
    assert Comment.objects.filter(group=None).count() == 1
    actions.remove_group(desk.editor.actor, consultation=row, group_id=group.public_id)
    assert Comment.objects.filter(group=None).count() == 3


def test_hiding_takes_a_reason_from_the_list() -> None:
    desk = Desk()
    row = published(desk)
    take_part(row, comments=[("c1", "打这个电话")])
    comment = Comment.objects.get()
    for reason in ("", "因为"):
        with pytest.raises(Problem) as refusal:
            actions.moderate(
                desk.editor.actor, consultation=row, comment_ids=[comment.pk], show=False, reason=reason
            )
        assert refusal.value.code == "consultations.hide_reason_needed"
    actions.moderate(
        desk.editor.actor, consultation=row, comment_ids=[comment.pk], show=False, reason="personal"
    )
    comment.refresh_from_db()
    assert (comment.state, comment.reason) == ("hidden", "personal")


def test_a_foreign_comment_or_group_is_not_touched() -> None:
    desk = Desk()
    row, other = published(desk), published(desk)
    take_part(other, comments=[("c1", "别处的意见")])
    foreign = Comment.objects.get()
    group = actions.make_group(desk.editor.actor, consultation=other, title="别处")
    with pytest.raises(Problem) as refusal:
        actions.moderate(desk.editor.actor, consultation=row, comment_ids=[foreign.pk], show=True)
    assert refusal.value.code == "consultations.comment_unknown"
    with pytest.raises(Problem) as refusal:
        actions.assign(
            desk.editor.actor, consultation=row, comment_ids=[foreign.pk], group_id=group.public_id
        )
    assert refusal.value.code == "consultations.group_unknown"
    foreign.refresh_from_db()
    assert (foreign.state, foreign.group) == ("pending", None)
