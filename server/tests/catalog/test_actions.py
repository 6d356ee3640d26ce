"""Drafting, review, publication, withdrawal: against the real database and Wagtail's workflow."""

import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from catalog.factories import make_city, make_published, make_spec, make_staff
from django.core.management import call_command
from django.db import IntegrityError, transaction
from organizations.factories import DepartmentFactory

from zhijian.audit.models import AuditEntry
from zhijian.catalog import actions, authoring
from zhijian.catalog.actions import ITEMS
from zhijian.catalog.errors import (
    ItemNotFound,
    NotYourItem,
    OwnDraft,
    ReasonMissing,
    SameReviewer,
    SpecInvalid,
    WrongState,
)
from zhijian.catalog.models import ItemVersion, SearchEntry, ServiceItem
from zhijian.catalog.queries import current_version
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.errors import Problem
from zhijian.editorial.queries import state_of
from zhijian.editorial.rules import State
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.models import PublishedDocument

pytestmark = pytest.mark.django_db


@pytest.fixture
def police() -> Department:
    return make_city()


@pytest.fixture
def centre() -> Department:
    return DepartmentFactory(code="zw", is_centre=True, name="政务服务中心", short_name="政务中心")


@pytest.fixture
def people(police: Department, centre: Department) -> dict[str, Staff]:
    other = DepartmentFactory(code="mz")
    return {
        "manager": make_staff(Post.ITEM_MANAGER, police),
        "reviewer": make_staff(Post.REVIEWER, police),
        "centre": make_staff(Post.REVIEWER, centre),
        "other_manager": make_staff(Post.ITEM_MANAGER, other),
        "other_reviewer": make_staff(Post.REVIEWER, other),
        "case_officer": make_staff(Post.CASE_OFFICER, police),
    }


def _submitted(people: dict[str, Staff], **changes: Any) -> ServiceItem:
    item = actions.save_draft(people["manager"].actor, spec=make_spec(**changes))
    return ITEMS.submit(people["manager"].actor, item)


def _approved(people: dict[str, Staff], **changes: Any) -> ServiceItem:
    item = _submitted(people, **changes)
    ITEMS.approve(people["reviewer"].actor, item)
    return ITEMS.approve(people["centre"].actor, item)


def _document(key: str) -> dict[str, Any]:
    import gzip

    row = PublishedDocument.objects.get(key=key, current=True)
    document: dict[str, Any] = json.loads(gzip.decompress(bytes(row.body)))
    return document


def test_a_draft_keeps_every_value(police: Department) -> None:
    spec = make_spec()
    item = actions.save_draft(SYSTEM, spec=spec)
    assert authoring.to_spec(ServiceItem.objects.get(pk=item.pk).get_latest_revision_as_object()) == spec
    assert state_of(item) == State.DRAFT
    with pytest.raises(ItemNotFound):
        current_version(spec.code)


def test_the_same_draft_again_is_no_new_revision(police: Department) -> None:
    item = actions.save_draft(SYSTEM, spec=make_spec())
    actions.save_draft(SYSTEM, spec=make_spec())
    assert item.revisions.count() == 1


@pytest.mark.parametrize(
    ("changes", "path"),
    [({"department": "nobody"}, "/department"), ({"places": [{"hall": "moon"}]}, "/places/0/hall")],
)
def test_unknown_places_are_refused(police: Department, changes: dict[str, Any], path: str) -> None:
    with pytest.raises(SpecInvalid) as refusal:
        actions.save_draft(SYSTEM, spec=make_spec(**changes))
    assert [field.path for field in refusal.value.fields] == [path]
    assert not ServiceItem.objects.exists()


def test_two_reviews_lead_to_a_version_in_force(people: dict[str, Staff]) -> None:
    item = _submitted(people)
    assert state_of(item) == State.DEPARTMENT_REVIEW
    ITEMS.approve(people["reviewer"].actor, item)
    assert state_of(item) == State.CENTRE_REVIEW
    item = ITEMS.approve(people["centre"].actor, item)
    assert state_of(item) == State.PUBLISHED
    version = current_version(item.code)
    assert (version.number, version.typed(), version.valid_to) == (1, make_spec(), None)
    assert "审核员" in version.published_by
    written = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"item.drafted", "item.approved", "item.published"} <= written


