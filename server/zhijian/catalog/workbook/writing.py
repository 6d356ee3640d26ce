"""Specifications → workbook."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from zhijian.catalog.errors import WorkbookTooLarge
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.workbook.layout import CODE, ITEMS, PART_SHEETS, SHEETS, SITUATIONS, Column

_CELL_LIMIT = 32_767  # Excel's; longer text would be cut off silently
_HEAD = PatternFill("solid", fgColor="E8EEF7")


def write_workbook(specs: Iterable[ItemSpec]) -> bytes:
    """An XLSX of ``specs``; read back it gives equal specifications. Raises :class:`WorkbookTooLarge`."""
    book = Workbook(write_only=True)
    data = [spec.model_dump_json_ready() for spec in specs]
    for name, columns in SHEETS.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        heads = [column.head for column in columns] if name == ITEMS else [CODE, *(c.head for c in columns)]
        sheet.append([_head(sheet, head) for head in heads])
        for item in data:
            for code, row in _rows(name, item):
                cells = [_cell(sheet, _value(column, row)) for column in columns]
                sheet.append(cells if name == ITEMS else [_cell(sheet, code), *cells])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


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


def _cell(sheet: Any, value: Any) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        if len(value) > _CELL_LIMIT:
            raise WorkbookTooLarge("有一项内容超过了 Excel 单元格的长度上限，请改用 JSON 导出")
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # what begins with = is text here, never a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _head(sheet: Any, title: str) -> Any:
    cell = WriteOnlyCell(sheet, title)
    cell.font, cell.fill = Font(bold=True), _HEAD
    return cell
