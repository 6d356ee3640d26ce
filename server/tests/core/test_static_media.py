"""Public media: whole or in parts, never outside their folder, never as something that runs."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from zhijian.core.static_front import PAGE_POLICY, StaticFront

BODY = bytes(range(256)) * 40


class Answer:
    def __init__(self, front: StaticFront, path: str, method: str = "GET", **headers: str) -> None:
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method} | {f"HTTP_{k}": v for k, v in headers.items()}
        self.body = b"".join(front(environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)


def django(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("418 Django", [])
    return [b"django"]


@pytest.fixture
def front(tmp_path: Path) -> StaticFront:
    (tmp_path / "public/media").mkdir(parents=True)
    (tmp_path / "public/content").mkdir()
    (tmp_path / "app").mkdir()
    (tmp_path / "public/media/aa.mp4").write_bytes(BODY)
    (tmp_path / "public/media/bb.docx").write_bytes(b"PK")
    (tmp_path / "public/media/.aa.mp4.1.tmp").write_bytes(b"half")
    (tmp_path / "public/content/a.html").write_text("<!doctype html>")
    (tmp_path / "secret.txt").write_text("secret")
    return StaticFront(django, public=tmp_path / "public", app=tmp_path / "app")


def test_a_video_is_sent_whole(front: StaticFront) -> None:
    answer = Answer(front, "/public/media/aa.mp4")
    assert (answer.status, answer.body) == (200, BODY)
    assert answer.headers["Content-Type"] == "video/mp4"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in answer.headers["Cache-Control"]
    assert Answer(front, "/public/media/aa.mp4", IF_NONE_MATCH=answer.headers["ETag"]).status == 304


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-99", 0, 99),
        ("bytes=100-", 100, len(BODY) - 1),
        ("bytes=-10", len(BODY) - 10, len(BODY) - 1),
        ("bytes=10000-999999", 10000, len(BODY) - 1),
    ],
)
def test_a_part_is_sent_alone(front: StaticFront, asked: str, first: int, last: int) -> None:
    answer = Answer(front, "/public/media/aa.mp4", RANGE=asked)
    assert (answer.status, answer.body) == (206, BODY[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert answer.headers["Content-Length"] == str(len(answer.body))


@pytest.mark.parametrize("asked", ["bytes=99999-", "bytes=-0", "bytes=20-10"])
def test_a_part_that_is_not_there_is_refused(front: StaticFront, asked: str) -> None:
    answer = Answer(front, "/public/media/aa.mp4", RANGE=asked)
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{len(BODY)}")


@pytest.mark.parametrize("asked", ["bytes=-", "bytes=0-1,5-6", "items=1-2", "bytes=a-b"])
def test_what_cannot_be_read_as_a_part_gets_the_whole(front: StaticFront, asked: str) -> None:
    assert Answer(front, "/public/media/aa.mp4", RANGE=asked).status == 200


def test_a_head_has_no_body_and_office_files_are_saved(front: StaticFront) -> None:
    answer = Answer(front, "/public/media/aa.mp4", "HEAD")
    assert (answer.body, answer.headers["Content-Length"]) == (b"", str(len(BODY)))
    assert Answer(front, "/public/media/bb.docx").headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    "path",
    ["/public/media/../../secret.txt", "/public/media/.aa.mp4.1.tmp", "/public/media/", "/public/media/no.mp4",
     "/public/media/a\0.mp4"],
)  # fmt: skip
def test_nothing_else_is_reached(front: StaticFront, path: str) -> None:
    assert Answer(front, path).status == 418


def test_a_published_page_may_run_nothing(front: StaticFront) -> None:
    answer = Answer(front, "/public/content/a.html")
    assert answer.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "script-src" not in PAGE_POLICY
    assert "default-src 'none'" in PAGE_POLICY
