"""Tables as files that offices open. Text is always text: a cell that begins like a formula never runs."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.http import HttpResponse

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV: Final = "text/csv; charset=utf-8"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
CELL_LIMIT = 32_767  # Excel's; longer text would be cut off silently
Row = Sequence[Any]


class CellTooLong(ValueError):
    """A text is longer than a cell of a workbook can hold."""


def workbook(sheets: Mapping[str, Iterable[Row]], *, freeze: str = "A2") -> bytes:
    """An XLSX of ``sheets`` by name; the first row of each is its head. Raises :class:`CellTooLong`."""
    # What writes workbooks is loaded by who writes one, not by every process.
    from zhijian.core.xlsx import written

    return written(sheets, freeze=freeze)


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
