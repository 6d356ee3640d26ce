"""The life of a consultation, and who may do what in each state."""

import gzip
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from consultations.factories import (
    CONTENT,
    Desk,
    answered,
    drafted,
    end,
    feedback_submitted,
    published,
    ready_for_feedback,
    submitted,
)
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction

from zhijian.audit.models import AuditEntry
from zhijian.consultations import actions
from zhijian.consultations.actions import Draft
from zhijian.consultations.events import ConsultationPublished
from zhijian.consultations.models import Comment, Consultation, Step
from zhijian.consultations.rules import table
from zhijian.consultations.rules.states import State
from zhijian.consultations.rules.table import Action
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.core.files import StoredFile
from zhijian.core.files.errors import ImageTooLarge
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db

IN_STATE: dict[State, Callable[[Desk], Consultation]] = {
    State.DRAFT: drafted,
    State.REVIEWING: submitted,
    State.PUBLISHED: ready_for_feedback,
    State.FEEDBACK_REVIEWING: feedback_submitted,
    State.ANSWERED: answered,
    State.WITHDRAWN: lambda desk: actions.withdraw(
        desk.reviewer.actor, consultation=published(desk), reason="计划有变"
    ),
    State.DISCARDED: lambda desk: _discarded(desk),
}


def _discarded(desk: Desk) -> Consultation:
    row = drafted(desk)
    actions.discard_draft(desk.editor.actor, consultation=row)
    row.refresh_from_db()
    return row


def do(action: Action, staff: Staff, row: Consultation) -> Any:
    """Every action with sound arguments."""
    actor: Any = {"consultation": row}
    ids = [comment.pk for comment in Comment.objects.filter(consultation=row)]
    calls: dict[Action, Callable[[], Any]] = {
        Action.EDIT: lambda: actions.save_draft(
            staff.actor, **actor, draft=Draft(title="改过的标题", content=CONTENT)
        ),
        Action.DISCARD: lambda: actions.discard_draft(staff.actor, **actor),
        Action.SUBMIT: lambda: actions.submit(staff.actor, **actor),
        Action.TAKE_BACK: lambda: actions.take_back(staff.actor, **actor),
        Action.SEND_BACK: lambda: actions.send_back(staff.actor, **actor, reason="请补充背景"),
        Action.PUBLISH: lambda: actions.publish(staff.actor, **actor),
        Action.EXTEND: lambda: actions.extend(
            staff.actor, **actor, closes_at=now() + timedelta(days=60), reason="应市民要求"
        ),
        Action.WITHDRAW: lambda: actions.withdraw(staff.actor, **actor, reason="计划有变"),
        Action.MODERATE: lambda: actions.moderate(staff.actor, **actor, comment_ids=ids or ["x"], show=True),
        Action.GROUP: lambda: actions.make_group(staff.actor, **actor, title="一组意见"),
        Action.SUBMIT_FEEDBACK: lambda: actions.submit_feedback(staff.actor, **actor),
        Action.SEND_BACK_FEEDBACK: lambda: actions.send_back_feedback(
            staff.actor, **actor, reason="理由太短"
        ),
        Action.PUBLISH_FEEDBACK: lambda: actions.publish_feedback(staff.actor, **actor),
    }
    return calls[action]()


@pytest.mark.parametrize("state", list(State))
def test_every_action_and_post(state: State) -> None:
    """Only the rows of the table happen; everything else is refused and changes nothing."""
    desk = Desk()
    row = IN_STATE[state](desk)
    assert row.state == state
    later = {"opens_at": now() + timedelta(days=1), "closes_at": now() + timedelta(days=2)}
    waiting = published(desk, **later) if state == State.PUBLISHED else row
    people = {post: desk.person(post) for post in Post}
    found, expected = {}, {}
    for action in Action:
        transition = next(iter(table.TABLE.rows(state, action)), None)
        for post, staff in people.items():
            # Its guard looks at the time; the table is meant here.
            found[action, post] = outcome(action, staff, waiting if action is Action.TAKE_BACK else row)
            if transition is None:
                expected[action, post] = "consultations.state_forbids"
            elif post not in transition.roles:
                expected[action, post] = "consultations.post_forbids"
            else:
                expected[action, post] = transition.target or state
    assert found == expected


def outcome(action: Action, staff: Staff, row: Consultation) -> str:
    """The state that comes of it, or the refusal's code; undone either way."""
    try:
        with transaction.atomic():
            if action is Action.EXTEND and row.state == State.PUBLISHED:
                # Its guard looks at the time; the table is meant here.
                Consultation.objects.filter(pk=row.pk).update(closes_at=now() + timedelta(days=1))
            do(action, staff, Consultation.objects.get(pk=row.pk))
            happened = Consultation.objects.get(pk=row.pk).state
            transaction.set_rollback(True)
    except Problem as refusal:
        return refusal.code
    return happened


