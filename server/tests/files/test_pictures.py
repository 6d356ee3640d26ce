"""A picture of every kind is still that picture when it has been stored."""

import io
from collections.abc import Callable

import pytest
from files.samples import Upload
from PIL import Image, ImageDraw

from zhijian.core.errors import Problem
from zhijian.core.files import IMAGES, StoredFile, intake
from zhijian.core.files.checks import images, pixels

WIDTH, HEIGHT = 256, 64
DEEP = {"I", "I;16", "I;16B", "I;16L", "I;16N", "F"}


def ramp(top: int = 65_535, bottom: int = 0) -> Image.Image:
    """From dark on the left to light on the right, in whole numbers."""
    values = [bottom + (top - bottom) * x // (WIDTH - 1) for x in range(WIDTH)] * HEIGHT
    picture = Image.new("I", (WIDTH, HEIGHT))
    picture.putdata(values)
    return picture


def gradient(mode: str) -> Image.Image:
    """The ramp in ``mode``, over the whole range that the mode has."""
    if mode == "I":
        return ramp()
    if mode == "F":
        return ramp(255).convert("F")
    if mode.startswith("I;16"):
        deep = ramp().convert("I;16").tobytes()
        if mode == "I;16B":
            deep = b"".join(deep[at : at + 2][::-1] for at in range(0, len(deep), 2))
        return Image.frombytes(mode, (WIDTH, HEIGHT), deep)
    grey = ramp(255).convert("L")
    if mode == "LAB":
        flat = Image.new("L", grey.size, 128)
        return Image.merge("LAB", (grey, flat, flat))
    if mode == "HSV":
        return grey.convert("RGB").convert("HSV")
    if mode in {"La", "RGBa"}:
        return grey.convert("LA" if mode == "La" else "RGBA").convert(mode)
    if mode == "PA":
        return grey.convert("LA").convert("PA")
    return grey.convert("RGB").convert(mode) if mode in {"CMYK", "YCbCr", "RGBX"} else grey.convert(mode)


def middle_row(picture: Image.Image) -> list[int]:
    return list(picture.convert("L").crop((0, HEIGHT // 2, WIDTH, HEIGHT // 2 + 1)).get_flattened_data())


@pytest.mark.parametrize("mode", sorted(Image.MODES))
def test_a_gradient_of_every_mode_stays_a_gradient(mode: str) -> None:
    source = gradient(mode)
    plain = images._plain(source)
    assert plain.mode in {"1", "L", "RGB"}
    assert pixels.carries(pixels.view(source), pixels.view(plain))
    row = middle_row(plain)
    if mode == "1":  # dithered: lighter to the right, taken together
        assert sum(row[: WIDTH // 4]) < sum(row[-WIDTH // 4 :])
        return
    assert row == sorted(row)
    assert len(set(row)) >= (200 if mode not in {"P", "PA", "LAB"} else 100)
    assert row[0] <= 5
    assert row[-1] >= 250


@pytest.mark.parametrize("mode", sorted(DEEP - {"F"}))
@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_a_recording_of_fewer_bits_is_not_left_in_the_dark(mode: str, bits: int) -> None:
    deep = ramp((1 << bits) - 1)
    row = middle_row(images._plain(deep if mode == "I" else deep.convert("I;16")))
    assert (row[0], row[-1]) == (0, 255)
    assert len(set(row)) >= 200


@pytest.mark.parametrize(("bottom", "top"), [(-1000, 1000), (0, 1_000_000), (40_000, 40_300)])
def test_odd_ranges_keep_their_order(bottom: int, top: int) -> None:
    row = middle_row(images._plain(ramp(top, bottom)))
    assert row == sorted(row)
    assert len(set(row)) >= 100


def stored(picture: Image.Image, kind: str = "PNG", **options: object) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    file = intake(Upload(out.getvalue(), "a.png"), allowed=IMAGES, max_bytes=10 << 20, kind="case_material")
    shown = Image.open(io.BytesIO(file.read_preview()[0]))
    assert len(shown.convert("L").getcolors(256) or []) > 1
    return Image.open(io.BytesIO(file.read()))


def signature(ink: tuple[int, int, int]) -> Image.Image:
    paper = Image.new("RGBA", (120, 60), (0, 0, 0, 0))
    ImageDraw.Draw(paper).line([(10, 50), (60, 5), (110, 50)], fill=(*ink, 255), width=4)
    return paper


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ink", "ground"),
    [((0, 0, 0), 255), ((20, 30, 160), 255), ((200, 0, 0), 255), ((255, 255, 255), 51)],
)
def test_a_signature_on_nothing_lies_on_paper_where_it_can_be_read(
    ink: tuple[int, int, int], ground: int
) -> None:
    kept = stored(signature(ink)).convert("RGB")
    assert kept.getpixel((0, 0)) == (ground,) * 3
    assert kept.getpixel((60, 7)) == ink


@pytest.mark.django_db
@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_mode_of_png_is_stored_and_shown(mode: str) -> None:
    row = middle_row(stored(gradient(mode)))
    assert sum(row[: WIDTH // 4]) < sum(row[-WIDTH // 4 :])


@pytest.mark.django_db
def test_a_palette_with_a_clear_colour_lies_on_white() -> None:
    picture = signature((0, 0, 0)).convert("P")
    picture.putpixel((0, 0), picture.getpixel((1, 1)) or 0)
    clear = picture.getpixel((1, 1))
    assert stored(picture, transparency=clear).convert("L").getpixel((1, 1)) == 255


def animated(first_is_shown: bool) -> bytes:
    """An animated PNG whose still picture, for old programs, is or isn't its first one."""
    frames = [gradient("L").transpose(Image.Transpose.FLIP_LEFT_RIGHT), gradient("L")]
    out = io.BytesIO()
    frames[0].save(out, "PNG", save_all=True, append_images=frames[1:], default_image=not first_is_shown)
    return out.getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize("first_is_shown", [True, False])
def test_of_an_animated_picture_what_viewers_show_first_is_kept(first_is_shown: bool) -> None:
    file = intake(
        Upload(animated(first_is_shown), "a.png"), allowed=IMAGES, max_bytes=10 << 20, kind="case_material"
    )
    row = middle_row(Image.open(io.BytesIO(file.read())))
    assert row == sorted(row, reverse=first_is_shown)


LOSSES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "cut off at 255": lambda picture: picture.point(lambda value: value * 256).convert("L"),
    "black": lambda picture: Image.new("L", picture.size, 0),
    "half of it": lambda picture: Image.new("L", picture.size, 255),
    "another picture": lambda picture: gradient("L").rotate(90).resize(picture.size),
}


@pytest.mark.django_db
@pytest.mark.parametrize("loss", LOSSES)
def test_a_copy_that_lost_the_picture_is_not_stored(
    loss: str, stored_keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "eight_bit", LOSSES[loss])
    out = io.BytesIO()
    gradient("I;16").save(out, "PNG")
    with pytest.raises(Problem) as refusal:
        intake(Upload(out.getvalue(), "a.png"), allowed=IMAGES, max_bytes=10 << 20, kind="case_material")
    assert refusal.value.code == "files.picture_lost"
    assert not StoredFile.objects.exists()
    assert stored_keys == []


@pytest.mark.django_db
@pytest.mark.parametrize("step", ["_encode", "_preview"])
@pytest.mark.parametrize("loss", ["black", "half of it", "another picture"])
def test_a_photograph_that_a_copy_lost_is_not_stored(
    step: str, loss: str, stored_keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    make = getattr(images, step)
    monkeypatch.setattr(
        images, step, lambda picture, target: make(LOSSES[loss](picture.convert("L")), target)
    )
    out = io.BytesIO()
    gradient("RGB").resize((2048, 512)).save(out, "JPEG")
    with pytest.raises(Problem) as refusal:
        intake(Upload(out.getvalue(), "a.jpg"), allowed=IMAGES, max_bytes=10 << 20, kind="case_material")
    assert refusal.value.code == "files.picture_lost"
    assert stored_keys == []


@pytest.mark.parametrize("shade", [0, 1, 128, 254, 255])
def test_an_empty_page_is_no_loss(shade: int) -> None:
    page = Image.new("L", (300, 400), shade)
    checked = images.check(_png(page), images.PNG)
    assert Image.open(io.BytesIO(checked.content)).getextrema() == (shade, shade)


def test_a_small_mark_on_a_large_page_is_no_loss() -> None:
    page = Image.new("L", (2000, 3000), 250)
    ImageDraw.Draw(page).line([(900, 900), (960, 900)], fill=240, width=2)
    for kind, type_ in (("PNG", images.PNG), ("JPEG", images.JPG), ("WEBP", images.WEBP)):
        out = io.BytesIO()
        page.save(out, kind)
        assert images.check(out.getvalue(), type_).content


@pytest.mark.parametrize("step", ["_encode", "_preview"])
def test_a_small_mark_that_a_copy_lost_is_a_loss(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Image.new("L", (2000, 3000), 250)
    ImageDraw.Draw(page).line([(900, 900), (960, 900)], fill=200, width=2)
    make = getattr(images, step)
    monkeypatch.setattr(images, step, lambda picture, target: make(Image.new("L", picture.size, 250), target))
    out = io.BytesIO()
    page.save(out, "JPEG")
    with pytest.raises(Problem) as refusal:
        images.check(out.getvalue(), images.JPG)
    assert refusal.value.code == "files.picture_lost"


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()
