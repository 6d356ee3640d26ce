"""Specifications → workbook."""

from collections.abc import Iterable, Iterator
from typing import Any

from zhijian.catalog.errors import WorkbookTooLarge
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.workbook.layout import CODE, ITEMS, PART_SHEETS, SHEETS, SITUATIONS, Column
from zhijian.core import sheets


def write_workbook(specs: Iterable[ItemSpec]) -> bytes:
    """An XLSX of ``specs``; read back it gives equal specifications. Raises :class:`WorkbookTooLarge`."""
    data = [spec.model_dump_json_ready() for spec in specs]
    try:
        return sheets.workbook({name: _sheet(name, SHEETS[name], data) for name in SHEETS}, freeze="B2")
    except sheets.CellTooLong as fault:
        raise WorkbookTooLarge("有一项内容超过了 Excel 单元格的长度上限，请改用 JSON 导出") from fault


def _sheet(name: str, columns: Iterable[Column], data: list[dict[str, Any]]) -> Iterator[list[Any]]:
    code_first = [] if name == ITEMS else [CODE]
    yield [*code_first, *(column.head for column in columns)]
    for item in data:
        for code, row in _rows(name, item):
            yield [*([code] if code_first else []), *(_value(column, row) for column in columns)]


def _rows(sheet: str, item: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    code = item["code"]
    if sheet == ITEMS:
        yield code, item
    elif sheet == SITUATIONS:
        for question in item["questions"]:
            for option in question["options"]:
                yield code, {**option, "question": question}
    else:
        for row in item[PART_SHEETS[sheet]]:
            yield code, row


def _value(column: Column, row: dict[str, Any]) -> Any:
    value: Any = row
    for name in column.path:
        value = None if value is None else value.get(name)
    return None if value is None else column.kind.write(value)
