"""``script/server --reset`` run for real: what is not a demo's own stays, whole."""

import shutil
from pathlib import Path

import pytest
from launcher.test_needs import run

from config import reset
from config.needs import EXIT

DEMO = {"ZHIJIAN_DEMO": "1"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder in use, with a demo's mark."""
    for name in (
        "postgres/PG_VERSION",
        "files/ab/cd/blob",
        "secrets/keyring.json",
        "public/index.json",
        "demo",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    return tmp_path


def everything(home: Path) -> set[str]:
    return {str(path.relative_to(home)) for path in home.rglob("*") if path.is_file()}


REFUSED: dict[str, tuple[list[str], dict[str, str], bool]] = {
    "another database": (["--demo", "--reset", "--yes"], {"DATABASE_URL": "postgres://db/zhijian"}, True),
    "another database, set to 0": (["--reset", "--yes"], {"DATABASE_URL": "x", "ZHIJIAN_DEMO": "0"}, True),
    "not the demo": (["--reset", "--yes"], {}, True),
    "demo switched off": (["--reset", "--yes"], {"ZHIJIAN_DEMO": "0"}, True),
    "no mark of a demo": (["--demo", "--reset", "--yes"], {}, False),
}


@pytest.mark.parametrize("case", REFUSED)
def test_refuses_and_removes_nothing(home: Path, case: str) -> None:
    options, environ, marked = REFUSED[case]
    if not marked:
        (home / "demo").unlink()
    before = everything(home)
    done = run(*options, home=home, **environ)
    assert done.returncode == EXIT
    assert "没有清除任何数据" in done.stderr
    assert everything(home) == before


def test_a_folder_named_demo_is_no_mark(home: Path) -> None:
    for name in ("postgres", "files", "secrets", "public"):
        shutil.rmtree(home / name)
    (home / "demo").unlink()
    for name in ("demo/people.json", "static/site.css"):
        (home / name).parent.mkdir()
        (home / name).write_text("somebody's own")
    before = everything(home)
    assert run("--demo", "--reset", "--yes", home=home).returncode == EXIT
    assert everything(home) == before


@pytest.mark.parametrize("above", [0, 1])
def test_the_program_is_never_removed(above: int, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Nor what holds it, also if somebody put a mark there."""
    program = home / "checkout" / "zhijian"
    monkeypatch.setattr(reset, "_PROGRAM", program)
    folder = [program, *program.parents][above]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "demo").write_text("x")
    assert "程序所在的目录" in reset.refusal(DEMO, folder)


def test_without_an_answer_nothing_is_removed(home: Path) -> None:
    before = everything(home)
    done = run("--demo", "--reset", home=home)
    assert done.returncode == 1
    assert "postgres、files、public、demo、secrets" in done.stdout
    assert everything(home) == before


@pytest.mark.parametrize("answer", ["", "y", "no", "YES", "是"])
def test_only_yes_means_yes(home: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
    monkeypatch.setattr("builtins.input", lambda _: answer)
    before = everything(home)
    assert reset.reset(DEMO, home, sure=False) == 1
    assert everything(home) == before


def test_yes_removes_the_demos_data_and_keeps_what_is_installed(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / "venv").mkdir()
    (home / "venv" / "python").write_text("x")
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    assert reset.reset(DEMO, home, sure=False) == 0
    assert everything(home) == {"venv/python"}


def test_the_keys_go_last(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path) -> None:
        raise OSError("disk")

    monkeypatch.setattr("shutil.rmtree", full)
    with pytest.raises(OSError, match="disk"):
        reset.reset(DEMO, home, sure=True)
    assert (home / "secrets/keyring.json").exists()
    assert reset.PARTS[0] == "postgres"
    assert reset.PARTS[-1] == "secrets"


def test_a_running_database_is_not_removed(home: Path) -> None:
    import os

    (home / "postgres/postmaster.pid").write_text(f"{os.getpid()}\n")
    before = everything(home)
    assert reset.reset(DEMO, home, sure=True) == EXIT
    assert everything(home) == before


def test_an_empty_folder_needs_no_question(tmp_path: Path) -> None:
    assert reset.reset(DEMO, tmp_path, sure=False) == 0
