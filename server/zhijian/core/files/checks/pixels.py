"""Pixels of every kind brought to eight bits on paper, and the proof that the picture came through.

Pure. A scanner's sixteen bits, a recording of twelve and a signature on nothing are all somebody's only copy: what
the officer sees must show what the file showed.
"""

from dataclasses import dataclass

from PIL import Image

WHITE, DARK = 255, 51
_WIDE = 65_535
NEAR = 256  # so many points a side show a picture well enough for a view
_SIDE = 32  # of the coarse view by which two pictures are compared
_TELLING = 8  # levels of 255; below that, rounding and compression say more than the picture
_ALIKE = 0.8


def is_deep(picture: Image.Image) -> bool:
    """More than eight bits a channel."""
    return picture.mode in {"I", "F"} or picture.mode.startswith("I;16")


def eight_bit(picture: Image.Image) -> Image.Image:
    """A deep picture as L: its whole range is kept, in order, never cut off at 255."""
    values = _numbers(picture)
    low, high = _extremes(values)
    bottom, top = _range(low, high, whole=picture.mode != "F")
    scale = 255 / (top - bottom) if top > bottom else 1.0
    offset = 0.5 - bottom * scale  # L is cut towards zero; this rounds
    return values.point(lambda value: value * scale + offset).convert("L")


def on_paper(picture: Image.Image) -> Image.Image:
    """Without transparency: laid on white, or on dark when what is drawn would vanish on white."""
    if picture.mode not in {"LA", "RGBA"}:
        return picture
    plain, alpha = picture.convert(picture.mode[:-1]), picture.getchannel("A")
    if alpha.getextrema() == (255, 255):
        return plain
    for ground in (WHITE, DARK):
        paper = Image.new(plain.mode, plain.size, ground if plain.mode == "L" else (ground,) * 3)
        paper.paste(plain, mask=alpha)
        if _spread(paper) >= _TELLING:
            return paper
    return plain  # the drawing differs from neither ground, so the transparency alone carries nothing to see


@dataclass(frozen=True, slots=True)
class View:
    """A picture from afar: the light of 32 × 32 places, and between which levels its single points lie.

    ``telling`` views differ enough from place to place; of those ``spread`` is what they differ.
    """

    light: list[float]
    spread: float

    @property
    def telling(self) -> bool:
        return _range_of(self.light) >= _TELLING


def view(picture: Image.Image) -> View:
    """By the picture's own numbers."""
    shown = _numbers(picture) if is_deep(picture) else on_paper(visible(picture))
    light = _coarse(_smaller(shown))
    if _range_of(light) >= _TELLING + 2:  # two: what rounding may have added
        return View(light, _range_of(light))
    return View(_coarse(shown), _spread(shown))


def carries(source: View, derived: View) -> bool:
    """Whether ``derived`` shows what ``source`` shows: as light and dark in the same places, and not flat."""
    if source.spread > 0 and derived.spread == 0:
        return False
    if not derived.telling:
        # Nearly flat from afar, as a page with one small mark: then the marks must be there when seen closely.
        return derived.spread >= min(source.spread, _TELLING) or _range_of(source.light) == 0
    return abs(_correlation(source.light, derived.light)) >= _ALIKE


def visible(picture: Image.Image) -> Image.Image:
    """With transparency as a channel of its own, in L, LA, RGB, RGBA or 1."""
    if "transparency" in picture.info or picture.mode in {"PA", "RGBa"}:
        return picture.convert("RGBA")
    if picture.mode == "La":
        return picture.convert("LA")
    return picture if picture.mode in {"1", "L", "LA", "RGB", "RGBA"} else picture.convert("RGB")


def _range(low: float, high: float, *, whole: bool) -> tuple[float, float]:
    """What becomes black and what white."""
    if whole:
        # PNG means the full sixteen bits; devices that record ten or twelve leave the upper ones unused.
        top = float(_WIDE if high >= _WIDE / 4 else max((1 << int(high).bit_length()) - 1, 255))
    else:
        top = 1.0 if high <= 1 else 255.0
    fits = low >= 0 and high <= top
    tells = fits and (high - low) * 255 / top >= 2
    return (0.0, top) if tells or low == high else (low, high)


def _numbers(picture: Image.Image) -> Image.Image:
    """One band as F, which every operation here takes."""
    if picture.mode.startswith("I;16"):
        picture = picture.convert("I")
    return picture if picture.mode == "F" else picture.convert("F")


def _extremes(picture: Image.Image) -> tuple[float, float]:
    low, high = picture.getextrema()
    return float(low), float(high)  # type: ignore[arg-type]  # one band here


def _spread(picture: Image.Image) -> float:
    bands = picture.getextrema()
    pairs = bands if isinstance(bands[0], tuple) else (bands,)
    return max(float(high) - float(low) for low, high in pairs)


def _range_of(light: list[float]) -> float:
    return max(light) - min(light)


def _smaller(picture: Image.Image) -> Image.Image:
    """Averaged to a size that a view is quickly taken of."""
    plain = picture.convert("L") if picture.mode == "1" else picture
    return plain.reduce(max(min(plain.size) // NEAR, 1))


def _coarse(picture: Image.Image) -> list[float]:
    grey = _numbers(picture if is_deep(picture) else picture.convert("L"))
    small = grey.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    return [float(value) for value in small.get_flattened_data()]  # type: ignore[arg-type]  # one band


def _correlation(one: list[float], other: list[float]) -> float:
    mean_one, mean_other = sum(one) / len(one), sum(other) / len(other)
    pairs = [(a - mean_one, b - mean_other) for a, b in zip(one, other, strict=True)]
    product = sum(a * b for a, b in pairs)
    lengths = sum(a * a for a, _ in pairs) * sum(b * b for _, b in pairs)
    return product / lengths**0.5 if lengths else 0.0
