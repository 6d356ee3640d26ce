"""Published files: immutable, complete, and never named before they are there."""

import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

import brotli
import pytest
from django.db import transaction

from zhijian.core.files import keep
from zhijian.core.files.store import store
from zhijian.publishing import files
from zhijian.publishing.actions import (
    canonical,
    publish_bytes,
    publish_document,
    publish_file,
    purge_versions,
    retract_document,
    retract_files,
)
from zhijian.publishing.models import PublishedDocument, PublishedFile


@pytest.fixture
def root(settings: Any, tmp_path: Path) -> Path:
    settings.PUBLIC_ROOT = tmp_path / "public"
    return tmp_path / "public"


def _index(root: Path) -> dict[str, Any]:
    documents: dict[str, Any] = json.loads((root / "index.json").read_text())["documents"]
    return documents


def _check(root: Path) -> None:
    """Whatever the index names is there, whole, in all three forms."""
    if not (root / "index.json").exists():
        return
    for entry in _index(root).values():
        body = (root / entry["path"].removeprefix("/public/")).read_bytes()
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (entry["hash"], entry["bytes"])
        name = str(root / entry["path"].removeprefix("/public/"))
        assert gzip.decompress(Path(name + ".gz").read_bytes()) == body
        assert brotli.decompress(Path(name + ".br").read_bytes()) == body


@pytest.mark.django_db(transaction=True)
def test_a_document_is_there_when_the_transaction_has_committed(root: Path) -> None:
    with transaction.atomic():
        published = publish_document("items/1", {"name": "居住证", "b": 1})
        assert not root.exists(), "nothing is public before the commit"
    body = canonical({"b": 1, "name": "居住证"})
    assert published.hash == hashlib.sha256(body).hexdigest()
    assert published.path == f"/public/items/1.{published.hash[:12]}.json"
    assert (root / "items" / "1.json").read_bytes() == body
    assert _index(root) == {"items/1": {"path": published.path, "hash": published.hash, "bytes": len(body)}}
    _check(root)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_written_for_a_transaction_that_fails(root: Path) -> None:
    with transaction.atomic():
        publish_document("a", {"x": 1})
        transaction.set_rollback(True)
    assert not root.exists()
    assert not PublishedDocument.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_new_version_moves_the_alias_and_keeps_the_old_file(root: Path) -> None:
    first = publish_document("a", {"x": 1})
    second = publish_document("a", {"x": 2})
    assert json.loads((root / "a.json").read_text()) == {"x": 2}
    assert json.loads((root / first.path.removeprefix("/public/")).read_text()) == {"x": 1}
    assert _index(root)["a"]["hash"] == second.hash
    back = publish_document("a", {"x": 1})
    assert back == first
    assert json.loads((root / "a.json").read_text()) == {"x": 1}
    assert PublishedDocument.objects.filter(key="a").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_again_changes_nothing(root: Path) -> None:
    publish_document("a", {"x": 1})
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    publish_document("a", {"x": 1})
    files.write_out()
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


@pytest.mark.django_db(transaction=True)
def test_a_retracted_document_leaves_the_index_and_its_alias(root: Path) -> None:
    published = publish_document("a", {"x": 1})
    publish_document("b", {"y": 1})
    retract_document("a")
    assert set(_index(root)) == {"b"}
    assert not list(root.glob("a.json*"))
    assert (root / published.path.removeprefix("/public/")).exists()
    retract_document("a")


class Killed(BaseException):
    """The process dies here."""


@pytest.fixture
def writes(monkeypatch: pytest.MonkeyPatch) -> dict[str, int]:
    """Dies before the n-th rename; counts them."""
    state = {"count": 0, "die_at": -1}
    replace = files._replace

    def counted(target: Path, body: bytes) -> None:
        if state["count"] == state["die_at"]:
            raise Killed
        state["count"] += 1
        replace(target, body)

    monkeypatch.setattr(files, "_replace", counted)
    return state


@pytest.mark.django_db(transaction=True)
def test_a_process_that_dies_anywhere_leaves_a_true_index(root: Path, writes: dict[str, int]) -> None:
    publish_document("a", {"x": 1})
    publish_document("b", {"y": 1})
    for step in range(40):
        writes |= {"count": 0, "die_at": step}
        try:
            publish_document("a", {"x": step + 2})
            finished = True
        except Killed:
            finished = False
        _check(root)
        writes["die_at"] = -1
        files.write_out()
        _check(root)
        assert json.loads((root / "a.json").read_text()) == {"x": step + 2}
        if finished:
            break
    assert finished, "more writes than expected"
    assert step >= 8, "each file must have been a place to die"