def test_another_departments_post_is_no_post() -> None:
    row, stranger = drafted(Desk()), Desk()
    with pytest.raises(Problem) as refusal:
        actions.submit(stranger.editor.actor, consultation=row)
    assert refusal.value.code == "consultations.post_forbids"
    refusal.value.tell()
    assert AuditEntry.objects.get(action="consultation.post_forbids").outcome == "refused"


def test_nobody_publishes_what_they_prepared() -> None:
    desk = Desk()
    both = desk.person(Post.EDITOR, Post.REVIEWER)
    row = submitted(desk)
    actions.take_back(both.actor, consultation=row)
    actions.save_draft(both.actor, consultation=row, draft=_same(row))
    actions.submit(desk.editor.actor, consultation=row)
    with pytest.raises(Problem) as refusal:
        actions.publish(both.actor, consultation=row)
    assert (refusal.value.code, "另一位" in refusal.value.detail) == ("consultations.not_now", True)
    assert actions.publish(desk.reviewer.actor, consultation=row).state == State.PUBLISHED


@pytest.mark.parametrize("post", [Post.EDITOR, Post.REVIEWER])
def test_what_waits_to_open_is_taken_back_edited_and_reviewed_anew(post: Post) -> None:
    desk = Desk()
    opens = {"opens_at": now() + timedelta(days=3), "closes_at": now() + timedelta(days=40)}
    row = published(desk, **opens)
    address = f"consultations/{row.public_id}"
    before = _whole(row)
    taken = actions.take_back(desk.person(post).actor, consultation=row)
    assert {name for name, value in _whole(taken).items() if value != before[name]} == {
        "state",
        "published_at",
    }
    assert (taken.state, taken.published_at) == (State.DRAFT, None)
    assert not PublishedDocument.objects.filter(key=address, current=True).exists()
    assert _listed() == []
    assert AuditEntry.objects.filter(action="consultation.take_back").count() == 1
    actions.save_draft(desk.editor.actor, consultation=row, draft=_same(row))
    actions.submit(desk.editor.actor, consultation=row)
    actions.publish(desk.reviewer.actor, consultation=row)
    assert _listed() == [row.public_id]
    assert PublishedDocument.objects.filter(key=address, current=True).exists()


def test_what_is_open_is_not_taken_back() -> None:
    desk = Desk()
    row = published(desk)
    with pytest.raises(Problem) as refusal:
        actions.take_back(desk.editor.actor, consultation=row)
    assert (refusal.value.code, "已经开始" in refusal.value.detail) == ("consultations.not_now", True)
    assert _listed() == [row.public_id]


def test_a_draft_for_another_department_is_refused_and_audited() -> None:
    with pytest.raises(Problem) as refusal:
        actions.open_draft(Desk().editor.actor, department=Desk().department, draft=Draft(title="题"))
    refusal.value.tell()
    assert AuditEntry.objects.get(action="consultation.post_forbids").outcome == "refused"


def _whole(row: Consultation) -> dict[str, Any]:
    return {field.attname: getattr(row, field.attname) for field in Consultation._meta.concrete_fields}


def _listed() -> list[str]:
    body = PublishedDocument.objects.get(key="consultations", current=True).body
    return [one["id"] for one in json.loads(gzip.decompress(bytes(body)))["consultations"]]


def _same(row: Consultation) -> Draft:
    names = ("title", "summary", "background", "audience", "contact", "opens_at", "closes_at", "content")
    return Draft(**{name: getattr(row, name) for name in names})