def test_an_inconsistent_draft_cannot_be_submitted(people: dict[str, Staff]) -> None:
    item = actions.save_draft(people["manager"].actor, spec=make_spec(charged=True))
    with pytest.raises(SpecInvalid) as refusal:
        ITEMS.submit(people["manager"].actor, item)
    assert [field.path for field in refusal.value.fields] == ["/fees"]
    assert state_of(item) == State.DRAFT


STEPS: dict[str, Callable[[Actor, ServiceItem], Any]] = {
    "draft": lambda actor, item: actions.save_draft(actor, spec=make_spec(name="改名")),
    "submit": lambda actor, item: ITEMS.submit(actor, item),
    "approve": lambda actor, item: ITEMS.approve(actor, item),
    "reject": lambda actor, item: ITEMS.reject(actor, item, reason="请补充依据"),
    "cancel": lambda actor, item: ITEMS.take_back(actor, item),
    "withdraw": lambda actor, item: ITEMS.end(actor, item, reason="政策调整"),
}
# state → step → who may; whoever is not named is refused
ALLOWED: dict[str, dict[str, set[str]]] = {
    "draft": {"draft": {"manager"}, "submit": {"manager"}},
    "department_review": {"approve": {"reviewer"}, "reject": {"reviewer"}, "cancel": {"manager"}},
    "centre_review": {"approve": {"centre"}, "reject": {"centre"}, "cancel": {"manager"}},
    "rejected": {"draft": {"manager"}, "submit": {"manager"}, "cancel": {"manager"}},
    "scheduled": {"cancel": {"manager", "reviewer", "centre"}},
    "published": {"draft": {"manager"}, "submit": {"manager"}, "withdraw": {"manager", "centre"}},
}
WHO = ["manager", "reviewer", "centre", "other_manager", "other_reviewer", "case_officer"]


def _in_state(state: str, people: dict[str, Staff]) -> ServiceItem:
    if state == "draft":
        return actions.save_draft(people["manager"].actor, spec=make_spec())
    if state == "published":
        return _approved(people)
    if state == "scheduled":
        return _approved(people, effective_from="2100-01-01")
    item = _submitted(people)
    if state == "centre_review":
        ITEMS.approve(people["reviewer"].actor, item)
    if state == "rejected":
        ITEMS.reject(people["reviewer"].actor, item, reason="请补充依据")
    return ServiceItem.objects.get(pk=item.pk)


@pytest.mark.parametrize("state", list(ALLOWED))
def test_every_role_at_every_step_in_every_state(state: str, people: dict[str, Staff]) -> None:
    item = _in_state(state, people)
    assert state_of(item).value == state
    for who in WHO:
        for name, step in STEPS.items():
            point = transaction.savepoint()
            try:
                step(people[who].actor, ServiceItem.objects.get(pk=item.pk))
                done = True
            except (NotYourItem, OwnDraft, SameReviewer, WrongState):
                done = False
            transaction.savepoint_rollback(point)
            assert done == (who in ALLOWED[state].get(name, set())), (state, who, name)


def test_nobody_reviews_an_own_draft(people: dict[str, Staff], police: Department) -> None:
    both = people["manager"]
    grant_post(SYSTEM, staff=both, post=Post.REVIEWER, department=police)
    item = _submitted(people)
    with pytest.raises(OwnDraft):
        ITEMS.approve(Staff.objects.get(pk=both.pk).actor, item)


