"""Search, suggestions and favourites over HTTP."""

from typing import Any

import pytest
from catalog.factories import make_city, make_published
from django.test import Client

from zhijian.catalog.models import Favourite

pytestmark = pytest.mark.django_db
BASE = "/api/v1"


@pytest.fixture
def signed_in(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """The header of somebody who is logged in, made by the real door."""
    from datetime import timedelta

    from zhijian.core.clock import now
    from zhijian.identity import queries
    from zhijian.identity.models import Citizen, Session

    citizen = Citizen.objects.create(phone="19900000001", phone_index="1")
    names = {field.name for field in Session._meta.get_fields()}
    values = {
        "citizen": citizen,
        "expires_at": now() + timedelta(days=1),
        "created_at": now(),
        "last_seen_at": now(),
        "device": "试验",
    }
    session = Session.objects.create(**{name: value for name, value in values.items() if name in names})
    monkeypatch.setattr(queries, "session_of", lambda token: session if token == "good" else None)
    return {"HTTP_AUTHORIZATION": "Bearer good"}


def test_search_answers_with_what_the_app_reads() -> None:
    make_city()
    version = make_published()
    answer = Client().get(f"{BASE}/search", {"q": "暂住证", "audience": "1"}).json()
    assert (answer["query"], answer["corrected"]) == ("暂住证", None)
    assert answer["results"][0] | {"summary": ""} == {
        "code": version.code,
        "name": "居住证申领",
        "name_en": "Residence permit",
        "summary": "",
        "summary_en": version.spec["summary_en"],
        "department": "云州市公安局",
        "handling": "online",
        "highlight": "",
    }
    assert Client().get(f"{BASE}/search/suggest", {"q": "居住"}).json() == [
        {"text": "居住证申领", "code": version.code}
    ]


@pytest.mark.parametrize(
    "asked",
    [{"q": "x" * 201}, {"q": "a", "limit": 51}, {"q": "a", "audience": "9"}, {"q": "a", "limit": "x"}],
)
def test_a_search_out_of_bounds_is_refused_in_chinese(asked: dict[str, Any]) -> None:
    answer = Client().get(f"{BASE}/search", asked)
    assert answer.status_code == 422
    assert not answer.json()["title"].isascii()


def test_favourites_are_kept_listed_and_let_go(signed_in: dict[str, str]) -> None:
    make_city()
    code = make_published().code
    client = Client()
    for _ in range(2):
        assert client.put(f"{BASE}/favourites/{code}", **signed_in).status_code == 204
    listed = client.get(f"{BASE}/favourites", **signed_in).json()
    assert [row["code"] for row in listed] == [code]
    for _ in range(2):
        assert client.delete(f"{BASE}/favourites/{code}", **signed_in).status_code == 204
    assert not Favourite.objects.exists()


def test_an_unknown_item_is_no_favourite(signed_in: dict[str, str]) -> None:
    answer = Client().put(f"{BASE}/favourites/unknown", **signed_in)
    assert (answer.status_code, answer.json()["code"]) == (404, "catalog.item_not_found")


@pytest.mark.parametrize("method", ["get", "put", "delete"])
def test_favourites_need_a_log_in(method: str) -> None:
    url = f"{BASE}/favourites" if method == "get" else f"{BASE}/favourites/1"
    assert getattr(Client(), method)(url).status_code == 401
