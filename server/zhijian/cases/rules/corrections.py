"""One-time notice of correction 一次性告知补正: it may name only what the published guide asks for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from zhijian.core.errors import FieldError


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to correct: ``key`` is a field's pointer (``/address``) or a material's code."""

    key: str
    words: str


def unnamed(
    *,
    fields: Sequence[Fault],
    materials: Sequence[Fault],
    known_fields: Collection[str],
    asked: Collection[str],
) -> list[FieldError]:
    """What is wrong with a notice; empty = it may be sent."""
    if not fields and not materials:
        return [FieldError("/fields", "required", "请指明需要补正的字段或材料")]
    errors: list[FieldError] = []
    for index, fault in enumerate(fields):
        if top(fault.key) not in known_fields:
            errors.append(FieldError(f"/fields/{index}", "unknown", "表单中没有这个字段，不能要求补正"))
    for index, fault in enumerate(materials):
        if fault.key not in asked:
            errors.append(
                FieldError(f"/materials/{index}", "not_in_guide", "办事指南没有列出这份材料，不能要求补交")
            )
    for kind, faults in (("fields", fields), ("materials", materials)):
        for index, fault in enumerate(faults):
            if not fault.words.strip():
                errors.append(FieldError(f"/{kind}/{index}", "words_required", "请写明哪里不对、怎样改"))
    return errors


def top(pointer: str) -> str:
    """The top-level field of a JSON pointer."""
    return pointer.strip("/").split("/", 1)[0]


def label_of(pointer: str, labels: Mapping[str, str]) -> str:
    return labels.get(top(pointer), pointer)
