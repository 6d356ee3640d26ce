"""Settings, and the demo's people."""

from typing import Any

import pytest
from django.test import Client
from identity.factories import CitizenFactory, bearer
from pytest_django.fixtures import Settings

from zhijian.audit.models import AuditEntry
from zhijian.identity import queries

pytestmark = pytest.mark.django_db


def change(client: Client, headers: dict[str, Any], **content: Any) -> Any:
    return client.patch("/api/v1/me", content, content_type="application/json", headers=headers)


def test_language_and_elder_mode_are_kept(client: Client) -> None:
    own = bearer(CitizenFactory())
    assert change(client, own, locale="en").json()["locale"] == "en"
    both = change(client, own, elder_mode=True).json()
    assert (both["locale"], both["elder_mode"]) == ("en", True)
    assert change(client, own, elder_mode=False).json()["elder_mode"] is False
    assert AuditEntry.objects.filter(action="citizen.settings").count() == 3


def test_changing_nothing_writes_nothing(client: Client) -> None:
    own = bearer(CitizenFactory())
    assert change(client, own, locale="zh-CN").status_code == 200
    assert change(client, own).status_code == 200
    assert not AuditEntry.objects.filter(action="citizen.settings").exists()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"locale": "fr"}, "identity.locale_unknown"),
        ({"locale": "x" * 11}, "core.invalid"),
        ({"elder_mode": "perhaps"}, "core.invalid"),
    ],
)
def test_unknown_settings_are_refused(client: Client, content: dict[str, Any], code: str) -> None:
    answer = change(client, bearer(CitizenFactory()), **content)
    assert (answer.status_code, answer.json()["code"]) == (422, code)


def test_what_is_true_of_the_person_is_masked(client: Client) -> None:
    citizen = CitizenFactory(real_named=True)
    answer = client.get("/api/v1/me", headers=bearer(citizen))
    assert answer.json()["name_masked"] == "林**"
    assert answer.json()["id_masked"] == f"9901**********{citizen.id_number[-4:]}"
    for clear in (citizen.name, citizen.id_number, citizen.phone):
        assert clear not in answer.content.decode()
    assert citizen.name not in f"{citizen} {citizen!r} {citizen.actor}"


def test_saved_materials_are_counted_by_whoever_holds_them(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "_saved_materials", [])
    queries.counts_saved_materials(lambda citizen: 2)
    queries.counts_saved_materials(lambda citizen: 1)
    assert client.get("/api/v1/me", headers=bearer(CitizenFactory())).json()["saved_materials"] == 3


def test_demo_people_exist_in_the_demo_only(client: Client, settings: Settings) -> None:
    settings.DEMO = False
    answer = client.get("/api/v1/demo/citizens")
    assert (answer.status_code, answer.json()["code"]) == (404, "identity.demo_only")
    settings.DEMO = True
    rows = client.get("/api/v1/demo/citizens").json()
    assert rows
    assert all(set(row) == {"phone", "label"} and row["phone"].startswith("199") for row in rows)
