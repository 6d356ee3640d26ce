"""Merging a run into results.json."""

import json
from pathlib import Path

from bench.results import merged, save

MONDAY = {"date": "2026-11-23", "commit": "aaa", "machine": {"cores": 2}}
TUESDAY = {"date": "2026-11-24", "commit": "bbb", "machine": {"cores": 2}}
GUIDE = {"guide_read_rps": 100, "guide_read_vs_nginx": 0.5}


def test_first_run() -> None:
    found = merged({}, {"guide": GUIDE}, MONDAY)
    assert found["guide_read_rps"] == 100
    assert found["machine"] == {"cores": 2}
    assert found["groups"]["guide"]["commit"] == "aaa"


def test_groups_that_did_not_run_keep_figures_date_and_commit() -> None:
    before = merged({}, {"guide": GUIDE}, MONDAY)
    found = merged(before, {"search": {"search_p50_ms": 9.0}}, TUESDAY)
    assert (found["guide_read_rps"], found["search_p50_ms"]) == (100, 9.0)
    assert found["groups"]["guide"]["date"] == "2026-11-23"
    assert found["groups"]["search"]["date"] == found["date"] == "2026-11-24"


def test_a_figure_that_is_measured_no_longer_goes() -> None:
    before = merged({}, {"guide": GUIDE}, MONDAY)
    assert "guide_read_vs_nginx" not in merged(before, {"guide": {"guide_read_rps": 90}}, TUESDAY)


def test_file_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "results.json"
    save({"guide": GUIDE}, MONDAY, file)
    save({"search": {"search_p50_ms": 9.0}}, TUESDAY, file)
    assert json.loads(file.read_text())["groups"].keys() == {"guide", "search"}
    assert list(tmp_path.iterdir()) == [file]
