"""Texts: what people may write, and reply templates with variables. Pure."""

import re
from collections.abc import Mapping
from typing import Final

TITLE_MAX, BODY_MIN, BODY_MAX = 60, 5, 2000
MAX_PHOTOS = 9
VARIABLES: Final = ("编号", "标题", "部门", "电话", "日期", "办结期限")
_VARIABLE = re.compile(r"\{([^{}]*)\}")
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def tidy(text: str) -> str:
    """Without control and direction characters. Markup stays what it is: text, escaped wherever it is shown."""
    return _UNSEEN.sub("", text.replace("\r\n", "\n")).strip()


def unknown_variables(template: str) -> list[str]:
    """Names in braces that no reply can fill, in order."""
    return [name for name in _VARIABLE.findall(template) if name not in VARIABLES]


def fill(template: str, values: Mapping[str, str]) -> str:
    """``template`` with its variables filled in; a value that isn't known leaves the braces for the officer."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], template)
