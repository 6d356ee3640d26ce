"""One rating of one handling, for ever."""

from collections.abc import Callable

import pytest
from cases.factories import concluded_case, make_world, submitted_case
from django.db import IntegrityError, connection, transaction
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory
from ratings.factories import TestKind

from zhijian.audit.models import AuditEntry
from zhijian.core import events
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.core.models import CalendarYear
from zhijian.ratings.actions import Opinion, rate, rate_case
from zhijian.ratings.events import RatingGiven
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.queries import rating_for
from zhijian.ratings.queries.integrity import digest_of, untouched
from zhijian.ratings.subjects import Subject, register

pytestmark = pytest.mark.django_db
PRAISE = Opinion(5, ["513", "514"], {"overall": 5, "efficiency": 4}, " 一次办好，谢谢林警官 ")


@pytest.fixture
def give() -> Callable[..., Rating]:
    citizen, department = CitizenFactory.create(real_named=True), DepartmentFactory.create()
    register(TestKind())

    def give(number: str = "YZ2025030700001", opinion: Opinion = PRAISE) -> Rating:
        subject = Subject(
            kind="test", reference=number, department=department, channel="online", citizen=citizen
        )
        return rate(citizen.actor, subject=subject, opinion=opinion)

    return give


def test_rating_is_kept_as_given(give: Callable[..., Rating]) -> None:
    rating = Rating.objects.get(pk=give().pk)
    assert (rating.stars, rating.tags, rating.dimensions) == (
        5,
        ["513", "514"],
        {"overall": 5, "efficiency": 4},
    )
    assert rating.comment == "一次办好，谢谢林警官"
    entry = AuditEntry.objects.get(action="rating.given")
    assert (entry.subject, entry.facts) == (
        "test:YZ2025030700001",
        {"stars": 5, "digest": digest_of(rating)},
    )


def test_comment_is_not_readable_in_the_database(give: Callable[..., Rating]) -> None:
    give()
    with connection.cursor() as cursor:
        cursor.execute("SELECT comment FROM ratings_rating")
        assert "林警官".encode() not in bytes(cursor.fetchone()[0])


def test_second_rating_is_refused_and_the_first_stays(give: Callable[..., Rating]) -> None:
    give()
    with pytest.raises(Problem) as refusal:
        give(opinion=Opinion(1))
    assert (refusal.value.code, refusal.value.status) == ("ratings.already_rated", 409)
    assert Rating.objects.get().stars == 5


@pytest.mark.parametrize(
    "opinion", [Opinion(0), Opinion(6), Opinion(5, ["108"]), Opinion(3, comment="长" * 501)]
)
def test_wrong_rating_leaves_nothing(give: Callable[..., Rating], opinion: Opinion) -> None:
    with pytest.raises(Problem) as refusal:
        give(opinion=opinion)
    assert (refusal.value.code, refusal.value.status) == ("ratings.wrong", 422)
    assert refusal.value.fields
    assert not Rating.objects.exists()


@pytest.mark.parametrize("statement", ["UPDATE ratings_rating SET stars = 5", "DELETE FROM ratings_rating"])
def test_database_refuses_to_change_or_remove_a_rating(give: Callable[..., Rating], statement: str) -> None:
    give(opinion=Opinion(1))
    with (
        pytest.raises(IntegrityError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Rating.objects.get().stars == 1


def test_database_refuses_a_sixth_star() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(
            reference="YZ1",
            stars=6,
            citizen=CitizenFactory.create(),
            department=DepartmentFactory.create(),
        )


def test_subscribers_learn_which_ratings_are_poor(
    give: Callable[..., Rating], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[RatingGiven] = []
    monkeypatch.setattr("zhijian.ratings.actions.rating.emit", told.append)
    assert events.Event in RatingGiven.__mro__
    for stars in (1, 2, 3):
        give(f"YZ{stars}", Opinion(stars))
    assert [(event.stars, event.poor) for event in told] == [(1, True), (2, True), (3, False)]


def test_rating_for_many_cases_is_one_query(django_assert_num_queries: object) -> None:
    department = DepartmentFactory.create()
    for number in range(5):
        Rating.objects.create(reference=f"YZ{number}", stars=5, department=department)
    Rating.objects.create(kind="other", reference="YZ9", stars=5, department=department)
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = rating_for([f"YZ{number}" for number in range(3)] + ["YZ9", "unrated"])
    assert sorted(found) == ["YZ0", "YZ1", "YZ2"]


@pytest.mark.parametrize("column", ["stars = 1", "comment = ''", "tags = '{}'", "dimensions = '{}'::jsonb"])
def test_a_changed_rating_no_longer_fits_the_audit_trail(give: Callable[..., Rating], column: str) -> None:
    rating = give()
    assert untouched(rating)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ratings_rating DISABLE TRIGGER ratings_rating_append_only")
        if column.startswith("comment"):
            Rating.objects.filter(pk=rating.pk).update(comment="别的话")
        else:
            cursor.execute(f"UPDATE ratings_rating SET {column} WHERE id = {rating.pk}")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ratings_rating ENABLE TRIGGER ratings_rating_append_only")
    assert not untouched(Rating.objects.get(pk=rating.pk))


def test_dimensions_follow_the_channel(give: Callable[..., Rating]) -> None:
    department = DepartmentFactory.create()
    subject = Subject(kind="test", reference="V1", department=department, channel="offline")
    with pytest.raises(Problem) as refusal:
        rate(SYSTEM, subject=subject, opinion=Opinion(5, dimensions={"platform": 5}))
    assert refusal.value.fields[0].path == "/dimensions"
    assert rate(SYSTEM, subject=subject, opinion=Opinion(5, dimensions={"attitude": 5})).channel == "offline"


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_one_and_two_stars_open_an_order(give: Callable[..., Rating], stars: int) -> None:
    rating = give(opinion=Opinion(stars))
    assert Rectification.objects.filter(rating=rating).exists() == (stars <= 2)


def test_a_missing_calendar_does_not_refuse_a_rating(give: Callable[..., Rating]) -> None:
    CalendarYear.objects.all().delete()
    order = Rectification.objects.get(rating=give(opinion=Opinion(1)))
    assert (order.due_at, order.fix_due_at) == (None, None)


def test_concluded_case_is_rated_and_not_asked_again() -> None:
    world = make_world()
    case = concluded_case(world)
    rating = rate_case(world.citizen.actor, case=case, opinion=PRAISE)
    case.refresh_from_db()
    assert (rating.case_number, rating.department, rating.citizen) == (
        case.number,
        case.department,
        world.citizen,
    )
    assert (case.stars, case.rated_at is not None) == (5, True)
    with pytest.raises(Problem) as refusal:
        rate_case(world.citizen.actor, case=case, opinion=PRAISE)
    assert refusal.value.code == "ratings.already_rated"


def test_case_under_way_is_not_rated() -> None:
    world = make_world()
    case = submitted_case(world)
    with pytest.raises(Problem) as refusal:
        rate_case(world.citizen.actor, case=case, opinion=PRAISE)
    assert refusal.value.code == "cases.not_now"
    assert not Rating.objects.exists()
