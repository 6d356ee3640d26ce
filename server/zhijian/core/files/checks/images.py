"""Photographs and scans: decoded within limits and encoded anew, so that nothing but the picture is kept.

The original holds places, devices and whatever else was written into it, so it is never stored. It stays in hand until
the copy, decoded again as an officer's viewer will decode it, has been proven to show the same picture; a copy that
does not is refused in words while the person still has the original.
"""

import io
import threading
import warnings
from contextlib import suppress

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.checks.pixels import NEAR, View, carries, eight_bit, is_deep, on_paper, view, visible
from zhijian.core.files.errors import DamagedFile, ImageTooLarge, PictureLost
from zhijian.core.files.types import HEIC, JPG, PNG, WEBP, FileType

pillow_heif.register_heif_opener()

MAX_PIXELS = 50_000_000  # the largest photograph of a telephone; an A4 scan of 600 dpi has 35 million
PREVIEW_SIDE = 1600
_LARGE = 8_000_000  # pixels, from which a preview is averaged instead of resampled
_FORMATS = {JPG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
_SAVE: dict[FileType, dict[str, object]] = {
    JPG: {"quality": 90},
    PNG: {"optimize": False},
    WEBP: {"quality": 90, "method": 2},
}
# A decoded photograph takes up to 200 MB: few at a time, however many requests there are.
_decoding = threading.BoundedSemaphore(2)


def check(content: bytes, found: FileType) -> Checked:
    target = JPG if found == HEIC else found
    with _decoding:
        source = _decode(content, found)
        sent = view(source)
        picture = _plain(source)
        checked = Checked(_encode(picture, target), target, preview=_preview(picture, target))
        _prove(sent, checked)
        return checked


def _decode(content: bytes, found: FileType) -> Image.Image:
    """The pixels as they were sent, upright."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large and odd pictures; we decide below
            opened = Image.open(io.BytesIO(content), formats=[_FORMATS[found]])
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large()
            if getattr(opened, "default_image", False):  # a stand-in for programs that cannot show animations
                opened.seek(1)
            opened.load()
            ImageOps.exif_transpose(opened, in_place=True)
            return opened
    except Image.DecompressionBombError as error:  # far beyond our own limit, refused by Pillow on opening
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise DamagedFile() from error


def _too_large() -> ImageTooLarge:
    return ImageTooLarge(f"图片最多 {MAX_PIXELS // 10_000} 万像素。")


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels alone: in sRGB, eight bits, on paper, in a mode that every format here can hold.

    A photograph that is all this already is not copied: it loses what it told beside its pixels.
    """
    plain = on_paper(eight_bit(picture) if is_deep(picture) else _in_srgb(picture))
    plain.info = {}
    return plain


def _in_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    plain = picture if profile and picture.mode == "CMYK" else visible(picture)
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # an odd profile costs exact colours, not the upload
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "RGB" if plain.mode == "CMYK" else plain.mode
            plain = (
                ImageCms.profileToProfile(plain, source, ImageCms.createProfile("sRGB"), outputMode=mode)
                or plain
            )
    return visible(plain)


def _prove(sent: View, checked: Checked) -> None:
    """Raises PictureLost unless both what is stored and what is previewed show what was sent."""
    for copy in (checked.content, checked.preview):
        if copy is not None and not carries(sent, _seen_again(copy)):
            raise PictureLost()


def _seen_again(copy: bytes) -> View:
    """As a viewer decodes it. A JPEG is read whole but drawn small, unless there is nothing to see from afar."""
    with Image.open(io.BytesIO(copy)) as small:
        small.draft("L", (NEAR, NEAR))
        found = view(small)
    if found.telling:
        return found
    with Image.open(io.BytesIO(copy)) as whole:
        return view(whole)


def _encode(picture: Image.Image, target: FileType) -> bytes:
    out = io.BytesIO()
    picture.save(out, _FORMATS[target], **_SAVE[target])
    return out.getvalue()


def _preview(picture: Image.Image, target: FileType) -> bytes | None:
    """A smaller JPEG; None for a JPEG that is small itself."""
    side = max(picture.size)
    if side <= PREVIEW_SIDE and target == JPG:
        return None
    small = picture.convert("L") if picture.mode == "1" else picture
    if picture.width * picture.height > _LARGE:
        small = small.reduce(-(-side // PREVIEW_SIDE))  # a whole number: a fifth of the time
    else:
        small = small.copy()
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()
