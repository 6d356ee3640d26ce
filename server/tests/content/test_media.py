"""Files for articles: a picture has words, a video has captions, and nothing else is taken."""

import pytest
from content.factories import make_offices, make_people, movie, picture
from django.core.files.uploadedfile import SimpleUploadedFile

from zhijian.content import actions, errors
from zhijian.content.codes import MediaKind
from zhijian.content.models import Media
from zhijian.core.files.errors import DamagedFile, FileTooLarge, ImageTooLarge, TypeNotAllowed
from zhijian.organizations.models import Department, Staff

pytestmark = pytest.mark.django_db
People = dict[str, Staff]


@pytest.fixture
def offices() -> dict[str, Department]:
    return make_offices()


@pytest.fixture
def people(offices: dict[str, Department]) -> People:
    return make_people(offices)


def _give(
    people: People, office: Department, kind: MediaKind, content: bytes, name: str, **words: str
) -> Media:
    upload = SimpleUploadedFile(name, content)
    return actions.give_media(people["editor"].actor, department=office, kind=kind, upload=upload, **words)


def test_a_picture_without_words_is_refused(people: People, offices: dict[str, Department]) -> None:
    with pytest.raises(errors.AltMissing):
        _give(people, offices["police"], MediaKind.IMAGE, picture(), "a.png", alt=" ")
    assert not Media.objects.exists()


@pytest.mark.parametrize("captions", ["", "字幕", "WEBVTT\n\n00:02.000 --> 00:01.000\n倒"])
def test_a_video_without_captions_is_refused(
    people: People, offices: dict[str, Department], captions: str
) -> None:
    with pytest.raises(errors.CaptionsInvalid):
        _give(people, offices["police"], MediaKind.VIDEO, movie(), "a.mp4", captions=captions)
    assert not Media.objects.exists()


@pytest.mark.parametrize(
    ("kind", "content", "refusal"),
    [
        (MediaKind.IMAGE, b"<svg onload=alert(1)>", TypeNotAllowed),
        (MediaKind.IMAGE, picture()[:60], DamagedFile),
        (MediaKind.IMAGE, b"\x89PNG" + bytes(11 << 20), FileTooLarge),
        (MediaKind.DOCUMENT, picture(), TypeNotAllowed),
        (MediaKind.DOCUMENT, b"MZ\x90", TypeNotAllowed),
        (MediaKind.VIDEO, picture(), TypeNotAllowed),
    ],
)
def test_a_file_that_is_no_such_file_is_refused(
    people: People, offices: dict[str, Department], kind: MediaKind, content: bytes, refusal: type[Exception]
) -> None:
    words = {"alt": "图", "captions": "WEBVTT\n\n00:01.000 --> 00:02.000\n字"}
    with pytest.raises(refusal):
        _give(people, offices["police"], kind, content, "x", **words)
    assert not Media.objects.exists()


def test_a_picture_of_too_many_pixels_is_refused(
    people: People, offices: dict[str, Department], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zhijian.core.files.checks.images.MAX_PIXELS", 100)
    with pytest.raises(ImageTooLarge):
        _give(people, offices["police"], MediaKind.IMAGE, picture(), "a.png", alt="图")


def test_files_are_given_for_the_own_department_only(people: People, offices: dict[str, Department]) -> None:
    for who in ("other_editor", "reviewer", "operator"):
        with pytest.raises(errors.NotYourArticle):
            actions.give_media(
                people[who].actor,
                department=offices["police"],
                kind=MediaKind.IMAGE,
                upload=SimpleUploadedFile("a.png", picture()),
                alt="图",
            )
