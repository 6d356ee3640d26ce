"""How much waits: exact up to a limit, and no dearer beyond it."""

import pytest
from organizations.factories import DepartmentFactory
from pytest_django import DjangoAssertNumQueries

from zhijian.core import counting
from zhijian.organizations.models import Department


@pytest.mark.django_db
def test_one_statement_counts_all_that_is_asked(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    DepartmentFactory.create_batch(3, short_name="甲局")
    DepartmentFactory(short_name="100%局")
    rows = Department.objects.order_by("code")
    asked: dict[str, counting.Rows] = {
        "all": rows.select_related("region"),
        "named": rows.filter(short_name="100%局"),
        "none": rows.filter(pk__in=[]),
        "read": ["one", "two"],
    }
    with django_assert_num_queries(1):
        found = counting.up_to_limit(asked)
    assert found == {"all": rows.count(), "named": 1, "none": 0, "read": 2}
    with django_assert_num_queries(0):
        assert counting.up_to_limit({"none": rows.none()}) == {"none": 0}


@pytest.mark.django_db
@pytest.mark.parametrize(("rows", "counted", "words"), [(1, 1, "1"), (2, 2, "2"), (3, 3, "2+"), (5, 3, "2+")])
def test_counting_stops_at_the_limit(
    monkeypatch: pytest.MonkeyPatch, rows: int, counted: int, words: str
) -> None:
    monkeypatch.setattr(counting, "MOST", 2)
    DepartmentFactory.create_batch(rows, short_name="甲局")
    found = counting.up_to_limit({"all": Department.objects.filter(short_name="甲局")})
    assert found == {"all": counted}
    assert counting.words(found["all"]) == words
