"""Workbooks of Excel; :mod:`zhijian.core.sheets` is the way here."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill

from zhijian.core.sheets import CELL_LIMIT, CellTooLong, Row

_HEAD = PatternFill("solid", fgColor="E8EEF7")


def written(sheets: Mapping[str, Iterable[Row]], *, freeze: str) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = freeze
        for place, row in enumerate(rows):
            sheet.append([_cell(sheet, value, head=place == 0) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _cell(sheet: Any, value: Any, *, head: bool) -> Any:
    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        if len(value) > CELL_LIMIT:
            raise CellTooLong
    cell = WriteOnlyCell(sheet, value)
    if head:
        cell.font, cell.fill = Font(bold=True), _HEAD
    elif isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
