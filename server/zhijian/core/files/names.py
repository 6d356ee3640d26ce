"""File names as people gave them, made harmless."""

import re
import unicodedata

_MAX = 100
# Not the unassigned and private ones: those are rare signs of names that this Python does not know yet.
_UNSEEN = {"Cc", "Cf", "Cs"}
_SEPARATORS = re.compile(r"[\\/]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def tidy(name: str, *, extension: str) -> str:
    """The last part of ``name`` without control, direction or reserved characters, ending in ``extension``."""
    base = _SEPARATORS.split(name)[-1]
    visible = "".join(letter for letter in base if unicodedata.category(letter) not in _UNSEEN)
    stem, dot, _ = _FORBIDDEN.sub("", visible).rpartition(".")
    stem = (stem if dot else _FORBIDDEN.sub("", visible)).strip(" .")[:_MAX]
    return f"{stem or '文件'}.{extension}"
