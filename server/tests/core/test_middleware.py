"""What mini-programs cannot send is taken from them in another way, and from nobody else."""

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from zhijian.core.middleware import PatchByPost


def method_seen(request: HttpRequest) -> str:
    return PatchByPost(lambda inner: HttpResponse(inner.method or ""))(request).content.decode()


def test_a_post_that_says_patch_is_a_patch() -> None:
    request = RequestFactory().post("/api/v1/me", headers={"X-HTTP-Method-Override": "PATCH"})
    assert method_seen(request) == "PATCH"


@pytest.mark.parametrize(
    ("method", "path", "wanted"),
    [
        ("POST", "/api/v1/me", None),
        ("POST", "/api/v1/me", "DELETE"),
        ("POST", "/api/v1/me", "GET"),
        ("GET", "/api/v1/me", "PATCH"),
        ("POST", "/console/cases/", "PATCH"),
    ],
)
def test_nothing_else_changes_its_meaning(method: str, path: str, wanted: str | None) -> None:
    headers = {"X-HTTP-Method-Override": wanted} if wanted else {}
    assert method_seen(RequestFactory().generic(method, path, headers=headers)) == method
