"""Files and functions stay small enough to be read at once."""

import ast
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[2]
FILES = [
    path
    for room in ("zhijian", "config")
    for path in sorted((SERVER / room).rglob("*.py"))
    if "migrations" not in path.parts
]
MOST_LINES, MOST_OF_A_FUNCTION = 300, 45


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVER)))
def test_a_file_and_its_functions(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= MOST_LINES
    long = [
        node.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MOST_OF_A_FUNCTION
    ]
    assert long == []
