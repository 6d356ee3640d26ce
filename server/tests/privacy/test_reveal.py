"""Who may see clear data, with what reason, and what the citizen learns of it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import CitizenFactory, bearer
from organizations.factories import StaffFactory

from zhijian.audit.models import AuditEntry
from zhijian.organizations.rules import Post
from zhijian.privacy import errors, rules
from zhijian.privacy.actions import reveal
from zhijian.privacy.models import AccessRecord

REASON = "核对申请材料中的身份信息"


@pytest.mark.django_db
@pytest.mark.parametrize("post", list(Post))
def test_only_who_handles_business_sees_clear_data(post: Post) -> None:
    staff, citizen = StaffFactory(posts=[post]), CitizenFactory(real_named=True)
    ask = {"staff": staff, "citizen": citizen, "fields": ["phone", "name"], "reason": REASON}
    if post in rules.POSTS:
        assert reveal(staff.actor, **ask) == {"name": citizen.name, "phone": citizen.phone}
        assert AccessRecord.objects.get().post == post
        return
    with pytest.raises(errors.PostNotHeld) as refusal:
        reveal(staff.actor, **ask)
    refusal.value.tell()
    assert not AccessRecord.objects.exists()
    assert AuditEntry.objects.filter(action="citizen.revealed", outcome="refused").count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("reason", ["", "   ", "看看", "111111", "啊" * 10, "理由" * 101])
def test_without_a_reason_nothing_is_shown(reason: str) -> None:
    staff, citizen = StaffFactory(posts=[Post.CASE_OFFICER]), CitizenFactory(real_named=True)
    with pytest.raises(errors.ReasonNeeded):
        reveal(staff.actor, staff=staff, citizen=citizen, fields=["name"], reason=reason)
    assert not AccessRecord.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [[], ["phone_index"], ["name", "password"], ["pk"]])
def test_only_named_fields_can_be_asked_for(fields: list[str]) -> None:
    staff, citizen = StaffFactory(posts=[Post.CASE_OFFICER]), CitizenFactory(real_named=True)
    with pytest.raises(errors.FieldUnknown):
        reveal(staff.actor, staff=staff, citizen=citizen, fields=fields, reason=REASON)


@pytest.mark.django_db
def test_a_look_is_audited_without_the_data_and_without_the_words_of_the_reason() -> None:
    staff, citizen = StaffFactory(posts=[Post.APPROVER]), CitizenFactory(real_named=True)
    reveal(staff.actor, staff=staff, citizen=citizen, fields=["id_number"], reason=REASON)
    entry = AuditEntry.objects.get(action="citizen.revealed")
    assert entry.facts == {"fields": ["id_number"], "post": "approver"}
    assert (entry.actor_key, entry.subject) == (staff.public_id, f"citizen:{citizen.public_id}")


@pytest.mark.django_db
def test_the_citizen_sees_post_department_and_reason_never_the_persons_name(client: Client) -> None:
    staff, citizen = StaffFactory(posts=[Post.CASE_OFFICER]), CitizenFactory(real_named=True)
    for fields in (["name"], ["id_number", "phone"]):
        reveal(staff.actor, staff=staff, citizen=citizen, fields=fields, reason=REASON)
    other = CitizenFactory()
    answer = client.get("/api/v1/me/access-log", headers=bearer(citizen))
    rows = answer.json()
    assert [row["fields"] for row in rows] == [["身份证号", "手机号"], ["姓名"]]
    assert rows[0] | {"at": ""} == {
        "at": "",
        "post": "经办人员",
        "department": staff.department.name,
        "fields": ["身份证号", "手机号"],
        "reason": REASON,
    }
    assert staff.name not in answer.content.decode()
    assert client.get("/api/v1/me/access-log", headers=bearer(other)).json() == []


@pytest.mark.django_db
def test_the_log_costs_the_same_for_any_length(
    client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    staff, citizen = StaffFactory(posts=[Post.CASE_OFFICER]), CitizenFactory(real_named=True)
    for count in (2, 5):
        for _ in range(count):
            reveal(staff.actor, staff=staff, citizen=citizen, fields=["name"], reason=REASON)
        headers = bearer(citizen)
        with django_assert_num_queries(2):
            client.get("/api/v1/me/access-log", headers=headers)


@given(st.sets(st.sampled_from(list(Post))))
def test_a_look_is_put_down_to_a_post_that_is_held(held: set[Post]) -> None:
    post = rules.post_for(held)
    assert (post in held) if held & set(rules.POSTS) else post is None
