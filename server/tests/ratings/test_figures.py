"""Public figures: what counts, what is kept back, what is compiled."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from ratings.factories import Place, dismissed, fixed, make_hall, published, rating_of

from zhijian.core.clock import now
from zhijian.publishing.models import PublishedDocument
from zhijian.ratings import actions, tasks
from zhijian.ratings.actions.publishing import publish_figures
from zhijian.ratings.documents import figures_document
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.figures import tally
from zhijian.ratings.rules.figures import SMALLEST, Count, figure, figures

STARS = st.tuples(*[st.integers(0, 9)] * 5)
COUNTS = st.lists(STARS, max_size=8).map(
    lambda many: [Count(f"d{place}", "部门", stars) for place, stars in enumerate(many)]
)


@given(COUNTS)
def test_small_numbers_are_kept_back_and_cannot_be_computed(counts: list[Count]) -> None:
    found = {one.code: one for one in figures(counts)}
    kept_back = [count for count in counts if found[count.code].suppressed]
    assert all(found[count.code].suppressed for count in counts if 0 < count.rated < SMALLEST)
    # With the total known, one hidden number alone would be the difference.
    assert len(kept_back) != 1 or all(count.rated < SMALLEST for count in counts)
    for count in kept_back:
        hidden = found[count.code]
        assert (hidden.rated, hidden.satisfied, hidden.mean, hidden.by_star) == (None, None, None, None)


@pytest.mark.parametrize(
    ("stars", "handled", "due", "in_time", "expected"),
    [
        ((0, 0, 0, 5, 5), 20, 0, 0, (4.5, 100.0, 50.0, None)),
        ((1, 1, 2, 3, 3), 10, 2, 1, (3.6, 60.0, 100.0, 50.0)),
        ((0, 0, 0, 0, 0), 7, 0, 0, (None, None, 0.0, None)),
        ((0, 0, 0, 0, 9), 4, 0, 0, (5.0, 100.0, 100.0, None)),
    ],
)
def test_rates(stars: Any, handled: int, due: int, in_time: int, expected: tuple[Any, ...]) -> None:
    one = figure(Count("x", "x", stars, handled, due, in_time))
    assert (one.mean, one.satisfied, one.coverage, one.rectified_in_time) == expected


@pytest.fixture
def place() -> Place:
    return make_hall()


@pytest.mark.django_db
def test_ratings_are_counted_by_place_and_item(place: Place) -> None:
    for stars in (5, 5, 4, 1):
        rating_of(place, stars, hall=place.hall)
    rating_of(make_hall(), 3)
    found = tally()
    assert found.total.by_star == (1, 0, 1, 1, 2)
    mine = next(count for count in found.departments if count.code == place.department.code)
    assert mine.by_star == (1, 0, 0, 1, 2)
    assert [count.by_star for count in found.halls] == [(1, 0, 0, 1, 2)]


@pytest.mark.django_db
def test_a_dismissed_rating_does_not_count(place: Place) -> None:
    dismissed(place)
    rating_of(place, 5)
    found = tally()
    assert (found.total.by_star, found.total.due) == ((0, 0, 0, 0, 1), 0)


@pytest.mark.django_db
def test_visits_are_what_coverage_is_measured_against(place: Place) -> None:
    for _ in range(4):
        actions.issue_code(place.window.actor, hall=place.hall, department=place.department, counter="A01")
    found = tally()
    assert (found.total.handled, found.halls[0].handled) == (4, 4)


@pytest.mark.django_db
def test_rectified_in_time(place: Place) -> None:
    published(place)
    late, open_late = fixed(place), rating_of(place, 1).rectification
    Rectification.objects.filter(pk=late.pk).update(fix_due_at=now() - timedelta(days=1))
    Rectification.objects.filter(pk=open_late.pk).update(fix_due_at=now() - timedelta(days=1))
    rating_of(place, 1)  # still in its time: not counted
    found = tally().total
    assert (found.due, found.in_time) == (3, 1)


@pytest.mark.django_db
def test_statements_stay_the_same_for_any_number(place: Place, django_assert_num_queries: Any) -> None:
    for stars in (1, 3, 5):
        rating_of(place, stars, hall=place.hall, item_code="990100GA0002000")
    with django_assert_num_queries(9):
        tally()


@pytest.mark.django_db
def test_the_document_holds_no_person(place: Place) -> None:
    published(place)
    text = str(figures_document())
    assert "增开两个窗口" in text
    for secret in (place.citizen.public_id, "等了一上午", "道歉", place.officer.name):
        assert secret not in text


@pytest.mark.django_db
def test_compiled_on_change_and_once_a_day(place: Place) -> None:
    first = publish_figures()
    tasks.refresh_figures.func()
    assert PublishedDocument.objects.get(key="ratings/figures", current=True).hash == first
    for _ in range(6):
        rating_of(place, 5)
    tasks.refresh_figures.func()
    second = PublishedDocument.objects.get(key="ratings/figures", current=True)
    assert second.hash != first
    PublishedDocument.objects.filter(pk=second.pk).update(published_at=now() - timedelta(days=1))
    tasks.refresh_figures.func()
    assert PublishedDocument.objects.get(key="ratings/figures", current=True).hash == second.hash


@pytest.mark.django_db
def test_figures_over_http(place: Place) -> None:
    for _ in range(6):
        rating_of(place, 5)
    before = Client().get("/api/v1/ratings/figures").json()
    assert before["total"]["satisfied"] == 100.0
    publish_figures()
    assert Client().get("/api/v1/ratings/figures").json() == before
