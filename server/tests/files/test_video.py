"""Videos on their way in: whole boxes or nothing, and no word about where they were taken."""

import contextlib
import io
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhijian.core.files import VIDEOS, intake
from zhijian.core.files.checks import video
from zhijian.core.files.errors import DamagedFile, FileTooLarge, TypeNotAllowed
from zhijian.core.files.types import MP4, identify


def box(name: bytes, body: bytes = b"") -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def movie(moov: bytes = b"") -> bytes:
    head = box(b"mvhd", bytes(100))
    return box(b"ftyp", b"isom\0\0\2\0isomiso2avc1mp41") + box(b"moov", head + moov) + box(b"mdat", bytes(64))


def test_a_sound_video_is_kept_as_it_is() -> None:
    content = movie()
    assert identify(content) == MP4
    assert video.check(content).content == content


def test_the_place_of_recording_is_blanked_and_nothing_moves() -> None:
    private = box(b"udta", b"+31.2304+121.4737/") + box(b"trak", box(b"meta", b"My iPhone"))
    cleaned = video.check(movie(private)).content
    assert b"31.2304" not in cleaned
    assert b"iPhone" not in cleaned
    assert len(cleaned) == len(movie(private))
    assert cleaned.index(b"mdat") == movie(private).index(b"mdat")
    assert video.check(cleaned).content == cleaned


@pytest.mark.parametrize(
    "content",
    [
        movie()[:-10],
        movie() + b"\0",
        box(b"ftyp", b"isom"),
        box(b"mdat") + movie(),
        movie()[:40] + b"\xff" * 90,
    ],
)
def test_a_broken_video_is_refused(content: bytes) -> None:
    with pytest.raises(DamagedFile):
        video.check(content)


@given(st.binary(max_size=300), st.integers(0, 200))
def test_no_bytes_break_the_check(noise: bytes, at: int) -> None:
    whole = movie()
    with contextlib.suppress(DamagedFile):
        assert len(video.check(whole[:at] + noise + whole[at:]).content) == len(whole) + len(noise)


@pytest.mark.django_db
def test_a_video_is_taken_only_where_videos_are(tmp_path: object) -> None:
    def upload(content: bytes) -> io.BytesIO:
        stream = io.BytesIO(content)
        stream.name = "讲解.mp4"
        return stream

    stored = intake(upload(movie()), allowed=VIDEOS, max_bytes=10_000, kind="content")
    assert (stored.mime, stored.read()) == ("video/mp4", movie())
    with pytest.raises(FileTooLarge):
        intake(upload(movie()), allowed=VIDEOS, max_bytes=10, kind="content")
    with pytest.raises(TypeNotAllowed):
        intake(upload(b"\x1aE\xdf\xa3 webm"), allowed=VIDEOS, max_bytes=10_000, kind="content")
