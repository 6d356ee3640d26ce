"""Autosave of a form: what is kept as it was typed, and what is refused before it is stored."""

from collections.abc import Collection, Mapping
from typing import Any

from zhijian.core.errors import FieldError


def merged(stored: Mapping[str, Any], given: Mapping[str, Any]) -> dict[str, Any]:
    """``stored`` with the top-level fields of ``given`` put in; null takes a field out."""
    together = {**stored, **given}
    return {name: value for name, value in together.items() if value is not None}


def unknown(given: Mapping[str, Any], known: Collection[str]) -> list[FieldError]:
    """Fields that the form does not have. A phone that sends them shows another form than the case's."""
    return [
        FieldError(f"/{str(name)[:40]}", "unknown_field", "表单中没有这一项，请刷新页面后重试")
        for name in given
        if name not in known
    ][:20]
