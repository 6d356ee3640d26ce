import threading

import pytest
from django.db import IntegrityError, connection, transaction

from zhijian.audit.actions import record, record_refusal, seal
from zhijian.audit.models import AuditEntry, AuditSeal
from zhijian.audit.queries import entries, verify_chain
from zhijian.core.actor import SYSTEM, Actor

OFFICER = Actor("staff", "s-1", "经办人员")


def tamper(statement: str) -> None:
    """As somebody with the database's own powers would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement)
        cursor.execute("SET LOCAL session_replication_role = origin")


@pytest.fixture
def sealed(db: None) -> list[AuditEntry]:
    for number in range(5):
        record(OFFICER, "case.accepted", subject=f"case:{number}", facts={"n": number})
    seal()
    return list(AuditEntry.objects.order_by("id"))


def test_an_untouched_chain_verifies(sealed: list[AuditEntry]) -> None:
    record_refusal(OFFICER, "case.read", subject="case:9")
    state = verify_chain()
    assert (state.sealed, state.unsealed, state.broken_at) == (5, 1, None)
    assert seal() == 1
    assert verify_chain().sealed == 6


@pytest.mark.parametrize(
    "change",
    [
        "subject = 'case:x'",
        "facts = '{\"n\": 99}'",
        "actor_label = '别人'",
        "at = at - interval '1 second'",
        "outcome = 'refused'",
    ],
)
def test_any_changed_entry_breaks_the_chain_where_it_is(sealed: list[AuditEntry], change: str) -> None:
    tamper(f"UPDATE audit_auditentry SET {change} WHERE id = {sealed[2].pk}")
    assert verify_chain().broken_at == 3


def test_a_removed_entry_breaks_the_chain(sealed: list[AuditEntry]) -> None:
    tamper(f"DELETE FROM audit_auditseal WHERE entry_id = {sealed[1].pk}")
    assert verify_chain().broken_at == 2


@pytest.mark.parametrize("table", ["audit_auditentry", "audit_auditseal"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET {} = {}"])
def test_the_database_refuses_change(sealed: list[AuditEntry], table: str, statement: str) -> None:
    column = "action" if table == "audit_auditentry" else "digest"
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="append-only"):
        cursor.execute(statement.format(table, column, column))


def test_an_entry_vanishes_with_the_transaction_that_failed(db: None) -> None:
    with transaction.atomic():
        record(SYSTEM, "x.done", subject="x")
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


def test_entries_are_found_by_what_is_given(sealed: list[AuditEntry], django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        assert [entry.subject for entry in entries(subject="case:3", actor_key="s-1")] == ["case:3"]


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain() -> None:
    for number in range(50):
        record(SYSTEM, "x.done", subject=str(number))

    def run() -> None:
        seal()
        connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert AuditSeal.objects.count() == 50
    assert verify_chain().broken_at is None
