"""The desk of appeals: who may open it, what it shows, what a decision does."""

import pytest
from appointments.factories import Desk, booked, make_desk
from django.test import Client
from organizations.factories import StaffFactory

from zhijian.appointments import actions
from zhijian.appointments.models import NoShow
from zhijian.appointments.rules.states import AppealState
from zhijian.core.clock import now
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

pytestmark = pytest.mark.django_db
PAGE = "/console/appointments/appeals/"


@pytest.fixture
def desk() -> Desk:
    return make_desk()


@pytest.fixture
def manager(desk: Desk) -> Staff:
    staff: Staff = StaffFactory(department=desk.group.department, posts=[Post.HALL_MANAGER])
    return staff


@pytest.fixture
def miss(desk: Desk) -> NoShow:
    booking = booked(desk.slot())
    miss = NoShow.objects.create(booking=booking, citizen=booking.citizen, at=now())
    return actions.appeal(booking.citizen.actor, miss=miss, reason="当天孩子发烧去了医院")


def test_the_persons_words_are_shown_and_the_name_is_masked(
    client: Client, manager: Staff, miss: NoShow
) -> None:
    client.force_login(manager)
    page = client.get(PAGE).content.decode()
    assert "当天孩子发烧去了医院" in page
    assert miss.citizen.masked_name in page
    assert miss.citizen.name not in page


@pytest.mark.parametrize(
    ("decision", "words", "state"),
    [
        ("excuse", "", AppealState.EXCUSED),
        ("uphold", "没有提供证明", AppealState.UPHELD),
        ("uphold", "", AppealState.ASKED),  # a refusal needs its reason
    ],
)
def test_deciding(
    client: Client, manager: Staff, miss: NoShow, decision: str, words: str, state: AppealState
) -> None:
    client.force_login(manager)
    client.post(f"{PAGE}{miss.public_id}/", {"decision": decision, "words": words})
    miss.refresh_from_db()
    assert miss.appeal == state


def test_a_manager_of_another_department_sees_nothing(client: Client, miss: NoShow) -> None:
    client.force_login(StaffFactory(posts=[Post.HALL_MANAGER]))
    assert "没有等您处理的申诉" in client.get(PAGE).content.decode()
    assert client.post(f"{PAGE}{miss.public_id}/", {"decision": "excuse"}).status_code == 404
    miss.refresh_from_db()
    assert miss.appeal == AppealState.ASKED


@pytest.mark.parametrize("post", [post for post in Post if post != Post.HALL_MANAGER])
def test_others_may_not_open_it(client: Client, desk: Desk, post: Post) -> None:
    client.force_login(StaffFactory(department=desk.group.department, posts=[post]))
    assert client.get(PAGE).status_code == 403
