"""Tables as files that offices open. Text is always text: a cell that begins like a formula never runs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CELL_LIMIT = 32_767  # Excel's; longer text would be cut off silently
Row = Sequence[Any]


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook can hold."""


def workbook(sheets: Mapping[str, Iterable[Row]], *, freeze: str = "A2") -> bytes:
    """An XLSX of ``sheets`` by name; the first row of each is its head. Raises :class:`CellTooLong`."""
    from openpyxl import Workbook  # for who writes one, not in every process

    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = freeze
        for place, row in enumerate(rows):
            sheet.append([_cell(sheet, value, head=place == 0) for value in row])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def comma_separated(rows: Iterable[Row]) -> bytes:
    """CSV, UTF-8 with the byte order mark that spreadsheets look for."""
    stream = io.StringIO()
    csv.writer(stream).writerows([_harmless(value) for value in row] for row in rows)
    return "\ufeff".encode() + stream.getvalue().encode()


def attachment(content: bytes, *, kind: str, name: str) -> HttpResponse:
    """An answer that a browser stores and never shows."""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=kind, headers=headers)


def _harmless(value: Any) -> Any:
    """A leading apostrophe keeps a spreadsheet from computing text that looks like a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _cell(sheet: Any, value: Any, *, head: bool) -> Any:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, Font, PatternFill

    if isinstance(value, str):
        value = ILLEGAL_CHARACTERS_RE.sub("", value)
        if len(value) > _CELL_LIMIT:
            raise CellTooLong
    cell = WriteOnlyCell(sheet, value)
    if head:
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E8EEF7")
    elif isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
