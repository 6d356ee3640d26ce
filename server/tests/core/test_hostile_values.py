"""Every route of the API, asked with values that a database refuses or nobody would send: a clear refusal, never a 500."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLResolver, get_resolver
from identity.factories import CitizenFactory, bearer
from organizations.factories import StaffFactory

from config.api import api
from zhijian.identity.models import Citizen
from zhijian.organizations.rules import ADMIN_POSTS, Post

pytestmark = pytest.mark.django_db
SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
METHODS = ("get", "post", "put", "patch", "delete")
NUL = "a\x00b"
VALUES = {
    "nul": NUL,
    "long": "9" * 3_000,
    "surrogate": "\ud800",
    "override": "\u202e\ufeff",
    "quotes": "'\"; --",
    "huge": str(2**63),
}


def operations() -> Iterator[tuple[str, str]]:
    for path, item in SCHEMA["paths"].items():
        for method in METHODS:
            if method in item:
                yield method, path


def operation(method: str, path: str) -> dict[str, Any]:
    found: dict[str, Any] = SCHEMA["paths"][path][method]
    return found


def sample(schema: dict[str, Any], value: str) -> Any:
    """Something of the right shape with ``value`` in every text."""
    if "$ref" in schema:
        return sample(SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]], value)
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return sample(schema[choice][0], value)
    if "const" in schema or "enum" in schema:
        return schema.get("const", schema.get("enum", [None])[0])
    return _plain(schema, value)


def _plain(schema: dict[str, Any], value: str) -> Any:
    dated = {"date": "2026-11-02", "date-time": "2026-11-02T09:00:00+08:00", "time": "09:00:00"}
    match schema.get("type"):
        case "object":
            known = {name: sample(part, value) for name, part in schema.get("properties", {}).items()}
            # Also as the name of something that nobody asked for.
            return (known or {"x": value}) | {value: value}
        case "array":
            return [sample(schema.get("items", {}), value)]
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
    return dated.get(schema.get("format", ""), value[: schema.get("maxLength", 10_000)])


def encoded(value: str) -> str:
    return quote(value.encode("utf-8", "surrogatepass"), safe="")


def call(citizen: Citizen, method: str, path: str, value: str) -> Any:
    """With ``value`` in every place of the address, of the query and of the body."""
    shape = operation(method, path)
    query = []
    for one in shape.get("parameters", []):
        if one["in"] == "path":
            path = path.replace("{" + one["name"] + "}", encoded(value))
        elif one["in"] == "query":
            query.append(f"{one['name']}={encoded(value)}")
    headers = bearer(citizen) | {"Idempotency-Key": "key-0000001"}
    data, kind = body(shape, value)
    client = Client(raise_request_exception=False)
    return client.generic(method.upper(), f"{path}?{'&'.join(query)}", data, kind, headers=headers)


def body(shape: dict[str, Any], value: str) -> tuple[bytes | str, str]:
    content = shape.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        return json.dumps(sample(content["application/json"]["schema"], value)), "application/json"
    if content:
        from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

        file = SimpleUploadedFile("a.pdf", b"%PDF-1.4 not really", "application/pdf")
        return encode_multipart(BOUNDARY, {"file": file}), MULTIPART_CONTENT
    return "", "application/json"


def check(answer: Any, *told: Any) -> None:
    assert answer.status_code < 500, (told, answer.json())
    if answer.status_code >= 400:
        assert answer["Content-Type"] == "application/problem+json", told
        found = answer.json()
        assert found["code"]
        assert found["title"][0] >= "\u4e00"


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize(("method", "path"), list(operations()))
def test_every_route_refuses_it_in_words(method: str, path: str, name: str) -> None:
    check(call(CitizenFactory(real_named=True), method, path, VALUES[name]), method, path, name)


def test_what_does_not_exist_is_not_found() -> None:
    citizen = CitizenFactory()
    for path in ("/api/v1/cases/{id}", "/api/v1/licences/{id}", "/api/v1/nothing/{id}"):
        answer = Client().get(path.format(id=encoded(NUL)), headers=bearer(citizen))
        assert answer.status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/api/v1/rating-options", "/api/v1/messages"])
def test_a_wrong_method_is_refused_like_everything_else(method: str, path: str) -> None:
    answer = Client().generic(method, path)
    check(answer, method, path)
    assert answer.status_code == 405
    assert answer.json()["code"] == "core.not_allowed"
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"a": 1e999}', b"[" * 100_000, b"null", b'"x"'])
def test_bodies_that_are_no_json(content: bytes) -> None:
    for path in ("/api/v1/tickets/similar", "/api/v1/auth/codes", "/api/v1/ratings"):
        answer = Client(raise_request_exception=False).generic("POST", path, content, "application/json")
        check(answer, path, content[:20])
        assert answer.status_code >= 400


def screens(patterns: Iterable[Any], prefix: str = "") -> Iterator[str]:
    """The console's own addresses that hold something; Wagtail's choosers answer in their own way."""
    for one in patterns:
        route = prefix + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from screens(one.url_patterns, route)
        elif "<str:" in route and route.startswith("console/") and "/choose/" not in route:
            yield route


@pytest.mark.parametrize("name", ["nul", "long", "surrogate", "huge"])
def test_the_console_answers_in_words_too(name: str) -> None:
    """Every address, and every list's search, for each administrator and for staff with every post."""
    value = encoded(VALUES[name])
    addresses = {re.sub(r"<\w+:\w+>", value, route) for route in screens(get_resolver().url_patterns)}
    assert len(addresses) > 40
    addresses |= {f"console/{page}/?q={value}" for page in ("tickets", "cases", "consultations", "audit")}
    for posts in (*({one} for one in ADMIN_POSTS), set(Post) - set(ADMIN_POSTS)):
        client = Client(raise_request_exception=False)
        staff = StaffFactory(posts=sorted(posts))
        client.force_login(staff, backend="zhijian.organizations.backends.StaffBackend")
        assert [one for one in sorted(addresses) if client.get(f"/{one}").status_code >= 500] == []
