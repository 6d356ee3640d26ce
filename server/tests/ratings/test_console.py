"""The console's screens of ratings."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from console.reading import visible
from django.test import Client
from django.urls import reverse
from organizations.factories import StaffFactory
from ratings.factories import (
    IN_STATE,
    Place,
    assigned,
    disputed,
    fixed,
    make_hall,
    poor_rating,
    published,
    rating_of,
)

from zhijian.core.clock import now
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.privacy.models import AccessRecord
from zhijian.ratings import actions
from zhijian.ratings.actions.rectifying import mark
from zhijian.ratings.console.overview import bars, finding
from zhijian.ratings.models import CounterVisit, Rectification
from zhijian.ratings.rules.figures import Count
from zhijian.ratings.rules.rectification import Action, State
from zhijian.ratings.subjects.counter import token_of

pytestmark = pytest.mark.django_db
READERS = {
    Post.SUPERVISOR, Post.HALL_MANAGER, Post.APPROVER, Post.CASE_OFFICER, Post.WINDOW_OFFICER,
}  # fmt: skip
PAGES = {
    "ratings": READERS,
    "ratings_poor": READERS,
    "rectifications": READERS,
    "rating_codes": {Post.WINDOW_OFFICER, Post.HALL_MANAGER},
}
_LATIN = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def place() -> Place:
    return make_hall()


def logged_in(staff: Staff) -> Client:
    client = Client()
    client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
    return client


def strange(page: str) -> list[str]:
    return sorted(set(_LATIN.findall(visible(page))))


def act(staff: Staff, order: Rectification, action: Action, **data: str) -> Any:
    address = reverse("rectification_act", args=[order.public_id, action])
    return logged_in(staff).post(address, data | {"seen": mark(order)})


def test_markup_stays_words(place: Place) -> None:
    """What people said, what staff answered, and what everybody reads of it."""
    script = "<script>alert(1)</script><style>*</style>"
    order = poor_rating(place, comment=script)
    order = actions.assign(place.approver.actor, order=order, officer=place.officer)
    order = actions.contact(place.officer.actor, order=order, note=script)
    order = actions.fix(place.officer.actor, order=order, measure=script)
    order = actions.call_back(place.approver.actor, order=order, note=script)
    order = actions.publish(place.approver.actor, order=order, outcome=script)
    client = logged_in(place.approver)
    pages = [reverse("rectification", args=[order.public_id]), reverse("ratings_poor"), reverse("ratings")]
    for page in [client.get(address).content.decode() for address in pages]:
        assert "<script>alert(1)" not in page
        assert "<style>*" not in page
    assert "&lt;script&gt;" in client.get(pages[0]).content.decode()


@pytest.mark.parametrize("post", list(Post))
def test_who_may_open_what_in_chinese(place: Place, post: Post) -> None:
    poor_rating(place)
    client = logged_in(StaffFactory.create(department=place.department, posts=[post]))
    opened = {}
    for name in PAGES:
        answer = client.get(reverse(name))
        opened[name] = answer.status_code
        assert strange(answer.content.decode()) == [], name
    assert opened == {name: 200 if post in posts else 403 for name, posts in PAGES.items()}


@pytest.mark.parametrize("state", list(State))
def test_an_order_in_every_state_is_chinese(place: Place, state: State) -> None:
    order = IN_STATE[state](place)
    for staff in (place.approver, place.officer, place.supervisor):
        answer = logged_in(staff).get(reverse("rectification", args=[order.public_id]))
        expected = 404 if staff is place.officer and order.assignee is None else 200
        assert answer.status_code == expected
        assert strange(answer.content.decode()) == []


@pytest.mark.parametrize("make", [poor_rating, assigned, published])
def test_lists_and_orders_do_not_tell_who_rated(place: Place, make: Callable[[Place], Rectification]) -> None:
    order = make(place)
    client = logged_in(place.approver)
    pages = [reverse("ratings"), reverse("ratings_poor"), reverse("rectifications") + "?desk=open"]
    for page in [*pages, reverse("rectification", args=[order.public_id])]:
        text = client.get(page).content.decode()
        for secret in (place.citizen.name, place.citizen.phone, place.citizen.public_id):
            assert secret not in text


def test_another_departments_orders_do_not_exist(place: Place) -> None:
    order = poor_rating(make_hall())
    client = logged_in(place.approver)
    assert client.get(reverse("rectification", args=[order.public_id])).status_code == 404
    assert act(place.approver, order, Action.DISPUTE, ground="mistaken", note="x").status_code == 404
    assert order.public_id not in client.get(reverse("ratings_poor")).content.decode()


def test_the_whole_way_on_the_screen(place: Place) -> None:
    order = poor_rating(place)
    act(place.approver, order, Action.ASSIGN, officer=place.officer.public_id)
    act(place.officer, order, Action.CONTACT, note="已联系")
    act(place.officer, order, Action.FIX, measure="增开窗口")
    act(place.approver, order, Action.CALL_BACK, note="满意")
    assert act(place.approver, order, Action.PUBLISH, outcome="已增开两个窗口").status_code == 302
    order.refresh_from_db()
    assert (order.state, order.outcome) == (State.PUBLISHED, "已增开两个窗口")


def test_a_refusal_keeps_what_was_typed(place: Place) -> None:
    order = disputed(place)
    Rectification.objects.filter(pk=order.pk).update(state=State.FIXED)
    answer = act(place.approver, order, Action.PUBLISH, outcome="写好的结果")
    assert answer.status_code == 409
    order = assigned(place)
    answer = act(place.officer, order, Action.DISPUTE, ground="tired", note="写好的依据")
    assert answer.status_code == 422
    assert "写好的依据" in answer.content.decode()


@pytest.mark.parametrize("officer", ["", "nobody"])
def test_assigning_to_nobody(place: Place, officer: str) -> None:
    assert act(place.approver, poor_rating(place), Action.ASSIGN, officer=officer).status_code == 422


def test_unknown_actions(place: Place) -> None:
    address = reverse("rectification_act", args=[poor_rating(place).public_id, "explode"])
    assert logged_in(place.approver).post(address).status_code == 404


def test_the_officer_sees_the_phone_for_a_reason_and_the_person_knows(place: Place) -> None:
    order = assigned(place)
    address = reverse("rectification_reveal", args=[order.public_id])
    client = logged_in(place.officer)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert not AccessRecord.objects.exists()
    page = client.post(address, {"reason": "联系评价人了解情况"}).content.decode()
    assert place.citizen.phone in page
    record = AccessRecord.objects.get()
    assert (record.citizen, record.staff) == (place.citizen, place.officer)


def test_nobody_else_sees_the_phone(place: Place) -> None:
    order = assigned(place)
    address = reverse("rectification_reveal", args=[order.public_id])
    for staff in (place.approver, place.supervisor, place.manager):
        assert logged_in(staff).post(address, {"reason": "想看一看是谁"}).status_code == 404
    assert not AccessRecord.objects.exists()
    done = fixed(place)
    answer = logged_in(place.approver).post(
        reverse("rectification_reveal", args=[done.public_id]), {"reason": "回访评价人"}
    )
    assert place.citizen.phone in answer.content.decode()


def test_lights_on_the_desk(place: Place) -> None:
    order = poor_rating(place)
    Rectification.objects.filter(pk=order.pk).update(due_at=now() - timedelta(days=3))
    page = logged_in(place.approver).get(reverse("rectifications"), {"desk": "overdue"}).content.decode()
    assert "超期 " in page
    assert (
        "没有这样的整改单"
        in logged_in(place.approver).get(reverse("rectifications"), {"desk": "closed"}).content.decode()
    )


def test_screens_cost_the_same_for_any_length(place: Place, django_assert_max_num_queries: Any) -> None:
    for _ in range(8):
        poor_rating(place)
    client = logged_in(place.approver)
    for name, limit in (("ratings", 17), ("ratings_poor", 12), ("rectifications", 12)):
        with django_assert_max_num_queries(limit):
            client.get(reverse(name), {"desk": "open"})


# Figures.


def _count(name: str, *stars: int) -> Count:
    return Count(name, name, stars)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ([], "近一年还没有评价"),
        ([_count("甲局", 0, 0, 0, 2, 3)], "5 次评价，全部满意"),
        ([_count("甲局", 1, 0, 0, 0, 3)], "4 次评价，满意率 75.0%"),
        (
            [_count("甲局", 0, 0, 0, 0, 5), _count("乙局", 3, 0, 0, 0, 2)],
            "满意率 70.0%；乙局最低，40.0%",
        ),
    ],
)
def test_the_title_is_the_finding(counts: list[Count], said: str) -> None:
    assert finding(counts) == said


def test_the_least_satisfied_come_first_and_bars_add_up() -> None:
    drawn = bars(
        [_count("甲局", 0, 0, 0, 0, 10), _count("乙局", 5, 0, 0, 0, 0), _count("丙局", 0, 0, 0, 0, 0)]
    )
    assert [bar.figure.name for bar in drawn] == ["乙局", "甲局"]
    assert sum(share for _, _, share in drawn[1].parts) == 100


def test_a_table_stands_behind_the_chart(place: Place) -> None:
    rating_of(place, 5)
    page = logged_in(place.supervisor).get(reverse("ratings")).content.decode()
    assert "查看数据表" in page
    assert "100.0%" in page


# Codes.


def test_a_code_is_given_and_shown(place: Place) -> None:
    client = logged_in(place.window)
    data = {"hall": place.hall.code, "department": place.department.code, "counter": "A03"}
    answer = client.post(reverse("rating_codes"), data)
    visit = CounterVisit.objects.get()
    assert answer["Location"] == reverse("rating_slip", args=[visit.public_id])
    page = client.get(answer["Location"]).content.decode()
    assert "<svg" in page
    assert strange(page) == []
    assert "未评价" in client.get(reverse("rating_codes")).content.decode()
    assert token_of(visit).startswith("counter.")


@pytest.mark.parametrize("missing", ["hall", "department", "counter"])
def test_a_code_needs_its_place(place: Place, missing: str) -> None:
    data = {"hall": place.hall.code, "department": place.department.code, "counter": "A03"} | {missing: ""}
    assert logged_in(place.window).post(reverse("rating_codes"), data).status_code == 422
    assert not CounterVisit.objects.exists()


def test_anothers_slip_is_not_shown(place: Place) -> None:
    data = {"hall": place.hall.code, "department": place.department.code, "counter": "A03"}
    logged_in(place.window).post(reverse("rating_codes"), data)
    address = reverse("rating_slip", args=[CounterVisit.objects.get().public_id])
    assert logged_in(place.manager).get(address).status_code == 404