@pytest.mark.parametrize("pair", list(itertools.combinations(["manager", "reviewer", "centre"], 2)))
def test_two_posts_of_one_person_are_one_pair_of_eyes(
    people: dict[str, Staff], pair: tuple[str, str]
) -> None:
    """Whatever two posts somebody holds, three persons have a hand in what is published, author included."""
    one, posts = people[pair[0]], {post: people[post] for post in ("manager", "reviewer", "centre")}
    for post in people[pair[1]].holdings.all():
        grant_post(SYSTEM, staff=one, post=Post(post.post), department=post.department)
    Staff.objects.filter(pk=one.pk).update(department=people["centre"].department)
    posts |= dict.fromkeys(pair, Staff.objects.get(pk=one.pk))
    item = actions.save_draft(posts["manager"].actor, spec=make_spec())
    item = ITEMS.submit(posts["manager"].actor, item)
    if pair != ("manager", "reviewer"):
        ITEMS.approve(posts["reviewer"].actor, item)
    step = "reviewer" if pair == ("manager", "reviewer") else "centre"
    with pytest.raises((OwnDraft, SameReviewer)) as refused:
        ITEMS.approve(posts[step].actor, item)
    assert state_of(item) in {State.DEPARTMENT_REVIEW, State.CENTRE_REVIEW}
    refused.value.tell()
    [entry] = AuditEntry.objects.filter(action="item.post_forbids")
    assert entry.facts["reason"] in {"own_draft", "same_reviewer"}


def test_what_waits_for_its_day_is_taken_back_edited_and_reviewed_anew(people: dict[str, Staff]) -> None:
    item = _in_state("scheduled", people)
    with pytest.raises(WrongState):
        actions.save_draft(people["manager"].actor, spec=make_spec(summary="改好了。"))
    ITEMS.take_back(people["manager"].actor, item)
    assert state_of(item) == State.DRAFT
    assert AuditEntry.objects.filter(action="item.review_cancelled").count() == 1
    actions.save_draft(people["manager"].actor, spec=make_spec(summary="改好了。"))
    ITEMS.submit(people["manager"].actor, item)
    with time_machine.travel("2100-01-02T09:00:00+08:00"):
        call_command("publish_scheduled")
        assert not ItemVersion.objects.exists()
    ITEMS.approve(people["reviewer"].actor, item)
    item = ITEMS.approve(people["centre"].actor, item)
    assert state_of(item) == State.PUBLISHED


def test_a_citizen_reviews_nothing(people: dict[str, Staff]) -> None:
    with pytest.raises(NotYourItem):
        ITEMS.approve(Actor(kind="citizen", key="somebody", label="申请人"), _submitted(people))


def test_a_rejection_needs_a_reason_and_sends_the_draft_back(people: dict[str, Staff]) -> None:
    item = _submitted(people)
    with pytest.raises(ReasonMissing):
        ITEMS.reject(people["reviewer"].actor, item, reason=" ")
    ITEMS.reject(people["reviewer"].actor, item, reason="依据不全")
    assert state_of(item) == State.REJECTED
    actions.save_draft(people["manager"].actor, spec=make_spec(summary="改好了。"))
    ITEMS.submit(people["manager"].actor, item)
    assert state_of(item) == State.DEPARTMENT_REVIEW


def test_what_was_changed_after_a_rejection_passes_both_steps_again(people: dict[str, Staff]) -> None:
    item = _submitted(people)
    ITEMS.approve(people["reviewer"].actor, item)
    ITEMS.reject(people["centre"].actor, item, reason="依据不全")
    actions.save_draft(people["manager"].actor, spec=make_spec(summary="改好了。"))
    ITEMS.submit(people["manager"].actor, item)
    assert state_of(item) == State.DEPARTMENT_REVIEW
    assert not ItemVersion.objects.exists()


def test_a_manager_may_take_the_draft_back(people: dict[str, Staff]) -> None:
    item = _submitted(people)
    with pytest.raises(NotYourItem):
        ITEMS.take_back(people["other_manager"].actor, item)
    ITEMS.take_back(people["manager"].actor, item)
    assert state_of(item) == State.DRAFT


