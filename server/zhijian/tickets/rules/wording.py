"""Texts: what people may write, and reply templates with variables. Pure."""

import re
from collections.abc import Mapping
from typing import Final

TITLE_MAX, BODY_MIN, BODY_MAX = 60, 5, 2000
MAX_PHOTOS = 9
VARIABLES: Final = ("编号", "标题", "部门", "电话", "日期", "办结期限")
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def unknown_variables(template: str) -> list[str]:
    """Names in braces that no reply can fill, in order."""
    return [name for name in _VARIABLE.findall(template) if name not in VARIABLES]


def fill(template: str, values: Mapping[str, str]) -> str:
    """``template`` with its variables filled in; a value that isn't known leaves the braces for the officer."""
    return _VARIABLE.sub(lambda found: values.get(found[1]) or found[0], template)
