"""Two ratings of one handling at the same time: one is kept."""

import pytest
from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory
from support.threads import at_once

from zhijian.ratings.actions import Opinion, rate
from zhijian.ratings.errors import AlreadyRated
from zhijian.ratings.models import Rating

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_many_wins() -> None:
    citizen, department = CitizenFactory.create(), DepartmentFactory.create()

    def give(stars: int) -> Rating:
        return rate(
            citizen.actor,
            case_number="YZ1",
            item_code="1",
            citizen=citizen,
            department=department,
            opinion=Opinion(stars),
        )

    results = at_once([lambda stars=stars: give(stars) for stars in (1, 2, 3, 4, 5)])  # type: ignore[misc]
    kept = Rating.objects.get()
    assert [result for result in results if isinstance(result, Rating)] == [kept]
    assert sum(isinstance(result, AlreadyRated) for result in results) == 4