def test_a_new_version_ends_the_one_before(people: dict[str, Staff]) -> None:
    item = _approved(people)
    first = current_version(item.code)
    with time_machine.travel("2027-03-01T09:00:00+08:00"):
        actions.save_draft(people["manager"].actor, spec=make_spec(summary="新的说明。"))
        assert current_version(item.code) == first, "a draft changes nothing for citizens"
        ITEMS.submit(people["manager"].actor, item)
        ITEMS.approve(people["reviewer"].actor, item)
        ITEMS.approve(people["centre"].actor, item)
        second = current_version(item.code)
    first.refresh_from_db()
    assert (second.number, second.valid_from) == (2, first.valid_to)
    assert first.end_reason
    assert first.spec["summary"] != second.spec["summary"]


def test_publishing_the_same_content_again_makes_no_version(police: Department) -> None:
    version = make_published()
    assert make_published() == version
    assert ItemVersion.objects.count() == 1


def test_the_planned_day_publishes_and_the_last_day_ends(people: dict[str, Staff]) -> None:
    with time_machine.travel("2026-06-01T10:00:00+08:00"):
        item = _approved(people, effective_from="2026-06-10", effective_to="2026-06-20")
        assert state_of(item) == State.SCHEDULED
        with pytest.raises(ItemNotFound):
            current_version(item.code)
    with time_machine.travel("2026-06-10T00:00:30+08:00"):
        call_command("publish_scheduled")
        assert current_version(item.code).number == 1
    with time_machine.travel("2026-06-21T00:00:30+08:00"):
        call_command("publish_scheduled")
        with pytest.raises(ItemNotFound):
            current_version(item.code)
    assert ItemVersion.objects.get().end_reason == "已到计划取消日期"


def test_a_withdrawn_item_leaves_catalogue_search_and_index_but_keeps_its_version(
    people: dict[str, Staff],
) -> None:
    item = _approved(people)
    version = current_version(item.code)
    with pytest.raises(ReasonMissing):
        ITEMS.end(people["manager"].actor, item, reason="")
    ITEMS.end(people["manager"].actor, item, reason="政策调整")
    with pytest.raises(ItemNotFound):
        current_version(item.code)
    version.refresh_from_db()
    assert version.end_reason == "政策调整"
    assert _document("catalog")["items"] == []
    assert not PublishedDocument.objects.filter(key=f"items/{item.code}", current=True).exists()
    assert PublishedDocument.objects.filter(key=f"items/{item.code}").exists()
    assert not SearchEntry.objects.exists()
    assert state_of(ServiceItem.objects.get(pk=item.pk)) == State.WITHDRAWN


def test_a_new_text_under_review_ends_with_the_withdrawal(people: dict[str, Staff]) -> None:
    """Its approval would bring the item back unasked."""
    item = _approved(people)
    actions.save_draft(people["manager"].actor, spec=make_spec(summary="新的说明。"))
    ITEMS.submit(people["manager"].actor, item)
    ITEMS.approve(people["reviewer"].actor, item)
    ITEMS.end(people["centre"].actor, item, reason="政策调整")
    with pytest.raises(WrongState):
        ITEMS.approve(people["centre"].actor, item)
    assert state_of(item) == State.WITHDRAWN
    assert not ServiceItem.objects.get(pk=item.pk).live


def test_whoever_is_refused_is_written_down(people: dict[str, Staff]) -> None:
    item = _submitted(people)
    doors = [*STEPS.values(), lambda actor, item: actions.publish(actor, item=item)]
    citizen = Actor(kind="citizen", key="somebody", label="申请人")
    expected = 0
    for actor in (people["other_manager"].actor, citizen):
        for door in doors:
            with pytest.raises(NotYourItem) as refused:
                door(actor, item)
            refused.value.tell()
            expected += 1
            entries = AuditEntry.objects.filter(action="item.post_forbids", outcome="refused")
            assert entries.count() == expected
            assert {(entry.subject, entry.facts["reason"]) for entry in entries} == {
                (f"item:{item.code}", "not_yours")
            }


