"""The audit administrator's page."""

import pytest
from django.db import connection
from django.test import Client
from organizations.factories import StaffFactory
from pytest_django import DjangoAssertNumQueries

from zhijian.audit.actions import record, record_refusal, seal
from zhijian.audit.console import EVENTS
from zhijian.core.actor import SYSTEM
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
PAGE = "/console/audit/"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(StaffFactory(posts=[Post.AUDIT_ADMIN]))
    return client


def test_entries_are_told_in_chinese_and_filtered(auditor: Client) -> None:
    record(SYSTEM, "case.accept", subject="case:YZ1", facts={"to": "accepted"})
    record_refusal(SYSTEM, "case.foreign", subject="case:YZ2")
    page = auditor.get(PAGE).content.decode()
    assert "办件：受理" in page
    assert "越权访问他人办件" in page
    refused = auditor.get(
        PAGE, {"outcome": "refused"}, headers={"HX-Request": "true", "HX-Target": "entries"}
    )
    part = refused.content.decode()
    assert "case:YZ2" in part
    assert "case:YZ1" not in part
    assert "<html" not in part


def test_nothing_found_is_said(auditor: Client) -> None:
    assert "没有符合条件的记录" in auditor.get(PAGE, {"subject": "case:none"}).content.decode()


def test_a_whole_chain_is_confirmed(auditor: Client) -> None:
    record(SYSTEM, "case.accept", subject="case:YZ1")
    seal()
    page = auditor.get(PAGE + "chain/", headers={"HX-Request": "true"}).content.decode()
    assert "链条完整" in page
    assert "<html" not in page


def test_a_changed_entry_is_found(auditor: Client) -> None:
    record(SYSTEM, "case.accept", subject="case:YZ1")
    seal()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_auditentry DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditentry SET subject = 'case:YZ9' WHERE subject = 'case:YZ1'")
        cursor.execute("ALTER TABLE audit_auditentry ENABLE TRIGGER USER")
    page = auditor.get(PAGE + "chain/").content.decode()
    assert "断开" in page


def test_queries_do_not_grow(auditor: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for place in range(20):
        record(SYSTEM, "case.accept", subject=f"case:YZ{place}")
    with django_assert_max_num_queries(6):
        auditor.get(PAGE)


def test_every_event_has_words_and_no_two_share_them() -> None:
    assert len(set(EVENTS.values())) == len(EVENTS)
