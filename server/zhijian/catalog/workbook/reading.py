"""Workbook → specifications, or every fault with sheet, cell and reason."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from pydantic import ValidationError

from zhijian.catalog.errors import WorkbookInvalid, WorkbookTooLarge, WorkbookUnreadable
from zhijian.catalog.spec import ItemSpec
from zhijian.catalog.words import field_errors
from zhijian.catalog.workbook.guard import MAX_COLUMNS, MAX_ROWS, check_archive
from zhijian.catalog.workbook.layout import CODE, ITEMS, PART_SHEETS, SHEETS, SITUATIONS, Column
from zhijian.core.errors import FieldError
from zhijian.core.item_codes import tidy

_MAX_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """The row that a value came from."""

    sheet: str
    row: int

    def at(self, head: str, heads: dict[str, int]) -> str:
        """``材料!C5``; the row's first cell when the column isn't known."""
        return f"{self.sheet}!{_letter(heads.get(head, 1))}{self.row}"


@dataclass(slots=True)
class _Row:
    origin: Origin
    code: str
    values: dict[str, Any]


@dataclass(slots=True)
class _Book:
    faults: list[FieldError] = field(default_factory=list)
    heads: dict[str, dict[str, int]] = field(default_factory=dict)
    rows: dict[str, list[_Row]] = field(default_factory=dict)

    def fault(self, path: str, code: str, reason: str) -> None:
        if len(self.faults) < _MAX_FAULTS:
            self.faults.append(FieldError(path=path, code=code, message=reason))


@dataclass(frozen=True, slots=True)
class Read:
    """One specification and the row of the first sheet that it came from."""

    spec: ItemSpec
    origin: str


def _letter(column: int) -> str:
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)


def read_workbook(content: bytes) -> list[Read]:
    """All items of the workbook, or :class:`WorkbookInvalid` with every fault (path ``材料!C5``)."""
    import openpyxl  # for who reads one, not in every process

    check_archive(content)
    book = _Book()
    try:
        opened = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
        _read_sheets(opened, book)
    except (WorkbookTooLarge, WorkbookInvalid):
        raise
    except Exception as error:  # whatever a damaged file makes the parser raise
        raise WorkbookUnreadable from error
    items = [_specification(row, book) for row in book.rows.get(ITEMS, [])]
    if book.faults:
        raise WorkbookInvalid(fields=book.faults)
    return [item for item in items if item is not None]


def _read_sheets(opened: Any, book: _Book) -> None:
    for name in opened.sheetnames:
        if name not in SHEETS:
            book.fault(name, "unknown_sheet", f"不认识工作表“{name}”，请删除或改名")
    for name, columns in SHEETS.items():
        if name not in opened.sheetnames:
            book.fault(name, "missing_sheet", f"缺少工作表“{name}”")
            continue
        _read_sheet(name, columns, opened[name], book)
    known = [row.code for row in book.rows.get(ITEMS, [])]
    for name in SHEETS:
        for index, row in enumerate(book.rows.get(name, [])):
            cell = row.origin.at(CODE, book.heads[name])
            if name == ITEMS and row.code and row.code in known[:index]:
                book.fault(cell, "repeated", f"实施编码“{row.code}”重复")
            elif name != ITEMS and row.code not in known:
                book.fault(cell, "unknown_item", f"实施编码“{row.code}”不在工作表“{ITEMS}”中")


def _read_sheet(name: str, columns: list[Column], sheet: Any, book: _Book) -> None:
    rows = sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    first = next(rows, ())
    heads = {str(head).strip(): index + 1 for index, head in enumerate(first) if head is not None}
    book.heads[name] = heads
    by_head = {column.head: column for column in columns}
    if CODE not in heads:
        book.fault(f"{name}!A1", "missing_column", f"缺少列“{CODE}”")
        return
    for head, position in heads.items():
        if head not in by_head and head != CODE:
            book.fault(
                f"{name}!{_letter(position)}1",
                "unknown_column",
                f"不认识列“{head[:30]}”，请删除或改名",
            )
    book.rows[name] = []
    for number, values in enumerate(rows, start=2):
        if number > MAX_ROWS:
            raise WorkbookTooLarge(f"工作表“{name}”超过 {MAX_ROWS} 行，请分批导入")
        if any(value not in (None, "") for value in values):
            book.rows[name].append(_read_row(Origin(name, number), values, heads, by_head, book))


def _read_row(
    origin: Origin, values: tuple[Any, ...], heads: dict[str, int], by_head: dict[str, Column], book: _Book
) -> _Row:
    made: dict[str, Any] = {}
    code = ""
    for head, position in heads.items():
        value = values[position - 1] if position <= len(values) else None
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        if head == CODE:
            code = str(tidy(str(value)))
        column = by_head.get(head)
        if column is None:
            continue
        try:
            _put(made, column.path, column.kind.read(value))
        except ValueError as error:
            book.fault(origin.at(head, heads), "bad_value", f"“{head}”{error}")
    if not code:
        book.fault(origin.at(CODE, heads), "required", f"请填写“{CODE}”")
    return _Row(origin, code, made)


def _put(made: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for name in path[:-1]:
        made = made.setdefault(name, {})
    made[path[-1]] = value


def _specification(row: _Row, book: _Book) -> Read | None:
    data = dict(row.values)
    origins: dict[tuple[Any, ...], Origin] = {}
    for sheet, name in PART_SHEETS.items():
        mine = [part for part in book.rows.get(sheet, []) if part.code == row.code]
        data[name] = [part.values for part in mine]
        origins |= {(name, index): part.origin for index, part in enumerate(mine)}
    data["questions"] = list(_questions(row.code, book, origins))
    try:
        return Read(ItemSpec.model_validate(data), f"{row.origin.sheet}!A{row.origin.row}")
    except ValidationError as error:
        for finding, place in zip(
            field_errors(error, ItemSpec), error.errors(include_url=False), strict=True
        ):
            _blame(finding, tuple(place["loc"]), row, origins, book)
        return None


def _questions(code: str, book: _Book, origins: dict[tuple[Any, ...], Origin]) -> Iterator[dict[str, Any]]:
    """Rows of options, gathered under their questions in the order of first mention."""
    gathered: dict[str, dict[str, Any]] = {}
    for row in book.rows.get(SITUATIONS, []):
        if row.code != code:
            continue
        option = dict(row.values)
        about = option.pop("question", {})
        key = str(about.get("key", ""))
        question = gathered.setdefault(key, {**about, "options": []})
        position = list(gathered).index(key)
        origins[("questions", position, "options", len(question["options"]))] = row.origin
        origins.setdefault(("questions", position), row.origin)
        question["options"].append(option)
    yield from gathered.values()


def _blame(
    finding: FieldError,
    place: tuple[Any, ...],
    row: _Row,
    origins: dict[tuple[Any, ...], Origin],
    book: _Book,
) -> None:
    """Put the finding on the cell that it is about: the longest known beginning of its place, and its column."""
    origin, rest = row.origin, place
    for length in range(len(place), 0, -1):
        if place[:length] in origins:
            origin, rest = origins[place[:length]], place[length:]
            break
    names = tuple(part for part in rest if isinstance(part, str))
    path = ("question", *names) if origin.sheet == SITUATIONS and len(place) == 3 else names
    columns = SHEETS[origin.sheet]
    head = next((column.head for column in columns if column.path == path[: len(column.path)]), "")
    head = head or next((column.head for column in columns if column.path[:1] == path[:1]), "")
    cell = origin.at(head, book.heads[origin.sheet])
    # A cell that could not be read is missing only for that: one reason is enough.
    if not any(fault.path == cell and fault.code == "bad_value" for fault in book.faults):
        book.fault(cell, finding.code, finding.message)