def test_a_withdrawn_item_can_come_back(police: Department) -> None:
    version = make_published()
    ITEMS.end(SYSTEM, version.item, reason="误操作")
    again = make_published()
    assert (again.number, again.valid_to) == (2, None)
    assert _document("catalog")["items"][0]["code"] == version.code


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.update(name="别的"),
        lambda rows: rows.update(spec={}),
        lambda rows: rows.update(valid_from="2020-01-01T00:00:00Z"),
        lambda rows: rows._raw_delete(rows.db),
    ],
)
def test_a_published_version_is_never_changed(police: Department, change: Callable[[Any], Any]) -> None:
    version = make_published()
    with pytest.raises(IntegrityError), transaction.atomic():
        change(ItemVersion.objects.filter(pk=version.pk))


def test_a_version_is_ended_once(police: Department) -> None:
    version = make_published()
    ITEMS.end(SYSTEM, version.item, reason="停用")
    with pytest.raises(IntegrityError), transaction.atomic():
        ItemVersion.objects.filter(pk=version.pk).update(valid_to=None)


def test_validity_ranges_of_one_item_never_overlap(police: Department) -> None:
    version = make_published()
    version.pk, version.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_documents_have_the_shapes_that_the_app_reads(police: Department) -> None:
    version = make_published()
    guide = _document(f"items/{version.code}")
    assert guide["department"]["name"] == "云州市公安局"
    assert guide["promised_limit"] == {
        "value": 10, "unit": "working_day", "unit_label": "工作日", "note": "",
        "text": "10个工作日", "text_en": "10 working days",
    }  # fmt: skip
    assert guide["places"][0]["hall"]["hours"]
    assert guide["places"][0]["counters"] == "A1"
    assert (guide["kind"], guide["kind_label"]) == ("07", "行政确认")
    assert (guide["channels"], guide["channels_label"]) == (["1", "3"], ["窗口办理", "移动端办理"])
    assert guide["special_procedures_label"] == []
    assert guide["materials"][0]["necessity_label"] == "必要"
    assert guide["questions"][0]["options"][1]["promised_limit"]["text"] == "5个工作日"
    assert set(guide["form"]) == {"schema", "ui"}
    assert guide["version"] == 1
    assert guide["document_hash"] == version.content_hash
    entry = _document("catalog")["items"][0]
    assert entry["limit"]["text_en"] == "10 working days"
    assert entry["department"] == {"code": "ga", "name": "云州市公安局"}
    assert entry["kind"] == {"code": "07", "label": "行政确认"}
    assert _document("catalog")["hot"] == [version.code]


def test_favourites_of_withdrawn_items_are_left_out(police: Department) -> None:
    from zhijian.catalog.queries import favourites
    from zhijian.identity.models import Citizen

    citizen = Citizen.objects.create(phone="19900000001", phone_index="x")
    version = make_published()
    actions.add_favourite(citizen.actor, citizen=citizen, code=version.code)
    actions.add_favourite(citizen.actor, citizen=citizen, code=version.code)
    assert [row.code for row in favourites(citizen)] == [version.code]
    ITEMS.end(SYSTEM, version.item, reason="停用")
    assert list(favourites(citizen)) == []
    actions.remove_favourite(citizen.actor, citizen=citizen, code=version.code)
    assert not citizen.favourites.exists()
    with pytest.raises(ItemNotFound):
        actions.add_favourite(citizen.actor, citizen=citizen, code="unknown")


def test_only_the_system_publishes_without_review(people: dict[str, Staff]) -> None:
    item = actions.save_draft(people["manager"].actor, spec=make_spec())
    for person in people.values():
        with pytest.raises(Problem):
            actions.publish(person.actor, item=item)


def test_reading_the_version_is_one_query(police: Department, django_assert_num_queries: Any) -> None:
    version = make_published()
    with django_assert_num_queries(1):
        found = current_version(version.code)
        assert found.department.name
        assert found.item.code
