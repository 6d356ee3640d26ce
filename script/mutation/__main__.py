"""``python -m mutation [--mutants N] [--seed S] [domain …]``: draws mutants, has them judged, tells what survived."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import results
from bench.surroundings import surroundings

from mutation.mutants import ROOMS, Mutant, domains, drawn

ROOT = Path(__file__).resolve().parents[2]
COPIED = ("server", "bench", "demo", "sandbox", "script", "e2e", "docs", "miniapp/src")
#: Tests of what a domain has, that lie in others' rooms.
ALSO = {
    "appointments": ("calendars",),
    "audit": ("cases",),
    "editorial": ("catalog", "content"),
    "publishing": ("content",),
}


def main() -> int:
    options = _options()
    os.environ.setdefault("DATABASE_URL", _database())
    names = domains(ROOT / "server")
    if unknown := set(options.domains) - set(names):
        sys.exit(f"unknown domain: {', '.join(sorted(unknown))}; there are: {', '.join(names)}")
    with tempfile.TemporaryDirectory(prefix="zhijian-mutants-") as folder:
        for name in COPIED:
            ignored = shutil.ignore_patterns("node_modules", "__pycache__", "dist", ".hypothesis")
            shutil.copytree(ROOT / name, Path(folder) / name, ignore=ignored)
        for domain in options.domains or names:
            mine = names.index(domain)
            count = options.mutants * (mine + 1) // len(names) - options.mutants * mine // len(names)
            mutants = drawn(ROOT / "server", domain, count, options.seed)
            _save(domain, mutants, _judged(Path(folder) / "server", domain, mutants, options.seconds))
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="script/mutate", description=__doc__)
    parser.add_argument("--mutants", type=int, default=400, help="over all domains, also when some are named")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seconds", type=float, default=30, help="of tests for a mutant, nearest files first"
    )
    parser.add_argument("domains", nargs="*", metavar="domain")
    return parser.parse_args()


def _database() -> str:
    from config.database import embedded_url

    return embedded_url(ROOT / ".local" / "test-postgres")


def _judged(server: Path, domain: str, mutants: list[Mutant], seconds: float) -> list[dict]:
    """The rows of :mod:`mutation.run`; mutants in functions share a process, each other one has its own."""
    rows = [asdict(one) | {"at": at} for at, one in enumerate(mutants)]
    unchanged = {"at": -1, "function": "", "path": "", "room": "", "domain": domain}
    first, *found = _run(server, domain, [unchanged, *(row for row in rows if row["function"])], seconds)
    if first["verdict"] != "survived":
        sys.exit(f"{domain}: the tests fail without any change; nothing can be judged")
    for row in rows:
        if row["function"]:
            continue
        path = server / row["path"]
        kept = path.read_text()
        path.write_text(row["source"])
        # What cannot even be imported says nothing about the tests.
        found += _run(server, domain, [row], seconds) or [
            {"at": row["at"], "verdict": "invalid", "seconds": 0}
        ]
        path.write_text(kept)
    return found


def _run(server: Path, domain: str, rows: list[dict], seconds: float) -> list[dict]:
    if not rows:
        return []
    tests = [f"tests/{name}" for name in (domain, *ALSO.get(domain, ()), "races", "console")]
    out, job = server / "out.jsonl", server / "job.json"
    out.unlink(missing_ok=True)
    job.write_text(json.dumps({"mutants": rows, "seconds": seconds, "tests": tests, "out": str(out)}))
    paths = os.pathsep.join(str(server.parent / name) for name in ("", "server", "script", "server/tests"))
    command = [sys.executable, "-m", "mutation.run", str(job)]
    subprocess.run(
        command, cwd=server, env={**os.environ, "PYTHONPATH": paths}, stdout=subprocess.DEVNULL, check=False
    )
    return [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else []


def _save(domain: str, mutants: list[Mutant], rows: list[dict]) -> None:
    """Prints the survivors; figures of this domain, and of all domains that were ever judged."""
    rows = [row for row in rows if row["verdict"] != "invalid"]
    survivors = [mutants[row["at"]] for row in rows if row["verdict"] == "survived"]
    for one in survivors:
        print(f"{one.path}:{one.line}\n{one.diff}\n")
    before = json.loads(results.FILE.read_text())
    figures = {name: value for name, value in before.items() if name.startswith("mutants_")}
    for room in ROOMS:
        judged = [row for row in rows if mutants[row["at"]].room == room]
        figures[f"mutants_{room}_{domain}"] = len(judged)
        lost = sum(row["verdict"] == "survived" for row in judged)
        figures[f"mutants_{room}_killed_{domain}"] = len(judged) - lost
        for name in (room, f"{room}_killed"):
            figures[f"mutants_{name}"] = sum(
                figures.get(f"mutants_{name}_{one}", 0) for one in domains(ROOT / "server")
            )
    figures[f"mutants_survivors_{domain}"] = [f"{one.path}:{one.line}\n{one.diff}" for one in survivors]
    results.save({"mutants": figures}, surroundings(postgres=_version()))
    spent = sum(row["seconds"] for row in rows)
    print(f"{domain}: {len(rows) - len(survivors)} of {len(rows)} noticed, {spent:.0f} s", flush=True)


def _version() -> str:
    import psycopg

    with psycopg.connect(os.environ["DATABASE_URL"], dbname="postgres") as server:
        return str(server.info.server_version // 10000) + f".{server.info.server_version % 10000}"


if __name__ == "__main__":
    sys.exit(main())
