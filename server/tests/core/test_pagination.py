import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhijian.audit.models import AuditEntry
from zhijian.core.pagination import BadCursor, paginate

ORDER = ("-action", "id")


def make(*actions: str) -> None:
    AuditEntry.objects.bulk_create(AuditEntry(action=action, subject="s") for action in actions)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(actions=st.lists(st.sampled_from("abc"), max_size=12), size=st.integers(1, 5))
def test_pages_hold_every_row_once_in_order(actions: list[str], size: int) -> None:
    before = set(AuditEntry.objects.values_list("id", flat=True))
    make(*actions)
    rows = AuditEntry.objects.exclude(id__in=before)
    seen, cursor = [], None
    while True:
        page = paginate(rows, order=ORDER, cursor=cursor, size=size)
        seen += page.items
        cursor = page.next_cursor
        if cursor is None:
            break
        assert len(page.items) == size
    assert seen == list(rows.order_by(*ORDER))


@pytest.mark.django_db
def test_a_row_that_comes_in_between_does_not_shift_the_next_page() -> None:
    make("b", "b", "b")
    first = paginate(AuditEntry.objects.filter(subject="s"), order=ORDER, cursor=None, size=2)
    make("c")
    second = paginate(AuditEntry.objects.filter(subject="s"), order=ORDER, cursor=first.next_cursor, size=2)
    assert [entry.action for entry in second.items] == ["b"]


@pytest.mark.django_db
def test_times_survive_the_cursor(django_assert_num_queries) -> None:
    make("a", "b", "c")
    order = ("-at", "-id")
    first = paginate(AuditEntry.objects.all(), order=order, cursor=None, size=2)
    with django_assert_num_queries(1):
        second = paginate(AuditEntry.objects.all(), order=order, cursor=first.next_cursor, size=2)
    assert len(second.items) == 1


@pytest.mark.django_db
@pytest.mark.parametrize("cursor", ["x", "%%%", "bnVsbA", "WyJhIl0", "W10", "a" * 5000, "WyJhIiwgInh4Il0"])
def test_a_forged_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        paginate(AuditEntry.objects.all(), order=ORDER, cursor=cursor)
