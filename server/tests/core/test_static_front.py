import gzip
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import brotli
import pytest

from zhijian.core.static_front import StaticFront


class Answer:
    def __init__(self, front: StaticFront, path: str, method: str = "GET", **headers: str) -> None:
        environ = {"PATH_INFO": path, "REQUEST_METHOD": method} | {f"HTTP_{k}": v for k, v in headers.items()}
        self.body = b"".join(front(environ, self._start))

    def _start(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = int(status[:3]), dict(headers)
        assert len(self.headers) == len(headers), "of two policies the browser obeys both"


def django(environ: dict[str, Any], start: Any) -> Iterable[bytes]:
    start("418 Django", [])
    return [b"django"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "public/items").mkdir(parents=True)
    (tmp_path / "app/assets").mkdir(parents=True)
    (tmp_path / "public/items/1.json").write_text('{"name":"居住证申领"}' + " " * 2000)
    (tmp_path / "public/items/1.abcdef123456.json").write_text("{}")
    (tmp_path / "app/index.html").write_text("<!doctype html>")
    (tmp_path / "app/assets/index-1.js").write_text("let a = 1;" * 200)
    (tmp_path / "secret.txt").write_text("secret")
    return tmp_path


@pytest.fixture
def front(folder: Path) -> StaticFront:
    return StaticFront(django, public=folder / "public", app=folder / "app")


def test_a_document_is_sent_whole_with_its_headers(front: StaticFront) -> None:
    answer = Answer(front, "/public/items/1.json")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json; charset=utf-8")
    assert answer.headers["Content-Length"] == str(len(answer.body))
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(("accepted", "undo"), [("gzip", gzip.decompress), ("gzip, br", brotli.decompress)])
def test_the_best_encoding_is_chosen(front: StaticFront, accepted: str, undo: Any) -> None:
    plain = Answer(front, "/public/items/1.json").body
    answer = Answer(front, "/public/items/1.json", ACCEPT_ENCODING=accepted)
    assert undo(answer.body) == plain
    assert len(answer.body) < len(plain)
    assert answer.headers["Vary"] == "Accept-Encoding"


def test_an_unchanged_document_is_not_sent_again(front: StaticFront) -> None:
    etag = Answer(front, "/public/items/1.json").headers["ETag"]
    again = Answer(front, "/public/items/1.json", IF_NONE_MATCH=etag)
    assert (again.status, again.body) == (304, b"")


def test_a_changed_document_is_noticed(front: StaticFront, folder: Path) -> None:
    Answer(front, "/public/items/1.json")
    (folder / "public/items/1.json").write_text("{}")
    assert Answer(front, "/public/items/1.json").body == b"{}"


def test_head_tells_the_length_and_sends_nothing(front: StaticFront) -> None:
    answer = Answer(front, "/", method="HEAD")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "15")


@pytest.mark.parametrize("path", ["/public/items/1.abcdef123456.json", "/assets/index-1.js"])
def test_hashed_names_may_be_kept_for_ever(front: StaticFront, path: str) -> None:
    assert "immutable" in Answer(front, path).headers["Cache-Control"]


def test_pages_carry_a_policy_without_inline_scripts(front: StaticFront) -> None:
    policy = Answer(front, "/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "script" not in policy
    assert "connect-src" not in policy


def test_the_app_may_call_the_lane_which_lives_elsewhere(folder: Path) -> None:
    front = StaticFront(django, public=folder / "public", app=folder / "app", also="https://rush.example")
    policy = Answer(front, "/").headers["Content-Security-Policy"]
    assert "connect-src 'self' https://rush.example" in policy


@pytest.mark.parametrize(
    "path",
    [
        "/public/../secret.txt",
        "/../secret.txt",
        "/public/items",
        "/public/none.json",
        "/nothing",
        "/a\0b",
        "/assets/",
    ],
)
def test_whatever_is_not_a_file_of_ours_goes_to_django(front: StaticFront, path: str) -> None:
    assert Answer(front, path).status == 418


def test_a_link_out_of_the_folder_is_not_followed(front: StaticFront, folder: Path) -> None:
    (folder / "app/link.txt").symlink_to(folder / "secret.txt")
    assert Answer(front, "/link.txt").status == 418


@pytest.mark.parametrize(("path", "method"), [("/api/v1/me", "GET"), ("/console/", "GET"), ("/", "POST")])
def test_programs_and_writes_go_to_django(front: StaticFront, path: str, method: str) -> None:
    assert Answer(front, path, method=method).body == b"django"


_SPELLINGS = [
    "//assets/index-1.js",
    "/assets//index-1.js",
    "/./assets/index-1.js",
    "/assets/./index-1.js",
    "/assets/../assets/index-1.js",
    "/public/../assets/index-1.js",
    "/public//items/1.json",
    "/public/./items/1.json",
    "/public/items/../items/1.json",
    "//",
    "/.",
    "/assets/index-1.js/",
    "/public/media//1.jpg",
]


@pytest.mark.parametrize("path", _SPELLINGS)
def test_a_file_has_one_spelling(front: StaticFront, folder: Path, path: str) -> None:
    (folder / "public/media").mkdir()
    (folder / "public/media/1.jpg").write_bytes(b"picture")
    assert Answer(front, path).status == 418


def test_what_is_held_ready_has_a_limit(folder: Path) -> None:
    for number in range(50):
        (folder / f"public/items/n{number}.json").write_bytes(bytes(400))
    front = StaticFront(django, public=folder / "public", app=folder / "app", kept=4_000)
    for _ in range(2):
        for number in range(50):
            assert Answer(front, f"/public/items/n{number}.json").body == bytes(400)
    held = front._entries
    assert list(held) == [f"{folder}/public/items/n{number}.json" for number in range(40, 50)]
    assert front._size == sum(entry.size for entry in held.values()) == 4_000


def test_a_file_over_the_limit_is_sent_and_not_held(folder: Path) -> None:
    front = StaticFront(django, public=folder / "public", app=folder / "app", kept=100)
    assert len(Answer(front, "/public/items/1.json").body) > 2_000
    assert (dict(front._entries), front._size) == ({}, 0)


def test_a_changed_document_takes_the_place_of_the_former(folder: Path) -> None:
    front = StaticFront(django, public=folder / "public", app=folder / "app")
    for size in (100, 300, 200):
        (folder / "public/items/1.json").write_bytes(bytes(size))
        os.utime(folder / "public/items/1.json", ns=(size, size))
        Answer(front, "/public/items/1.json")
        assert (len(front._entries), front._size) == (1, size)
