"""The QR code of a counter: one visit, one rating, no log-in."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from identity.factories import bearer
from ratings.factories import Place, make_hall

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.core.errors import Problem
from zhijian.ratings import actions
from zhijian.ratings.models import CounterVisit, Rating
from zhijian.ratings.rules import tokens
from zhijian.ratings.subjects.counter import token_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def place() -> Place:
    return make_hall()


@pytest.fixture
def visit(place: Place) -> CounterVisit:
    return actions.issue_code(
        place.window.actor, hall=place.hall, department=place.department, counter=" A03 "
    )


def rate(token: str, *, key: str = "", **changes: Any) -> Any:
    body = {"token": token, "stars": 5, "tags": ["517"], "dimensions": {"attitude": 5}} | changes
    headers = {"Idempotency-Key": key} if key else {}
    return Client().post(
        "/api/v1/ratings", json.dumps(body), content_type="application/json", headers=headers
    )


def test_scan_look_and_rate(visit: CounterVisit, place: Place) -> None:
    token = token_of(visit)
    seen = Client().get(f"/api/v1/rating-subjects/{token}").json()
    assert seen == {
        "kind": "counter",
        "kind_label": "窗口办理",
        "department": place.department.name,
        "hall": place.hall.name,
        "channel": "offline",
        "rated": False,
    }
    assert rate(token).status_code == 201
    assert Client().get(f"/api/v1/rating-subjects/{token}").json()["rated"] is True
    rating = Rating.objects.get()
    assert (rating.citizen, rating.hall, rating.channel) == (None, place.hall, "offline")
    assert visit.counter == "A03"
    assert AuditEntry.objects.get(action="rating.given").actor_label == "窗口办事人"


def test_one_code_one_rating(visit: CounterVisit) -> None:
    token = token_of(visit)
    first, again = rate(token, key="phone-0001"), rate(token, key="phone-0001")
    assert first.status_code == again.status_code == 201
    assert first.json() == again.json()
    for answer in (
        rate(token),
        rate(token, key="phone-0002"),
        rate(token, key="phone-0001", stars=1, tags=[]),
    ):
        assert (answer.status_code, answer.json()["code"]) == (409, "ratings.already_rated")
    assert Rating.objects.count() == 1


def test_online_dimensions_do_not_fit_a_counter(visit: CounterVisit) -> None:
    answer = rate(token_of(visit), dimensions={"platform": 5})
    assert (answer.status_code, answer.json()["code"]) == (422, "ratings.wrong")


@pytest.mark.parametrize("change", ["kind", "reference", "signature", "rubbish", "empty"])
def test_forged_codes(visit: CounterVisit, change: str) -> None:
    kind, reference, signature = token_of(visit).split(".")
    forged = {
        "kind": f"case.{reference}.{signature}",
        "reference": f"{kind}.{'0' * 26}.{signature}",
        "signature": f"{kind}.{reference}.{'0' * 20}",
        "rubbish": "../../etc/passwd",
        "empty": "x",
    }[change]
    answer = rate(forged)
    assert (answer.status_code, answer.json()["code"]) == (404, "ratings.code_wrong")
    assert not Rating.objects.exists()


def test_a_code_is_good_for_a_week(visit: CounterVisit) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ratings_countervisit DISABLE TRIGGER ratings_countervisit_append_only")
    CounterVisit.objects.filter(pk=visit.pk).update(at=now() - timedelta(days=7, seconds=5))
    answer = rate(token_of(visit))
    assert (answer.status_code, answer.json()["code"]) == (409, "ratings.code_expired")


def test_many_tries_are_braked(visit: CounterVisit) -> None:
    codes = {rate("counter.0000000000.00000000000000000000").status_code for _ in range(61)}
    assert codes == {404, 429}


@given(st.text(max_size=80))
def test_no_text_is_taken_for_a_code(text: str) -> None:
    parts = tokens.split(text)
    assert parts is None or tokens.join(*parts) == text


@given(
    st.from_regex(r"\A[a-z]{3,20}\Z"),
    st.from_regex(r"\A[0-9a-z]{10,40}\Z"),
    st.from_regex(r"\A[0-9a-f]{20,64}\Z"),
)
def test_codes_split_as_joined(kind: str, reference: str, signature: str) -> None:
    assert tokens.split(tokens.join(kind, reference, signature)) == (kind, reference, signature[:20])


@pytest.mark.parametrize(("counter", "item"), [("", ""), ("长" * 21, ""), ("A1", "9" * 41)])
def test_a_slip_names_its_counter(place: Place, counter: str, item: str) -> None:
    with pytest.raises(Problem) as refusal:
        actions.issue_code(
            place.window.actor, hall=place.hall, department=place.department, counter=counter, item_code=item
        )
    assert refusal.value.code == "ratings.counter_wrong"


def test_only_the_counter_gives_slips(place: Place) -> None:
    for staff in (place.officer, place.supervisor, make_hall().window):
        with pytest.raises(Problem) as refusal:
            actions.issue_code(staff.actor, hall=place.hall, department=place.department, counter="A1")
        assert refusal.value.code == "ratings.post_forbids"


def test_visits_stay_and_are_audited(visit: CounterVisit) -> None:
    assert AuditEntry.objects.get(action="rating.code_issued").subject == f"counter:{visit.public_id}"
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        visit.delete()


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("visits/abc/rating", "ratings.subject_unknown"),
        ("tickets/abc/rating", "tickets.not_found"),
        ("cases/abc/rating", "cases.not_found"),
    ],
)
def test_handlings_that_are_not_there_are_not_found(place: Place, path: str, code: str) -> None:
    answer = Client().post(
        f"/api/v1/{path}",
        json.dumps({"stars": 5}),
        content_type="application/json",
        headers=bearer(place.citizen) | {"Idempotency-Key": "key-0000001"},
    )
    assert (answer.status_code, answer.json()["code"]) == (404, code)
