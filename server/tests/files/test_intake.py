"""What is taken, what is refused, and what is left of it."""

import hashlib
import io
from collections.abc import Callable

import pytest
from django.test import override_settings
from files import samples
from files.samples import Upload
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from zhijian.core.errors import Problem
from zhijian.core.files import DOCUMENTS, IMAGES, MATERIALS, StoredFile, discard, intake, keep, sealed
from zhijian.core.files.types import FileType

pytestmark = pytest.mark.django_db
MB = 1 << 20


def take(
    content: bytes,
    name: str = "材料.pdf",
    *,
    allowed: frozenset[FileType] = MATERIALS,
    max_bytes: int = 10 * MB,
) -> StoredFile:
    return intake(Upload(content, name), allowed=allowed, max_bytes=max_bytes, kind="case_material")


TAKEN: dict[str, tuple[Callable[[], bytes], str]] = {
    "jpg": (lambda: samples.image("JPEG"), "jpg"),
    "jpg for print": (lambda: samples.image("JPEG", mode="CMYK"), "jpg"),
    "grey jpg": (lambda: samples.image("JPEG", mode="L"), "jpg"),
    "png": (lambda: samples.image("PNG", mode="RGBA"), "png"),
    "png with palette": (lambda: samples.image("PNG", mode="P"), "png"),
    "png of 16 bits": (lambda: samples.image("PNG", mode="I;16"), "png"),
    "fax": (lambda: samples.image("PNG", mode="1"), "png"),
    "webp": (lambda: samples.image("WEBP", mode="RGBA"), "webp"),
    "photograph of an iPhone": (lambda: samples.image("HEIF"), "jpg"),
    "pdf": (lambda: samples.pdf(3), "pdf"),
    "pdf with byte order mark": (lambda: b"\xef\xbb\xbf" + samples.pdf(), "pdf"),
    "word": (samples.docx, "docx"),
    "excel": (samples.xlsx, "xlsx"),
}
MIMES = {kind.extension: kind.mime for kind in MATERIALS}


@pytest.mark.parametrize("case", TAKEN)
def test_takes_what_people_have_and_names_it_by_its_content(case: str) -> None:
    make, extension = TAKEN[case]
    stored = take(make(), "租房合同.exe")
    assert (stored.mime, stored.name) == (MIMES[extension], f"租房合同.{extension}")
    assert stored.size == len(stored.read()) > 0


