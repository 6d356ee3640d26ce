"""docs/tutorial-domain.md is followed to the letter in a copy of the server, and what it builds works."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from support.database import SERVER, fresh_database, furnish

pytestmark = pytest.mark.slow
DOCUMENT = SERVER.parent / "docs" / "tutorial-domain.md"
MOST_LINES = 250
_BLOCK = re.compile(r"^```(\w+) file=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_COPIED = (
    "config",
    "zhijian",
    "templates",
    "static",
    "locale",
    "manage.py",
    "pyproject.toml",
    "import_contracts.py",
    *(f"tests/{name}" for name in ("conftest.py", "support", "identity", "organizations")),
)
_DOMAIN, _TESTS = "zhijian/lostfound", "tests/lostfound"
_PYTEST = ("-m", "pytest", "-q", "--show-capture=no", _TESTS)


def blocks() -> dict[str, tuple[str, str]]:
    """Language and text of each block that names its file."""
    found = {file: (language, text) for language, file, text in _BLOCK.findall(DOCUMENT.read_text())}
    assert len(found) == len(_BLOCK.findall(DOCUMENT.read_text())), "two blocks name the same file"
    return found


def is_code(line: str) -> bool:
    line = line.strip()
    return bool(line) and not (len(line) > 5 and line.startswith('"""') and line.endswith('"""'))


def test_the_whole_domain_is_short() -> None:
    """Everything but its tests and the two lines that name it; one-line docstrings are no code."""
    code = {
        file: sum(map(is_code, text.splitlines()))
        for file, (language, text) in blocks().items()
        if language != "diff" and not file.startswith("tests/")
    }
    assert 0 < sum(code.values()) <= MOST_LINES, code


def written(server: Path, *, migrations: bool) -> None:
    """Write the blocks: those of migrations, which stand on generated ones, or all others."""
    for file, (language, text) in blocks().items():
        if ("/migrations/" in file) is not migrations:
            continue
        place = server / file
        if language == "diff":
            place.write_text(patched(place.read_text(), text))
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.suffix == ".py" and file.startswith("zhijian/"):
            (place.parent / "__init__.py").touch()
        place.write_text(text)


def patched(text: str, diff: str) -> str:
    """``text`` with the lines marked + after the one before them, which stands there once."""
    lines, kept = text.splitlines(), ""
    for line in diff.splitlines():
        if line.startswith("+"):
            assert lines.count(kept) == 1, f"not once: {kept}"
            lines.insert(lines.index(kept) + 1, line[1:])
        kept = line[1:]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Path:
    """A copy of the server with the tutorial's domain, its migrations made."""
    server = tmp_path_factory.mktemp("city") / "server"
    for name in _COPIED:
        source, target = SERVER / name, server / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    (server.parent / "demo").mkdir()
    shutil.copy(SERVER.parent / "demo" / "organizations.json", server.parent / "demo")  # the demo city's name
    written(server, migrations=False)
    shutil.copy(Path(__file__).with_name("ground.py"), server / _TESTS / "conftest.py")
    ran(server, sys.executable, "manage.py", "makemigrations", "lostfound")
    written(server, migrations=True)
    return server


def ran(server: Path, *command: str, **environment: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    done = subprocess.run(
        command,
        cwd=server,
        env=inherited | {"PYTHONPATH": ""} | environment,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-8000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_its_code_keeps_the_rules_of_the_house(city: Path) -> None:
    ran(city, tool("ruff"), "check", "--no-cache", ".")
    ran(city, tool("ruff"), "format", "--no-cache", "--check", _DOMAIN, _TESTS)
    ran(city, tool("mypy"), _DOMAIN)
    assert "0 broken" in ran(city, tool("lint-imports"), "--no-cache")
    ran(city, sys.executable, "manage.py", "makemigrations", "--check", "--dry-run")


def test_its_own_tests_pass(city: Path) -> None:
    address = urlsplit(os.environ["DATABASE_URL"])
    with fresh_database(os.environ["DATABASE_URL"], furnish) as name:
        database = address._replace(path=f"/{name}").geturl()
        said = ran(city, sys.executable, *_PYTEST, DATABASE_URL=database)
    assert re.search(r"^\d+ passed", said, re.MULTILINE), said
