"""Empties the data folder of a demo. Knows the standard library only: ``script/server --reset`` comes before the rest.

What belongs to a demo is known by the mark that the launcher leaves when it loads one. Everything else is refused: a
production's keys, removed while its database lives elsewhere, would make every record unreadable for ever.
"""

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from config.needs import EXIT, is_demo

MARK = "demo"
#: In this order: data without keys are lost, keys without data hurt nobody.
PARTS = ("postgres", "files", "public", "tiles", "media", "static", "stamps/prepared", MARK, "secrets")


_PROGRAM = Path(__file__).resolve().parents[2]


def refusal(environ: Mapping[str, str], home: Path) -> str:
    """Why this folder is not emptied, and what to do; empty if it may be."""
    if environ.get("DATABASE_URL"):
        return (
            "设置了 DATABASE_URL：数据在别的数据库里，清除本机的密钥和文件会让它永远读不出来。\n"
            "  DATABASE_URL is set: without the keys here its data could never be read again. Unset it, or empty it yourself."
        )
    if not is_demo(environ):
        return (
            "--reset 只用于演示城市：script/server --demo --reset\n"
            "  --reset is for the demo city only: script/server --demo --reset"
        )
    if _PROGRAM.is_relative_to(home):
        return (
            f"{home} 是程序所在的目录，不是数据目录，不清除。\n  {home} holds the program, not a demo's data."
        )
    # A folder of that name is somebody's: the launcher writes a file.
    if not (home / MARK).is_file() and any((home / part).exists() for part in PARTS):
        return (
            f"数据目录 {home} 没有演示标记，可能是正式数据，不清除。确实是演示的，请先用 script/server --demo 启动一次。\n"
            f"  {home} bears no mark of a demo and may hold real data. If it is a demo's, start it once with --demo first."
        )
    if _runs(home):
        return (
            f"{home} 的数据库正在运行，请先停止服务 (Ctrl-C) 再清除。\n"
            f"  The database in {home} is running: stop the server first."
        )
    return ""


def reset(environ: Mapping[str, str], home: Path, *, sure: bool) -> int:
    """0 when the folder is empty, else an exit code; nothing or everything is removed."""
    if words := refusal(environ, home):
        print(f"✗ 没有清除任何数据 (nothing was removed): {words}", file=sys.stderr)
        return EXIT
    found = [home / part for part in PARTS if (home / part).exists()]
    if not found or not (sure or _agreed(home, found)):
        return 0 if not found else 1
    for path in found:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    return 0


def _agreed(home: Path, found: list[Path]) -> bool:
    names = "、".join(str(path.relative_to(home)) for path in found)
    print(f"将删除 {home} 里的：{names}。\n(database, files and keys of this demo will be removed)")
    try:
        answer = input("确定请输入 yes：")
    except EOFError:
        answer = ""
    if answer.strip() == "yes":
        return True
    print("没有清除任何数据 (nothing was removed). 脚本里请加 --yes", file=sys.stderr)
    return False


def _runs(home: Path) -> bool:
    """Whether a server works on the embedded database: its pid file names a living process."""
    try:
        pid = int((home / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(pid, 0)
    except (OSError, ValueError, IndexError) as error:
        return isinstance(error, PermissionError)
    return True


def main() -> int:
    if not os.environ.get("ZHIJIAN_HOME"):
        print("✗ 没有清除：请用 script/server --demo --reset，或先设置 ZHIJIAN_HOME。", file=sys.stderr)
        print(
            "  Nothing was removed: use script/server --demo --reset, or set ZHIJIAN_HOME first.",
            file=sys.stderr,
        )
        return EXIT
    home = Path(os.environ["ZHIJIAN_HOME"]).resolve()
    return reset(os.environ, home, sure="--yes" in sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
