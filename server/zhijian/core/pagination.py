"""Keyset pages: stable while rows come and go, and as fast on page 1,000 as on page 1."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar, cast

from django.db.models import Field, Model, Q, QuerySet

from zhijian.core.errors import Invalid

M = TypeVar("M", bound=Model)


class BadCursor(Invalid):
    code = "core.bad_cursor"
    title = "翻页位置无效，请从第一页重新查看"


@dataclass(frozen=True)
class Page(Generic[M]):
    """``next_cursor`` is None on the last page."""

    items: list[M]
    next_cursor: str | None


def paginate(queryset: QuerySet[M], *, order: Sequence[str], cursor: str | None, size: int = 20) -> Page[M]:
    """One page in ``order`` (field names, ``-`` for descending, not null, the last one unique). One query.

    Raises :class:`BadCursor` for a cursor that this function did not make.
    """
    names = [name.lstrip("-") for name in order]
    if cursor:
        queryset = queryset.filter(_after(order, names, _decode(cursor, queryset.model, names)))
    rows = list(queryset.order_by(*order)[: size + 1])
    following = _encode([getattr(rows[size - 1], name) for name in names]) if len(rows) > size else None
    return Page(items=rows[:size], next_cursor=following)


def _after(order: Sequence[str], names: Sequence[str], values: Sequence[Any]) -> Q:
    condition, equal = Q(), Q()
    for name, field, value in zip(order, names, values, strict=True):
        comparison = "lt" if name.startswith("-") else "gt"
        condition |= equal & Q(**{f"{field}__{comparison}": value})
        equal &= Q(**{field: value})
    # The first field alone bounds the index scan; the rest settles ties.
    bound = "lte" if order[0].startswith("-") else "gte"
    return Q(**{f"{names[0]}__{bound}": values[0]}) & condition


def _encode(values: list[Any]) -> str:
    plain = [value.isoformat() if isinstance(value, date | datetime) else value for value in values]
    return base64.urlsafe_b64encode(json.dumps(plain).encode()).decode().rstrip("=")


def _decode(cursor: str, model: type[Model], names: Sequence[str]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        if not isinstance(values, list) or len(values) != len(names):
            raise ValueError(cursor)
        fields = [cast("Field[Any, Any]", model._meta.get_field(name)) for name in names]
        return [field.to_python(value) for field, value in zip(fields, values, strict=True)]
    except Exception as error:  # whatever a forged cursor makes a parser raise
        raise BadCursor from error
