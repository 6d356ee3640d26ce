"""The sandbox stands for others' systems: it shares no code with ours."""

import ast

from support.sandbox import REPOSITORY


def test_the_sandbox_imports_nothing_of_the_server() -> None:
    imported = set()
    for path in (REPOSITORY / "sandbox").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").split(".")[0])
    assert "sandbox" in imported
    assert not imported & {"zhijian", "config", "django", "httpx"}
