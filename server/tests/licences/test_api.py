"""Licences over HTTP."""

from urllib.parse import quote

import pytest
from django.test import Client
from identity.factories import CitizenFactory, bearer
from licences.factories import LicenceFactory
from pytest_django import Settings

from zhijian.core.actor import SYSTEM
from zhijian.licences import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def client() -> Client:
    return Client()


def test_list_is_ones_own(client: Client, django_assert_max_num_queries: object) -> None:
    citizen = CitizenFactory.create(real_named=True)
    for _ in range(5):
        LicenceFactory.create(citizen=citizen, valid_to=None)
    LicenceFactory.create()
    headers = bearer(citizen)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        answer = client.get("/api/v1/licences", headers=headers)
    assert answer.status_code == 200
    assert len(answer.json()) == 5
    first = answer.json()[0]
    assert (first["status"], first["status_label"], first["status_label_en"]) == ("valid", "有效", "Valid")
    assert (first["valid_to"], first["ready"]) == (None, False)
    assert first["verify_url"].startswith("http")


def test_download_is_a_pdf(client: Client) -> None:
    licence = LicenceFactory.create()
    headers = bearer(licence.citizen)
    early = client.get(f"/api/v1/licences/{licence.public_id}/file", headers=headers)
    assert (early.status_code, early.json()["code"]) == (409, "licences.document_not_ready")
    assert early["Retry-After"] == "5"
    actions.make_document(SYSTEM, licence_id=licence.public_id)
    answer = client.get(f"/api/v1/licences/{licence.public_id}/file", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert answer.content.startswith(b"%PDF-")
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/v1/licences", "/api/v1/licences/0/file"])
def test_without_log_in_there_is_nothing(client: Client, path: str) -> None:
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer forged"}).status_code == 401


def test_anothers_licence_does_not_exist(client: Client) -> None:
    licence = LicenceFactory.create()
    answer = client.get(
        f"/api/v1/licences/{licence.public_id}/file",
        headers=bearer(CitizenFactory.create(real_named=True)),
    )
    assert (answer.status_code, answer.json()["code"]) == (404, "licences.not_found")


def test_anyone_may_verify_and_learns_no_name(client: Client) -> None:
    licence = LicenceFactory.create(valid_to=None)
    typed = f" {licence.verify_code[:10].upper()} {licence.verify_code[10:]}"
    assert client.get(f"/api/v1/verifications/{quote(typed)}").json()["status"] == "valid"
    answer = client.get(f"/api/v1/verifications/{licence.verify_code}")
    assert answer.status_code == 200
    body = answer.json()
    assert (body["status"], body["name"], body["department"]) == ("valid", "居住证", licence.department.name)
    assert body["holder_masked"] == licence.citizen.masked_name
    assert licence.citizen.name not in answer.content.decode()
    assert licence.number not in answer.content.decode()


def test_unknown_and_revoked_codes_say_so(client: Client) -> None:
    licence = LicenceFactory.create()
    actions.revoke(SYSTEM, licence=licence, reason="作废")
    assert client.get(f"/api/v1/verifications/{licence.verify_code}").json()["status"] == "revoked"
    unknown = client.get("/api/v1/verifications/00000000000000000000").json()
    assert (unknown["status"], unknown["status_label"], unknown["name"]) == ("unknown", "查无此证", "")


def test_verification_is_braked_by_address(client: Client, settings: Settings) -> None:
    settings.TRUSTED_PROXIES = 1
    for _ in range(30):
        assert client.get("/api/v1/verifications/x").status_code == 200
    refused = client.get("/api/v1/verifications/x")
    assert (refused.status_code, refused.json()["code"]) == (429, "licences.too_many_checks")
    assert 0 < int(refused["Retry-After"]) <= 60
    other = client.get("/api/v1/verifications/x", headers={"X-Forwarded-For": "203.0.113.9"})
    assert other.status_code == 200
