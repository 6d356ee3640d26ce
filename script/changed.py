"""What to test after a change: ``python script/changed.py [BASE]`` prints shell variables for ``script/test --changed``.

A change in a domain is tested by that domain's tests; one in what all domains stand on, by all. It is for people at
work: only the whole run tells that nothing else broke.
"""

import shlex
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
#: Whatever lies here is under every domain.
SHARED = (
    "server/zhijian/core/",
    "server/config/",
    "server/tests/support/",
    "server/tests/conftest.py",
    "server/requirements",
)
#: A folder of the repository → the folder of ``server/tests`` that tests it.
ELSEWHERE = {"sandbox": "sandbox", "bench": "bench", "demo": "demo", "script": "launcher"}
CHECKED = ("server", "sandbox", "bench", "e2e")


@dataclass
class Plan:
    """``tests`` lie in ``server``, ``journeys`` in ``e2e``."""

    checks: bool = False
    app: bool = False
    tests: set[str] = field(default_factory=set)
    journeys: set[str] = field(default_factory=set)


def plan(changed: Iterable[str], folders: Iterable[str]) -> Plan:
    """``folders`` are those of ``server/tests``."""
    made, known = Plan(), set(folders)
    for path in changed:
        top, *rest = path.split("/")
        made.checks |= top in CHECKED and path.endswith((".py", ".toml"))
        made.app |= path.startswith(("miniapp/", "server/openapi/"))
        # The app's tools check the console's scripts too.
        made.app |= path.startswith("server/static/console/") and path.endswith(".js")
        if top == "e2e" and Path(path).name.startswith("test_"):
            made.journeys.add("/".join(rest))
        elif path.startswith(SHARED):
            made.tests.add("tests")
        elif path == "docs/tutorial-domain.md":  # a test follows it
            made.tests.add("tests/tutorial")
        elif top in ELSEWHERE:
            made.tests.add(f"tests/{ELSEWHERE[top]}")
        elif top == "server":
            # server/zhijian/cases/…, server/tests/cases/…, server/templates/cases/…, server/static/console/…
            made.tests |= {f"tests/{rest[1]}"} if len(rest) > 2 and rest[1] in known else {"tests/console"}
    if "tests" in made.tests:
        made.tests = {"tests"}
    return made


def changed_since(base: str) -> list[str]:
    """Committed since the branch left ``base``, not yet committed, and new; what was removed asks for no test file."""
    start = _git("merge-base", base, "HEAD")[0]
    names = {*_git("diff", "--name-only", start), *_git("ls-files", "--others", "--exclude-standard")}
    return sorted(name for name in names if (ROOT / name).exists() or "/test_" not in name)


def _git(*words: str) -> list[str]:
    done = subprocess.run(["git", *words], cwd=ROOT, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def main(base: str = "main") -> None:
    folders = [path.name for path in (ROOT / "server/tests").iterdir() if path.is_dir()]
    made = plan(changed_since(base), folders)
    print(f"CHECKS={made.checks:d} APP={made.app:d}")
    print(f"TESTS=({shlex.join(sorted(made.tests))})")
    print(f"JOURNEYS=({shlex.join(sorted(made.journeys))})")


if __name__ == "__main__":
    main(*sys.argv[1:])
