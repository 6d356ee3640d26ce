"""The correction composer: exactly what the notice may name, with what was ticked and typed before a refusal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from zhijian.cases.console.answers import Section
from zhijian.catalog.spec import Material
from zhijian.core.errors import Problem


@dataclass(frozen=True, slots=True)
class Choice:
    """One field or material that can be ticked. ``id`` is unique on the page."""

    id: str
    key: str
    label: str
    checked: bool
    words: str
    error: str


@dataclass(frozen=True, slots=True)
class Correctable:
    fields: list[Choice]
    materials: list[Choice]


def correctable(
    form: Sequence[Section],
    materials: Sequence[Material],
    *,
    data: QueryDict | None = None,
    problem: Problem | None = None,
) -> Correctable:
    errors = {fault.path: fault.message for fault in problem.fields} if problem else {}
    rows = [(row.pointer, row.label) for section in form for row in section.rows]
    return Correctable(
        fields=_choices("field", rows, data, errors),
        materials=_choices("material", [(one.code, one.name) for one in materials], data, errors),
    )


def _choices(
    kind: str, rows: Sequence[tuple[str, str]], data: QueryDict | None, errors: Mapping[str, str]
) -> list[Choice]:
    ticked = data.getlist(kind) if data else []
    return [
        Choice(
            id=f"{kind}-{place}",
            key=key,
            label=label,
            checked=key in ticked,
            words=data.get(f"words:{key}", "") if data else "",
            # The action names a fault by its place among the ticked ones.
            error=errors.get(f"/{kind}s/{ticked.index(key)}", "") if key in ticked else "",
        )
        for place, (key, label) in enumerate(rows)
    ]
