"""Photographs and scans: decoded within limits and encoded anew, so that nothing but the picture is kept."""

import io
import threading
import warnings
from contextlib import suppress

import pillow_heif
from PIL import Image, ImageCms, ImageOps

from zhijian.core.files.checks.outcome import Checked
from zhijian.core.files.errors import DamagedFile, ImageTooLarge
from zhijian.core.files.types import HEIC, JPG, PNG, WEBP, FileType

pillow_heif.register_heif_opener()

MAX_PIXELS = 50_000_000  # the largest photograph of a telephone; an A4 scan of 600 dpi has 35 million
PREVIEW_SIDE = 1600
_FORMATS = {JPG: "JPEG", PNG: "PNG", WEBP: "WEBP", HEIC: "HEIF"}
_SAVE: dict[FileType, dict[str, object]] = {
    JPG: {"quality": 90, "optimize": True},
    PNG: {"optimize": False},
    WEBP: {"quality": 90, "method": 2},
}
_MODES = {"1", "L", "LA", "RGB", "RGBA"}
# A decoded photograph takes up to 200 MB: few at a time, however many requests there are.
_decoding = threading.BoundedSemaphore(2)


def check(content: bytes, found: FileType) -> Checked:
    target = JPG if found == HEIC else found
    with _decoding:
        picture = _decode(content, found)
        return Checked(_encode(picture, target), target, preview=_preview(picture))


def _decode(content: bytes, found: FileType) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of large and odd pictures; we decide below
            opened = Image.open(io.BytesIO(content), formats=[_FORMATS[found]])
            if opened.width * opened.height > MAX_PIXELS:
                raise _too_large()
            opened.load()
            return _plain(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as error:  # far beyond our own limit, refused by Pillow on opening
        raise _too_large() from error
    except (OSError, ValueError, SyntaxError, EOFError, IndexError) as error:
        raise DamagedFile() from error


def _too_large() -> ImageTooLarge:
    return ImageTooLarge(f"图片最多 {MAX_PIXELS // 10_000} 万像素。")


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels alone: in sRGB, in a mode that every format here can hold, with no metadata left."""
    profile = picture.info.get("icc_profile")
    if picture.mode not in _MODES:
        transparent = "transparency" in picture.info or picture.mode in {"PA", "La", "RGBa"}
        picture = picture.convert("RGBA" if transparent else "RGB")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # an odd profile costs exact colours, not the upload
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, source, target, outputMode=picture.mode) or picture
    bare = picture.copy()
    bare.info = {}
    return bare


def _encode(picture: Image.Image, target: FileType) -> bytes:
    if target == JPG and picture.mode not in {"L", "RGB"}:
        picture = picture.convert("RGB")
    out = io.BytesIO()
    picture.save(out, _FORMATS[target], **_SAVE[target])
    return out.getvalue()


def _preview(picture: Image.Image) -> bytes:
    small = picture.convert("RGBA" if picture.mode in {"LA", "RGBA"} else "RGB")
    small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    out = io.BytesIO()
    small.save(out, "WEBP", quality=80, method=2)
    return out.getvalue()