@pytest.mark.django_db(transaction=True)
def test_everything_can_be_made_again_from_the_table(root: Path) -> None:
    for number in range(3):
        publish_document(f"items/{number}", {"n": number})
    before = {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*.json")
        if path.name != "index.json"
    }
    for path in root.rglob("*"):
        if path.is_file():
            path.unlink()
    assert files.rebuild_all() == 3
    _check(root)
    after = {
        path.relative_to(root): path.read_bytes()
        for path in root.rglob("*.json")
        if path.name != "index.json"
    }
    assert after == before


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"documents": 1}'])
def test_a_damaged_index_is_replaced(root: Path, damage: bytes) -> None:
    publish_document("a", {"x": 1})
    (root / "index.json").write_bytes(damage)
    files.write_out()
    _check(root)
    assert set(_index(root)) == {"a"}


@pytest.mark.django_db(transaction=True)
def test_no_temporary_file_stays(root: Path) -> None:
    publish_document("a", {"x": 1})
    assert not list(root.rglob("*.tmp"))


def test_equal_values_have_equal_bytes_and_nan_is_refused() -> None:
    assert canonical({"b": 1, "a": "中"}) == canonical({"a": "中", "b": 1}) == '{"a":"中","b":1}'.encode()
    with pytest.raises(ValueError, match="JSON"):
        canonical({"a": float("nan")})


@pytest.mark.django_db(transaction=True)
def test_many_documents_of_one_transaction_are_written_once(
    root: Path, django_assert_max_num_queries: Any
) -> None:
    with transaction.atomic():
        for number in range(20):
            publish_document(f"d{number}", {"n": number})
        assert len(transaction.get_connection().run_on_commit) == 1
    assert len(_index(root)) == 20
    with django_assert_max_num_queries(6):
        files.write_out()


@pytest.mark.django_db(transaction=True)
def test_a_page_lies_beside_the_document_of_its_key(root: Path) -> None:
    publish_document("content/a", {"x": 1})
    published = publish_bytes("content/a", ".html", "<p>页面</p>".encode())
    assert (root / "content" / "a.html").read_text() == "<p>页面</p>"
    assert gzip.decompress((root / "content" / "a.html.gz").read_bytes()).decode() == "<p>页面</p>"
    assert published.path == f"/public/content/a.{published.hash[:12]}.html"
    assert (root / published.path.removeprefix("/public/")).exists()
    assert set(_index(root)) == {"content/a"}, "the app's index names documents only"
    assert set(json.loads((root / "pages.json").read_text())["documents"]) == {"content/a.html"}
    retract_document("content/a", ".html")
    assert not list((root / "content").glob("a.html*"))
    assert (root / "content" / "a.json").exists()


@pytest.mark.django_db(transaction=True)
def test_a_picture_is_not_compressed_again(root: Path) -> None:
    publish_bytes("card", ".png", b"\x89PNG")
    assert (root / "card.png").read_bytes() == b"\x89PNG"
    assert not list(root.glob("card*.gz"))


@pytest.mark.django_db(transaction=True)
def test_what_is_purged_answers_no_more_and_may_come_back(root: Path) -> None:
    first = publish_document("a", {"secret": 1})
    publish_document("a", {"gone": True})
    purge_versions("a")
    assert not list(root.glob(f"a.{first.hash[:12]}*"))
    assert bytes(PublishedDocument.objects.get(hash=first.hash).body) == b""
    assert json.loads((root / "a.json").read_text()) == {"gone": True}
    publish_document("a", {"secret": 1})
    assert json.loads((root / first.path.removeprefix("/public/")).read_text()) == {"secret": 1}
    files.write_out()
    assert (root / first.path.removeprefix("/public/")).exists()


@pytest.mark.django_db(transaction=True)
def test_a_public_copy_is_plain_and_is_taken_away_again(root: Path) -> None:
    paper = keep(b"%PDF-1.7 public", name="a.pdf", kind="content")
    published = publish_file(paper)
    copy = root / published.path.removeprefix("/public/")
    assert copy.read_bytes() == b"%PDF-1.7 public"
    assert published.path == f"/public/media/{published.hash[:24]}{paper.public_id[:8]}.pdf"
    assert publish_file(paper) == published
    copy.write_bytes(b"half")
    files.write_out()
    assert copy.read_bytes() == b"%PDF-1.7 public"
    retract_files([published.path])
    assert not copy.exists()
    publish_file(paper)
    assert copy.exists()


@pytest.mark.django_db(transaction=True)
def test_a_lost_file_keeps_nothing_else_from_being_published(root: Path) -> None:
    paper = keep(b"%PDF-1.7 lost", name="a.pdf", kind="content")
    with transaction.atomic():
        published = publish_file(paper)
        publish_document("a", {"x": 1})
        store().delete(paper.key)
    assert not (root / published.path.removeprefix("/public/")).exists()
    assert (root / "a.json").exists()


@pytest.mark.django_db
def test_what_could_run_is_never_made_public() -> None:
    page = keep(b"<script>", name="a.html", kind="content", mime="text/html")
    with pytest.raises(ValueError, match="text/html"):
        publish_file(page)
    assert not PublishedFile.objects.exists()
