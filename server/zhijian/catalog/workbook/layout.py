"""Which sheet has which columns. Heads come from the typed specification."""

from dataclasses import dataclass
from typing import Any, get_args

from django.db.models import TextChoices
from pydantic import BaseModel

from zhijian.catalog import spec
from zhijian.catalog.spec import Faq, Fee, ItemSpec, Material, Result
from zhijian.catalog.workbook import cells
from zhijian.catalog.workbook.cells import Kind
from zhijian.core.deadlines import LimitUnit

CODE = "实施编码"
ITEMS, MATERIALS, FEES, RESULTS, FAQS, SITUATIONS = "事项", "材料", "收费", "结果", "常见问题", "情形"
PART_SHEETS = {MATERIALS: "materials", FEES: "fees", RESULTS: "results", FAQS: "faqs"}

_ENGLISH = {"name_en": "名称（英文）", "summary_en": "适用说明（英文）", "code": "材料代码"}
_RECORDS: dict[str, type[BaseModel]] = {
    "legal_bases": spec.LegalBasis,
    "steps": spec.Step,
    "places": spec.Place,
}


@dataclass(frozen=True, slots=True)
class Column:
    """``path`` is where the value stands in the specification: ("legal_limit", "unit")."""

    head: str
    path: tuple[str, ...]
    kind: Kind


def _kind(annotation: Any) -> Kind:
    arguments = [part for part in get_args(annotation) if part is not type(None)]
    if annotation is bool:
        return cells.FLAG
    if annotation is int:
        return cells.NUMBER
    if isinstance(annotation, type) and issubclass(annotation, TextChoices):
        return cells.choice(annotation)
    if getattr(annotation, "__origin__", None) is list:
        inner = arguments[0]
        is_code = isinstance(inner, type) and issubclass(inner, TextChoices)
        return cells.choices(inner) if is_code else cells.LINES
    if arguments and annotation is not str:
        return _kind_of_optional(arguments[0])
    return cells.TEXT


def _kind_of_optional(inner: Any) -> Kind:
    if inner.__name__ == "date":
        return cells.DATE
    return cells.AMOUNT if inner.__name__ == "Decimal" else _kind(inner)


def _limit(name: str, head: str) -> list[Column]:
    return [
        Column(head, (name, "value"), cells.NUMBER),
        Column(f"{head}单位", (name, "unit"), cells.choice(LimitUnit)),
        Column(f"{head}说明", (name, "note"), cells.TEXT),
    ]


def _columns(model: type[BaseModel]) -> list[Column]:
    found: list[Column] = []
    for name, info in model.model_fields.items():
        head = info.title or _ENGLISH.get(name, name)
        if name in _RECORDS:
            found.append(Column(head, (name,), cells.records(_RECORDS[name])))
        elif name in {"legal_limit", "promised_limit"}:
            found.extend(_limit(name, head))
        elif name == "form" and model is ItemSpec:
            found.append(Column(head, (name,), cells.JSON))
        elif name == "questions" or name in PART_SHEETS.values():
            continue
        else:
            found.append(Column(head, (name,), _kind(info.annotation)))
    return found


_SITUATION = [
    Column("问题代码", ("question", "key"), cells.TEXT),
    Column("问题", ("question", "text"), cells.TEXT),
    Column("问题（英文）", ("question", "text_en"), cells.TEXT),
    Column("选项代码", ("key",), cells.TEXT),
    Column("选项", ("label",), cells.TEXT),
    Column("选项（英文）", ("label_en",), cells.TEXT),
    Column("增加材料", ("adds",), cells.KEYS),
    Column("减少材料", ("removes",), cells.KEYS),
    Column("收费说明", ("fee",), cells.TEXT),
    *_limit("promised_limit", "承诺办结时限"),
    Column("办理大厅", ("halls",), cells.KEYS),
    Column("提示", ("note",), cells.TEXT),
    Column("提示（英文）", ("note_en",), cells.TEXT),
    Column("不能网办的原因", ("blocks",), cells.TEXT),
]

SHEETS: dict[str, list[Column]] = {
    ITEMS: _columns(ItemSpec),
    MATERIALS: _columns(Material),
    FEES: _columns(Fee),
    RESULTS: _columns(Result),
    FAQS: _columns(Faq),
    SITUATIONS: _SITUATION,
}
"""Column heads by sheet; every sheet but the first begins with 实施编码."""
