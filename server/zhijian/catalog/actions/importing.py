"""Drafts from a workbook or from JSON: all of them or none."""

import json
from typing import Any

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import authoring
from zhijian.catalog.actions.drafting import save_draft
from zhijian.catalog.authoring import Places
from zhijian.catalog.errors import SpecInvalid, WorkbookInvalid, WorkbookTooLarge, WorkbookUnreadable
from zhijian.catalog.workbook import Read, read_workbook
from zhijian.catalog.workbook.guard import MAX_BYTES
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError, Problem


@transaction.atomic
def import_items(actor: Actor, *, content: bytes, name: str) -> list[str]:
    """Save every item of the file as a draft; returns their codes. ``name`` tells the format by its ending.

    Raises :class:`WorkbookInvalid` whose fields name sheet, cell and reason (for JSON: the item and its field),
    :class:`WorkbookTooLarge` or :class:`WorkbookUnreadable`; then nothing was imported.
    """
    read = _read_json(content) if name.lower().endswith(".json") else read_workbook(content)
    places, codes = Places(), []
    faults: list[FieldError] = []
    for one in read:
        try:
            codes.append(save_draft(actor, spec=one.spec, places=places).code)
        except Problem as problem:
            faults.extend(_faults(one, problem))
    if faults:
        raise WorkbookInvalid(fields=faults)
    record(actor, "item.imported", subject="catalog", facts={"count": len(codes)})
    return codes


def _faults(read: Read, problem: Problem) -> list[FieldError]:
    if problem.fields:
        return [FieldError(read.origin, field.code, field.message) for field in problem.fields]
    return [FieldError(read.origin, problem.code, f"{read.spec.name}：{problem.title}")]


def _read_json(content: bytes) -> list[Read]:
    if len(content) > MAX_BYTES:
        raise WorkbookTooLarge(f"文件不能超过 {MAX_BYTES // 1024 // 1024} MB")
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise WorkbookUnreadable from error
    rows: list[Any] = data if isinstance(data, list) else [data]
    found: list[Read] = []
    faults: list[FieldError] = []
    for index, row in enumerate(rows):
        place = f"第 {index + 1} 个事项"
        try:
            found.append(Read(authoring.parse(row), place))
        except SpecInvalid as error:
            faults.extend(
                FieldError(f"{place}{field.path}", field.code, field.message) for field in error.fields
            )
    if faults:
        raise WorkbookInvalid(fields=faults)
    return found