REFUSED: dict[str, dict[str, Callable[[], bytes]]] = {
    "files.empty": {"no bytes": lambda: b""},
    "files.type_not_allowed": {
        "windows program named pdf": lambda: samples.WINDOWS_PROGRAM,
        "linux program": lambda: samples.ELF,
        "word of before 2007": lambda: samples.OLD_WORD,
        "plain words": lambda: b"plain words",
        "web page": lambda: b"<html><script>alert(1)</script></html>",
        "picture in svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        "archive": lambda: samples.zipped({"a.txt": "x"}),
        "gif": lambda: samples.image("GIF", mode="P"),
    },
    "files.damaged": {
        "jpg without its end": lambda: samples.image("JPEG", (600, 600))[:-300],
        "head of a jpg": lambda: samples.image("JPEG")[:40],
        "png without its end": lambda: samples.image("PNG", (600, 600))[:-60],
        "head of a pdf": lambda: samples.pdf(2)[:300],
        "program behind a pdf's head": lambda: b"%PDF-1.7\n" + samples.WINDOWS_PROGRAM,
        "pdf of nothing": lambda: b"%PDF-1.7\n%%EOF",
        "pdf without pages": lambda: samples.pdf(0),
        "word without its end": lambda: samples.docx()[:-30],
        "word without its list of types": lambda: samples.zipped({"word/document.xml": "<w/>"}),
        "word of broken markup": lambda: samples.docx(word__document_dot_xml="<w:document>"),
        "zip that lies about its size": samples.lying_zip,
    },
    "files.image_too_large": {"900 million pixels": samples.pixel_bomb},
    "files.too_large": {"pdf of 501 pages": lambda: samples.pdf(501)},
    "files.locked": {"pdf with password": lambda: samples.pdf(password="123")},
    "files.dangerous": {
        "pdf with script": lambda: samples.pdf(script=True),
        "pdf that launches": lambda: samples.pdf(launch=True),
        "pdf with script on a link": lambda: samples.pdf(annotation=True),
        "word with macro": lambda: samples.docx(word__vbaProject_dot_bin=b"macro"),
        "word with program": lambda: samples.docx(word__embeddings__a_dot_exe=samples.WINDOWS_PROGRAM),
        "word in word": lambda: samples.docx(word__embeddings__inner_dot_docx=samples.docx()),
        "zip bomb by density": lambda: samples.docx(word__media__a_dot_bin=bytes(30 * MB)),
        "zip bomb by size": lambda: samples.docx(word__media__a_dot_bin=bytes(101 * MB)),
        "zip bomb by entries": lambda: samples.docx(**{f"word__m{n}_dot_xml": b"" for n in range(2001)}),
        "path out of the archive": lambda: samples.zipped({"../../x": "", "word/document.xml": ""}),
        "entity expansion": lambda: samples.docx(word__x_dot_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    },
}


@pytest.mark.parametrize(
    ("code", "case"), [(code, case) for code, cases in REFUSED.items() for case in cases]
)
def test_refuses_with_words_and_stores_nothing(code: str, case: str, stored_keys: list[str]) -> None:
    with pytest.raises(Problem) as refusal:
        take(REFUSED[code][case]())
    assert refusal.value.code == code
    assert "请" in refusal.value.title  # says what to do
    assert not StoredFile.objects.exists()
    assert stored_keys == []


def test_what_the_place_does_not_allow_is_refused_with_what_it_does() -> None:
    with pytest.raises(Problem) as refusal:
        take(samples.docx(), allowed=IMAGES)
    assert refusal.value.code == "files.type_not_allowed"
    assert "JPG 图片" in refusal.value.detail
    assert "Word" not in refusal.value.detail
    with pytest.raises(Problem):
        take(samples.image(), allowed=DOCUMENTS)


def test_stops_reading_soon_after_the_limit() -> None:
    upload = samples.Endless()
    with pytest.raises(Problem) as refusal:
        intake(upload, allowed=MATERIALS, max_bytes=MB, kind="case_material")
    assert refusal.value.code == "files.too_large"
    assert refusal.value.status == 413
    assert "1 MB" in refusal.value.detail
    assert upload.taken <= MB + 65536


def test_limit_itself_is_allowed() -> None:
    content = samples.pdf()
    assert take(content, max_bytes=len(content)).size == len(content)
    with pytest.raises(Problem):
        take(content, max_bytes=len(content) - 1)


def test_photograph_is_turned_upright_and_keeps_no_place_or_device() -> None:
    content = take(samples.photograph(orientation=6), "IMG_1.jpg").read()
    picture = Image.open(io.BytesIO(content))
    assert picture.size == (40, 80)
    red = picture.convert("RGB").getpixel((20, 10))
    assert isinstance(red, tuple)
    assert red[0] > 200 > 60 > red[2]
    assert not picture.getexif()
    for secret in (b"Exif", b"SecretPhone", b"home of the owner", b"GPS"):
        assert secret not in content


def test_a_large_photograph_and_its_preview_keep_no_place_or_device() -> None:
    stored = take(samples.photograph(orientation=6, size=(2000, 1000)), "IMG_1.jpg")
    for content in (stored.read(), stored.read_preview()[0]):
        picture = Image.open(io.BytesIO(content))
        assert picture.height == 2 * picture.width
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        for secret in (b"Exif", b"SecretPhone", b"home of the owner", b"GPS"):
            assert secret not in content
    assert stored.preview_key


def test_what_hides_behind_a_picture_is_gone() -> None:
    content = take(samples.image("PNG") + b"PK\x03\x04 hidden archive", "a.png").read()
    assert b"hidden" not in content


def test_preview_is_small_and_a_picture() -> None:
    data, mime = take(samples.image("JPEG", (4000, 1000)), "a.jpg").read_preview()
    assert mime == "image/jpeg"
    assert Image.open(io.BytesIO(data)).size == (1600, 400)


def test_preview_of_a_camera_is_averaged_by_a_whole_number() -> None:
    data, _ = take(samples.image("JPEG", (4000, 3000)), "a.jpg").read_preview()
    assert Image.open(io.BytesIO(data)).size == (1334, 1000)


def test_small_photograph_is_its_own_preview() -> None:
    stored = take(samples.image("JPEG", (1600, 900)), "a.jpg")
    assert stored.preview_key is None
    assert stored.read_preview() == (stored.read(), "image/jpeg")


def test_preview_made_as_webp_is_still_shown() -> None:
    stored = take(samples.image("PNG"), "a.png")
    sealed.write(str(stored.preview_key), samples.image("WEBP"))
    data, mime = stored.read_preview()
    assert (data[:4], mime) == (b"RIFF", "image/webp")


def test_document_is_its_own_preview() -> None:
    stored = take(samples.pdf(2))
    assert stored.pages == 2
    assert stored.read_preview() == (stored.read(), "application/pdf")


def test_equal_files_are_known_by_a_digest_that_cannot_be_guessed() -> None:
    content = samples.pdf()
    first, second = take(content), take(content)
    assert first.digest == second.digest != hashlib.sha256(content).hexdigest()
    assert first.key != second.key


def test_discard_waits_for_the_commit(
    stored_keys: list[str], django_capture_on_commit_callbacks: object
) -> None:
    stored = take(samples.image("PNG"), "a.png")
    with django_capture_on_commit_callbacks() as callbacks:  # type: ignore[operator]
        discard(stored)
    assert len(stored_keys) == 2
    for callback in callbacks:
        callback()
    assert not stored_keys


def test_own_documents_are_kept_as_they_are() -> None:
    stored = keep(b"%PDF-own", name="收件凭证.pdf", kind="receipt", pages=1)
    assert (stored.read(), stored.mime, stored.pages) == (b"%PDF-own", "application/pdf", 1)


FILE_PROBLEMS = set(REFUSED)


def outcome(content: bytes) -> str:
    try:
        take(content)
    except Problem as problem:
        return problem.code
    return "taken"


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(
        [b"", b"%PDF-1.7\n", b"PK\x03\x04word/document.xml", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"]
    ),
    st.binary(max_size=400),
)
def test_any_bytes_give_a_file_or_a_problem(head: bytes, body: bytes) -> None:
    assert outcome(head + body) in {"taken"} | FILE_PROBLEMS


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_changed_byte_gives_a_file_or_a_problem(data: st.DataObject) -> None:
    whole = bytearray(data.draw(st.sampled_from([samples.pdf(2), samples.docx(), samples.photograph()])))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    assert outcome(bytes(whole)) in {"taken"} | FILE_PROBLEMS


@override_settings(FILES_URL="file:///nowhere/at/all")
def test_file_that_the_store_lost_is_a_clear_refusal() -> None:
    with pytest.raises(Problem) as refusal:
        StoredFile(key="a" * 32).read()
    assert (refusal.value.code, refusal.value.status) == ("files.missing", 503)
