"""Consultations in every state, reached the way people reach them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, StaffFactory

from zhijian.consultations import actions
from zhijian.consultations.actions import Draft, Sheet
from zhijian.consultations.models import Comment, Consultation
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post

CONTENT: dict[str, Any] = {
    "clauses": [
        {"key": "c1", "number": "第一条", "title": "目的", "text": "为了规范电动自行车停放，制定本办法。"},
        {"key": "c2", "number": "第二条", "title": "充电", "text": "禁止在楼道内充电。"},
    ],
    "questions": [
        {
            "key": "q1",
            "kind": "single",
            "title": "您有电动自行车吗",
            "options": [{"key": "yes", "label": "有"}, {"key": "no", "label": "没有"}],
        },
        {
            "key": "q2",
            "kind": "multiple",
            "title": "在哪里充电",
            "options": [
                {"key": "home", "label": "家里"},
                {"key": "shed", "label": "车棚"},
                {"key": "street", "label": "街边"},
            ],
            "choices_min": 1,
            "choices_max": 2,
            "show_if": [{"question": "q1", "any_of": ["yes"]}],
        },
        {"key": "q3", "kind": "scale", "title": "对现状打分", "points": 5},
        {
            "key": "q4",
            "kind": "matrix",
            "title": "各项重要吗",
            "rows": [{"key": "safe", "label": "安全"}, {"key": "cheap", "label": "便宜"}],
            "options": [{"key": "low", "label": "不重要"}, {"key": "high", "label": "重要"}],
        },
        {"key": "q5", "kind": "text", "title": "其他建议", "required": False, "length_max": 100},
    ],
}
VALUES: dict[str, Any] = {
    "q1": "yes",
    "q2": ["home", "shed"],
    "q3": 4,
    "q4": {"safe": "high", "cheap": "low"},
}


@dataclass
class Desk:
    """A department with two editors and two reviewers."""

    department: Department = field(default_factory=DepartmentFactory.create)
    editor: Staff = field(init=False)
    colleague: Staff = field(init=False)
    reviewer: Staff = field(init=False)

    def __post_init__(self) -> None:
        self.editor = self.person(Post.EDITOR)
        self.colleague = self.person(Post.EDITOR)
        self.reviewer = self.person(Post.REVIEWER)

    def person(self, *posts: Post) -> Staff:
        staff: Staff = StaffFactory(department=self.department, posts=posts)
        return staff


def real_person(**fields: Any) -> Citizen:
    return CitizenFactory(real_named=True, **fields)


def draft(**changes: Any) -> Draft:
    fields: dict[str, Any] = {
        "title": "云州市电动自行车停放充电管理办法（征求意见稿）",
        "summary": "管好停放和充电",
        "background": "近年来火灾多发。",
        "audience": "全体市民",
        "contact": "市城市管理局法规科",
        "opens_at": now() - timedelta(minutes=1),
        "closes_at": now() + timedelta(days=31),
        "content": CONTENT,
    }
    return Draft(**(fields | changes))


def drafted(desk: Desk, **changes: Any) -> Consultation:
    return actions.open_draft(desk.editor.actor, department=desk.department, draft=draft(**changes))


def submitted(desk: Desk, **changes: Any) -> Consultation:
    return actions.submit(desk.editor.actor, consultation=drafted(desk, **changes))


def published(desk: Desk, **changes: Any) -> Consultation:
    return actions.publish(desk.reviewer.actor, consultation=submitted(desk, **changes))


def take_part(row: Consultation, citizen: Citizen | None = None, *, key: str = "", **sheet: Any) -> Citizen:
    """With the answers VALUES unless ``values`` or ``comments`` are given; returns who answered."""
    person = citizen or real_person()
    content = sheet or {"values": VALUES}
    actions.take_part(
        person.actor,
        citizen=person,
        consultation=row,
        sheet=Sheet(**content),
        request_key=key or person.public_id,
    )
    return person


def end(row: Consultation) -> Consultation:
    """Its time is over."""
    Consultation.objects.filter(pk=row.pk).update(closes_at=row.opens_at + timedelta(microseconds=1))
    row.refresh_from_db()
    return row


def moderated(desk: Desk, row: Consultation) -> Consultation:
    ids = Comment.objects.filter(consultation=row).values_list("pk", flat=True)
    actions.moderate(desk.editor.actor, consultation=row, comment_ids=list(ids), show=True)
    return row


def ready_for_feedback(desk: Desk, **changes: Any) -> Consultation:
    """One comment, shown, grouped and answered; the time is over."""
    row = published(desk, **changes)
    take_part(row, values=VALUES, comments=[("c2", "楼道装监控更有效")], notify=True)
    moderated(desk, row)
    group = actions.make_group(desk.editor.actor, consultation=row, title="用技术手段管理楼道充电")
    comment = Comment.objects.get(consultation=row)
    actions.assign(desk.editor.actor, consultation=row, comment_ids=[comment.pk], group_id=group.public_id)
    actions.answer_group(
        desk.editor.actor,
        consultation=row,
        group_id=group.public_id,
        title=group.title,
        outcome="partly",
        reply="新建小区统一安装，老旧小区逐步改造。",
    )
    actions.save_overview(desk.editor.actor, consultation=row, overview="感谢参与。")
    return end(row)


def feedback_submitted(desk: Desk, **changes: Any) -> Consultation:
    return actions.submit_feedback(desk.editor.actor, consultation=ready_for_feedback(desk, **changes))


def answered(desk: Desk, **changes: Any) -> Consultation:
    return actions.publish_feedback(desk.reviewer.actor, consultation=feedback_submitted(desk, **changes))