def test_nobody_publishes_the_feedback_they_wrote() -> None:
    desk = Desk()
    both = desk.person(Post.EDITOR, Post.REVIEWER)
    row = ready_for_feedback(desk)
    actions.save_overview(both.actor, consultation=row, overview="谢谢大家")
    actions.submit_feedback(desk.editor.actor, consultation=row)
    with pytest.raises(Problem) as refusal:
        actions.publish_feedback(both.actor, consultation=row)
    assert "另一位" in refusal.value.detail


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"background": ""}, {"/background"}),
        ({"audience": ""}, {"/audience"}),
        ({"content": {}}, {"/content"}),
        ({"closes_at": None}, {"/closes_at"}),
        ({"opens_at": now() - timedelta(days=9), "closes_at": now() - timedelta(days=2)}, {"/closes_at"}),
        ({"content": {"clauses": [{"key": "c1"}]}}, {"/clauses/c1"}),
    ],
)
def test_what_is_incomplete_is_kept_but_not_submitted(changes: dict[str, Any], paths: set[str]) -> None:
    desk = Desk()
    row = drafted(desk, **changes)
    with pytest.raises(Problem) as refusal:
        actions.submit(desk.editor.actor, consultation=row)
    assert {fault.path for fault in refusal.value.fields} == paths
    row.refresh_from_db()
    assert row.state == State.DRAFT


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"title": "长" * 121},
        {"background": "长" * 10_001},
        {"opens_at": now(), "closes_at": now() - timedelta(days=1)},
        {"content": {"clauses": [{"key": "第一条"}]}},
        {"content": {"clauses": [{"key": "c1", "text": "长" * 5001}]}},
        {"content": {"questions": [{"key": "q1", "kind": "essay"}]}},
        {"content": {"unknown": 1}},
    ],
)
def test_what_cannot_be_kept_leaves_nothing(changes: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        drafted(Desk(), **changes)
    assert refusal.value.code == "consultations.content_wrong"
    assert refusal.value.fields
    assert not Consultation.objects.exists()


def test_short_time_for_enterprises_needs_a_reason() -> None:
    desk = Desk()
    short = {"concerns_enterprises": True, "closes_at": now() + timedelta(days=10)}
    row = drafted(desk, **short)
    with pytest.raises(Problem) as refusal:
        actions.submit(desk.editor.actor, consultation=row)
    assert refusal.value.code == "consultations.period_short"
    assert submitted(desk, **short, short_reason="依法需要立即施行").state == State.REVIEWING


def test_publication_compiles_documents_and_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr("zhijian.consultations.actions.publication.emit", told.append)
    row = published(Desk())
    keys = set(PublishedDocument.objects.filter(current=True).values_list("key", flat=True))
    assert {f"consultations/{row.public_id}", "consultations"} <= keys
    (event,) = told
    assert isinstance(event, ConsultationPublished)
    assert event.consultation_id == row.public_id
    assert row.opens_at <= now()


def test_text_is_fixed_once_it_is_published() -> None:
    row = published(Desk())
    for column, value in (("title", "'别的'"), ("content", "'{}'"), ("background", "''")):
        with (
            pytest.raises(IntegrityError, match="fixed"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"UPDATE consultations_consultation SET {column} = {value}")
    row.refresh_from_db()
    assert row.content["clauses"][0]["key"] == "c1"


@pytest.mark.parametrize(
    "statement", ["UPDATE consultations_step SET note = 'x'", "DELETE FROM consultations_step"]
)
def test_steps_stay(statement: str) -> None:
    published(Desk())
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert list(Step.objects.values_list("action", flat=True)) == ["opened", "submit", "publish"]


def test_time_is_only_ever_given_never_taken() -> None:
    desk = Desk()
    row = published(desk)
    later = row.closes_at + timedelta(days=5)
    assert (
        actions.extend(desk.reviewer.actor, consultation=row, closes_at=later, reason="应市民要求").closes_at
        == later
    )
    with pytest.raises(Problem) as refusal:
        actions.extend(desk.reviewer.actor, consultation=row, closes_at=now(), reason="提前")
    assert refusal.value.code == "consultations.extension_wrong"
    end(row)
    with pytest.raises(Problem) as refusal:
        actions.extend(desk.reviewer.actor, consultation=row, closes_at=later, reason="补")
    assert refusal.value.code == "consultations.not_now"


def test_reasons_are_needed() -> None:
    desk = Desk()
    row = submitted(desk)
    with pytest.raises(Problem) as refusal:
        actions.send_back(desk.reviewer.actor, consultation=row, reason="  ")
    assert refusal.value.code == "consultations.reason_needed"
    actions.send_back(desk.reviewer.actor, consultation=row, reason="请写明期限")
    assert Step.objects.last().note == "请写明期限"  # type: ignore[union-attr]


def test_a_picture_of_too_many_pixels_is_not_attached(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("zhijian.core.files.checks.images.MAX_PIXELS", 100)
    desk = Desk()
    row = drafted(desk)
    with pytest.raises(ImageTooLarge):
        actions.attach(desk.editor.actor, consultation=row, upload=_picture())
    assert not row.attachments.exists()


def test_attachments_come_and_go_with_the_draft() -> None:
    desk = Desk()
    row = drafted(desk)
    pdf = SimpleUploadedFile("说明.txt", b"plain words", "text/plain")
    with pytest.raises(Problem) as refusal:
        actions.attach(desk.editor.actor, consultation=row, upload=pdf)
    assert refusal.value.code == "files.type_not_allowed"
    found = actions.attach(desk.editor.actor, consultation=row, upload=_picture(), title="示意图")
    assert StoredFile.objects.filter(pk=found.file_id, kind="consultation_attachment").exists()
    actions.detach(desk.editor.actor, consultation=row, attachment_id=found.public_id)
    assert not StoredFile.objects.filter(pk=found.file_id).exists()


def _picture() -> SimpleUploadedFile:
    from cases.factories import picture

    return picture()
