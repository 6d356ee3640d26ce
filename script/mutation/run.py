"""``python -m mutation.run JOB``: one pytest process that judges the mutants of one domain.

pytest collects the domain's tests once. Then each mutant has a forked copy of this process, in which the code of the
mutated function is exchanged, and its own database. A mutant outside functions (a table, a constant) is in the
scratch tree before this process starts, and comes alone.
"""

import gc
import json
import os
import signal
import sys
import time
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest

_NOT_EXCHANGED = 3


class Judge:
    """Runs no test itself but in forks; writes a line of JSON a mutant."""

    def __init__(self, mutants: list[dict[str, Any]], seconds: float, out: Path) -> None:
        self.mutants, self.seconds, self.out = mutants, seconds, out
        self.seen = ""
        self.reason = out.with_suffix(".reason")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed:
            self.seen = f"{report.nodeid}: {report.longreprtext}"

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        texts = {path: path.read_text() for path in {item.path for item in session.items}}
        for mutant in self.mutants:
            begun = time.monotonic()
            verdict = self._forked(session, mutant, texts)
            with self.out.open("a") as out:
                row = {"at": mutant["at"], "verdict": verdict, "seconds": round(time.monotonic() - begun, 2)}
                row["by"] = self.reason.read_text()[:2000] if verdict == "killed" else ""
                out.write(json.dumps(row) + "\n")
        return True

    def _forked(self, session: pytest.Session, mutant: dict[str, Any], texts: dict[Path, str]) -> str:
        self.reason.write_text("")
        child = os.fork()
        if child == 0:
            os.setpgid(0, 0)
            try:
                _exchange(mutant)
            except BaseException as broken:
                self.reason.write_text(f"not exchanged: {broken!r}")
                os._exit(_NOT_EXCHANGED)
            try:
                session.items.sort(key=lambda item: -_nearness(mutant, item.path, texts[item.path]))
                code = self._noticed(session)
            except BaseException as broken:
                code, self.seen = 1, repr(broken)
            self.reason.write_text(self.seen)
            os._exit(code)
        # Without a change first: then the databases' template may have to be made.
        patience = 60 if mutant["at"] >= 0 else 300
        end, status = time.monotonic() + self.seconds + patience, None
        while status is None:
            done, found = os.waitpid(child, os.WNOHANG)
            if done:
                status = os.waitstatus_to_exitcode(found)
            elif time.monotonic() > end:
                os.killpg(child, signal.SIGKILL)
                os.waitpid(child, 0)
                return "killed"  # it hangs
            else:
                time.sleep(0.02)
        if status == _NOT_EXCHANGED:
            return "invalid"
        return "killed" if status else "survived"

    def _noticed(self, session: pytest.Session) -> int:
        """1 as soon as a test fails; 0 when none did, or none in the seconds there are."""
        end = time.monotonic() + self.seconds
        for item, following in zip(session.items, [*session.items[1:], None], strict=True):
            if time.monotonic() > end:
                break
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                return 1
        return 0


def _exchange(mutant: dict[str, Any]) -> None:
    """Give the function of the mutant its new code wherever it is held: an import keeps the same object."""
    if not mutant["function"]:
        return
    path = str(Path(mutant["path"]).resolve())
    names = {code.co_qualname: code for code in _codes(compile(mutant["source"], path, "exec"))}
    exchanged = 0
    for one in gc.get_objects():
        if type(one) is not FunctionType:  # isinstance would wake Django's lazy objects
            continue
        if one.__code__.co_filename == path and one.__code__.co_qualname in names:
            one.__code__ = names[one.__code__.co_qualname]
            exchanged += 1
    assert exchanged, f"{path} has no function in memory"


def _codes(code: CodeType) -> list[CodeType]:
    inner = [one for one in code.co_consts if isinstance(one, CodeType)]
    return inner + [deeper for one in inner for deeper in _codes(one)]


def _nearness(mutant: dict[str, Any], path: Path, text: str) -> int:
    """Files of the domain's own tests before others'; of these, those that name the function, its module or room."""
    names = [name for name in mutant["function"].split(".") if name]
    module = Path(mutant["path"]).stem
    return (
        8 * any(f".{name}(" in text or f" {name}(" in text for name in names)
        + 4 * (module in path.name)
        + 2 * (module in text)
        + (mutant["room"] in path.name)
        + 16 * (mutant["domain"] in path.parts)
    )


if __name__ == "__main__":
    job = json.loads(Path(sys.argv[1]).read_text())
    options = ["-qq", "--no-header", "--tb=short", "-m", "not slow"]
    judge = Judge(job["mutants"], job["seconds"], Path(job["out"]))
    os._exit(pytest.main([*options, *job["tests"]], plugins=[judge]))
