"""People's names as registers hold them and keyboards give them. Pure.

Which names there are only the register knows. Here a name gets the one way of writing that registers use, and is
refused only when no register can hold it. Ideographs are never folded into others: 﨑 and 崎 are two names.
"""

import re
import unicodedata
from typing import Final

LONGEST: Final = 100
"""Registers of foreigners' permanent residence hold the longest names."""
_DOTS: Final = "·•‧・･∙⋅●⸱᛫ꞏ․﹒．.｡"
_FROM_WIDE: Final = {wide: wide - 0xFEE0 for wide in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_LIKE_SIGNS: Final = {
    **dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"), "-"),
    **dict.fromkeys(map(ord, "`\u00b4\u02bc\u2018\uff07"), "'"),
}
"""What keyboards give for the hyphen and the apostrophe of a Latin name."""
_SELECTORS = re.compile("[\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DOT_RUN = re.compile(rf"\s*[{re.escape(_DOTS)}]+\s*")
_IN_LATIN: Final = " '’-.,·"
_ZERO: Final = "〇"  # a number by its category, a letter in household registers
_PADDED: Final = 4
"""A Chinese name of up to four letters is spaced to fill a box (张　三); in a longer one the space is its dot."""


def person(text: str) -> str:
    """A name in the way that registers write it; "" when no register can hold such a name."""
    seen = "".join(
        sign for sign in _SELECTORS.sub("", text) if unicodedata.category(sign) not in {"Cc", "Cf"}
    )
    name = " ".join(seen.translate(_FROM_WIDE).translate(_LIKE_SIGNS).split())
    if any(map(_ideograph, name)):
        name = _chinese(name)
    return name if 0 < len(name) <= LONGEST and any(map(_letter, name)) and all(map(_holds, name)) else ""


def _chinese(name: str) -> str:
    name = _DOT_RUN.sub("·", name).strip("·")
    parts = name.split(" ")
    own_dot = len(parts) > 1 and min(map(len, parts)) > 1 and sum(map(len, parts)) > _PADDED
    if all(_ideograph(sign) or sign == "·" for part in parts for sign in part):
        return ("·" if own_dot else "").join(parts)
    return name


def _ideograph(sign: str) -> bool:
    """Also of planes that this Python doesn't know yet, and private ones, which old registers really use."""
    return (
        "\u3400" <= sign <= "\u9fff"
        or "\uf900" <= sign <= "\ufaff"
        or "\ue000" <= sign <= "\uf8ff"
        or "\u2e80" <= sign <= "\u2fdf"
        or sign == _ZERO
        or "\U00020000" <= sign <= "\U0003ffff"
        or sign >= "\U000f0000"
    )


def _letter(sign: str) -> bool:
    return _ideograph(sign) or unicodedata.category(sign)[0] == "L"


def _holds(sign: str) -> bool:
    return _letter(sign) or unicodedata.category(sign)[0] == "M" or sign in _IN_LATIN
