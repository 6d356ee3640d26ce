"""One value ↔ one cell. Readers raise ValueError with a Chinese reason."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from pydantic import BaseModel

from zhijian.catalog import codes
from zhijian.core.dates import read_day

Write = Callable[[Any], str | int | float | None]
Read = Callable[[Any], Any]

_PART = "｜"
_EXACT = 10**15  # spreadsheets keep fifteen digits of a number, and codes have more
_LIST = "、"
# The standard's own short words, beside the full labels.
_SHORT: dict[type[TextChoices], dict[str, str]] = {
    codes.ItemKind: dict(
        zip(
            ["许可", "处罚", "强制", "征收", "给付", "检查", "确认", "奖励", "裁决", "其他"],
            codes.ItemKind.values[:10],
            strict=True,
        )
    ),
    codes.Level: dict(zip(["国家", "省", "市", "县", "镇", "村"], codes.Level.values, strict=True)),
    codes.Audience: dict(
        zip(["自然人", "企业", "事业", "社会组织", "行政机关", "其他"], codes.Audience.values, strict=True)
    ),
    codes.Channel: dict(zip(["窗口", "电脑端", "移动端", "快递", "其他"], codes.Channel.values, strict=True)),
    codes.SpecialProcedure: {"延长": "1", "其他": "2"},
}


@dataclass(frozen=True, slots=True)
class Kind:
    """How a column's values are written and read. An empty cell is never read: it means not stated."""

    write: Write
    read: Read


def plain(value: Any) -> str:
    """A cell as text: numbers without .0, dates as ISO, no surrounding spaces."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float) and abs(value) >= _EXACT:
        raise ValueError("在表格里是数字，超过 15 位的部分已经丢失，请把这一格设为文本格式后重新填写")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    return str(value).strip()


def _read_number(value: Any) -> int:
    try:
        return int(plain(value))
    except ValueError:
        raise ValueError("请填写整数") from None


def _read_flag(value: Any) -> bool:
    words = {"是": True, "否": False, "true": True, "false": False, "1": True, "0": False}
    text = plain(value).lower()
    if text not in words:
        raise ValueError("请填写“是”或“否”")
    return words[text]


def _read_date(value: Any) -> str:
    if isinstance(value, datetime | date):
        return plain(value)
    try:
        return read_day(plain(value)).isoformat()
    except ValueError:
        raise ValueError("请填写日期，例如 2024-05-01") from None


def _read_amount(value: Any) -> str:
    try:
        return str(Decimal(plain(value)))
    except ArithmeticError:
        raise ValueError("请填写金额，例如 20 或 20.50") from None


TEXT = Kind(write=lambda value: value or None, read=plain)
NUMBER = Kind(write=lambda value: value, read=_read_number)
FLAG = Kind(write=lambda value: "是" if value else "否", read=_read_flag)
DATE = Kind(write=lambda value: value, read=_read_date)
AMOUNT = Kind(write=lambda value: None if value is None else str(value), read=_read_amount)


def choice(table: type[TextChoices]) -> Kind:
    """A code: written as its word, read from code, word or the standard's short word."""
    known = {**_SHORT.get(table, {}), **{str(member.label): member.value for member in table}}
    known |= {member.value: member.value for member in table}

    def read(value: Any) -> str:
        text = plain(value)
        # 01 typed into a number cell arrives as 1.
        padded = text.zfill(2) if text.isdigit() and text not in known else text
        if padded not in known:
            words = "、".join(f"{member.value} {member.label}" for member in table)
            raise ValueError(f"没有“{text[:20]}”这个值，可填：{words}")
        return known[padded]

    return Kind(write=lambda value: str(table(value).label) if value else None, read=read)


def choices(table: type[TextChoices]) -> Kind:
    one = choice(table)

    def read(value: Any) -> list[str]:
        text = plain(value)
        for mark in "，,；;\n":
            text = text.replace(mark, _LIST)
        return [one.read(part) for part in text.split(_LIST) if part.strip()]

    return Kind(write=lambda values: _LIST.join(str(one.write(value)) for value in values) or None, read=read)


LINES = Kind(
    write=lambda values: "\n".join(_escape(value) for value in values) or None,
    read=lambda value: [_unescape(line) for line in plain(value).split("\n") if line.strip()],
)

KEYS = Kind(
    write=lambda values: _LIST.join(values) or None,
    read=lambda value: [
        part.strip()
        for part in plain(value).replace("，", _LIST).replace(",", _LIST).split(_LIST)
        if part.strip()
    ],
)


def records(model: type[BaseModel]) -> Kind:
    """A list of small records: one a line, its fields between ｜, what is empty at the end left out."""
    names = list(model.model_fields)

    def write(rows: Any) -> str | None:
        lines = []
        for row in rows:
            parts = [_escape(str(row.get(name) or "")) for name in names]
            while len(parts) > 1 and not parts[-1]:
                parts.pop()
            lines.append(_PART.join(parts))
        return "\n".join(lines) or None

    def read(value: Any) -> list[dict[str, str]]:
        rows = []
        for line in plain(value).split("\n"):
            if not line.strip():
                continue
            parts = [_unescape(part) for part in _split(line)]
            if len(parts) > len(names):
                raise ValueError(f"每行最多 {len(names)} 段，用“{_PART}”隔开")
            rows.append(dict(zip(names, parts, strict=False)))
        return rows

    return Kind(write=write, read=read)


def _read_json(value: Any) -> Any:
    try:
        return json.loads(plain(value))
    except ValueError:
        raise ValueError("不是正确的 JSON，请检查引号、逗号和括号") from None


JSON = Kind(
    write=lambda value: json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None,
    read=_read_json,
)


def _escape(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace(_PART, "\\" + _PART)


def _unescape(text: str) -> str:
    made, characters = [], iter(text.strip())
    for character in characters:
        if character != "\\":
            made.append(character)
            continue
        following = next(characters, "")
        made.append({"n": "\n", "r": "\r"}.get(following, following))
    return "".join(made)


def _split(line: str) -> list[str]:
    """At each ｜ that no backslash precedes."""
    parts, current, escaped = [], "", False
    for character in line:
        if character == _PART and not escaped:
            parts.append(current)
            current = ""
            continue
        current += character
        escaped = character == "\\" and not escaped
    return [*parts, current]
