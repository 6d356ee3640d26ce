"""Refuses workbooks that are too large or are bombs, before anything is unpacked."""

import zipfile
from io import BytesIO

from zhijian.catalog.errors import WorkbookTooLarge, WorkbookUnreadable

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 40 * 1024 * 1024
MAX_ENTRIES = 200
MAX_ROWS = 20_000
MAX_COLUMNS = 150


def check_archive(content: bytes) -> None:
    """Raise :class:`WorkbookTooLarge` or :class:`WorkbookUnreadable`. Declared sizes are also enforced by zipfile."""
    if len(content) > MAX_BYTES:
        raise WorkbookTooLarge(f"文件不能超过 {MAX_BYTES // 1024 // 1024} MB")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise WorkbookUnreadable from error
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise WorkbookTooLarge("工作簿展开后太大，请分批导入")
    if not any(entry.filename == "xl/workbook.xml" for entry in entries):
        raise WorkbookUnreadable
