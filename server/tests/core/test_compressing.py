"""Texts are sent compressed to whoever takes them, and nothing else is touched."""

import gzip

import pytest
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.test import Client, RequestFactory
from organizations.factories import StaffFactory

from zhijian.core.compressing import Compression
from zhijian.organizations.rules import Post

LONG = "证照" * 500


def answered(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    def respond(_: HttpRequest) -> HttpResponseBase:
        return response

    return Compression(respond)(RequestFactory().get("/", headers=headers))  # type: ignore[arg-type, return-value]


@pytest.mark.parametrize("make", [HttpResponse, lambda text: JsonResponse({"text": text})])
def test_a_text_is_compressed_for_who_takes_it(make: type[HttpResponse]) -> None:
    plain = make(LONG).content
    sent = answered(make(LONG), **{"Accept-Encoding": "gzip"})
    assert isinstance(sent, HttpResponse)
    assert sent["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in sent["Vary"]
    assert gzip.decompress(sent.content) == plain
    assert len(sent.content) < len(plain) / 2
    assert not answered(make(LONG)).has_header("Content-Encoding")


@pytest.mark.parametrize("kind", ["image/jpeg", "application/pdf", "application/octet-stream"])
def test_files_are_sent_as_they_are(kind: str) -> None:
    sent = answered(HttpResponse(LONG, content_type=kind), **{"Accept-Encoding": "gzip"})
    assert not sent.has_header("Content-Encoding")
    streamed = answered(FileResponse([b"a" * 2000], content_type="text/plain"), **{"Accept-Encoding": "gzip"})
    assert not streamed.has_header("Content-Encoding")


@pytest.mark.django_db
def test_a_page_of_the_console_and_an_answer_of_the_api_are_compressed() -> None:
    client = Client(headers={"Accept-Encoding": "gzip"})
    assert client.get("/api/v1/openapi.json")["Content-Encoding"] == "gzip"
    client.force_login(StaffFactory(posts=[Post.CASE_OFFICER]))
    one, other = client.get("/console/"), client.get("/console/")
    assert one["Content-Encoding"] == "gzip"
    assert "今日工作" in gzip.decompress(one.content).decode()
    assert (
        len(one.content) != len(other.content) or one.content != other.content
    )  # a random length hides the true one
