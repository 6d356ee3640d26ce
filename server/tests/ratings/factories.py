"""Ratings and orders, reached the way people reach them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from identity.factories import CitizenFactory
from organizations.factories import DepartmentFactory, HallFactory, StaffFactory

from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Hall, Staff
from zhijian.organizations.rules import Post
from zhijian.ratings import actions
from zhijian.ratings.actions import Opinion
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.rules.rectification import State
from zhijian.ratings.subjects import Handled, Subject, register


class TestKind:
    """A kind of handling that no domain owns; its subjects are always over."""

    __test__ = False
    code = "test"
    label = "试验办理"

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        raise NotImplementedError

    def rated(self, subject: Subject, *, stars: int) -> None:
        pass

    def dismissed(self, reference: str) -> None:
        pass

    def handled(self, *, since: datetime) -> Iterator[Handled]:
        return iter(())


@dataclass
class Place:
    """A department and a hall with one person a post."""

    department: Department
    hall: Hall
    window: Staff
    officer: Staff
    colleague: Staff
    approver: Staff
    second_approver: Staff
    manager: Staff
    supervisor: Staff
    citizen: Citizen


def make_hall() -> Place:
    department = DepartmentFactory.create()

    def person(post: Post) -> Staff:
        staff: Staff = StaffFactory(department=department, posts=[post])
        return staff

    return Place(
        department=department,
        hall=HallFactory.create(region=department.region),
        window=person(Post.WINDOW_OFFICER),
        officer=person(Post.CASE_OFFICER),
        colleague=person(Post.CASE_OFFICER),
        approver=person(Post.APPROVER),
        second_approver=person(Post.APPROVER),
        manager=person(Post.HALL_MANAGER),
        supervisor=person(Post.SUPERVISOR),
        citizen=CitizenFactory.create(real_named=True),
    )


_numbers = iter(range(1, 1_000_000))


def rating_of(
    place: Place, stars: int, *, hall: Hall | None = None, item_code: str = "", comment: str = "等了一上午"
) -> Rating:
    register(TestKind())
    subject = Subject(
        kind="test",
        reference=f"T{next(_numbers)}",
        department=place.department,
        channel="offline" if hall else "online",
        citizen=place.citizen,
        hall=hall,
        item_code=item_code,
    )
    return actions.rate(place.citizen.actor, subject=subject, opinion=Opinion(stars, comment=comment))


def poor_rating(place: Place, **fields: str) -> Rectification:
    order: Rectification = rating_of(place, 1, **fields).rectification
    return order


def assigned(place: Place) -> Rectification:
    return actions.assign(place.approver.actor, order=poor_rating(place), officer=place.officer)


def fixing(place: Place) -> Rectification:
    return actions.contact(place.officer.actor, order=assigned(place), note="已电话联系，对方要求道歉")


def fixed(place: Place) -> Rectification:
    return actions.fix(place.officer.actor, order=fixing(place), measure="增开窗口，已致歉")


def called_back(place: Place) -> Rectification:
    return actions.call_back(place.approver.actor, order=fixed(place), note="对方表示满意")


def published(place: Place) -> Rectification:
    return actions.publish(
        place.approver.actor, order=called_back(place), outcome="增开两个窗口，平均等候缩短到十分钟"
    )


def disputed(place: Place) -> Rectification:
    return actions.dispute(
        place.officer.actor, order=assigned(place), ground="mistaken", note="本人承认点错了星"
    )


def dismissed(place: Place) -> Rectification:
    return actions.dismiss(place.supervisor.actor, order=disputed(place), note="证据充分")


IN_STATE: dict[State, Callable[[Place], Rectification]] = {
    State.OPEN: poor_rating,
    State.ASSIGNED: assigned,
    State.FIXING: fixing,
    State.FIXED: fixed,
    State.CALLED_BACK: called_back,
    State.PUBLISHED: published,
    State.DISPUTED: disputed,
    State.DISMISSED: dismissed,
}
