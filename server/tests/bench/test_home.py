"""When the benchmark's data are kept and when they are begun anew."""

from datetime import date
from pathlib import Path

from bench.home import prepare

TODAY = date(2026, 11, 23)


def test_data_of_today_are_kept(tmp_path: Path) -> None:
    home = tmp_path / "bench"
    prepare(home, today=TODAY)
    (home / "seeded").touch()
    prepare(home, today=TODAY)
    assert (home / "seeded").exists()


def test_data_of_yesterday_are_not(tmp_path: Path) -> None:
    home = tmp_path / "bench"
    prepare(home, today=date(2026, 11, 22))
    (home / "seeded").touch()
    prepare(home, today=TODAY)
    assert not (home / "seeded").exists()


def test_a_folder_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter").touch()
    prepare(tmp_path, today=TODAY)
    assert (tmp_path / "letter").exists()
