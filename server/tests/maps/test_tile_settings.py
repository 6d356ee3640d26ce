"""What the environment says of tiles, and every way to say it wrongly."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import mapping

SERVER = Path(__file__).resolve().parents[2]
KEY = "0123456789abcdef"
GOOD = f"https://t0.tiles.example/vec_w/wmts?TILEMATRIX={{z}}&TILEROW={{y}}&TILECOL={{x}}&tk={KEY}"
CREDIT = "天地图 审图号：GS(2024)0650号"


def given(monkeypatch: pytest.MonkeyPatch, **values: str) -> mapping.Tiles:
    for name in [name for name in os.environ if name.startswith("MAP_")]:
        monkeypatch.delenv(name)
    for name, value in values.items():
        monkeypatch.setenv(f"MAP_{name.upper()}", value)
    return mapping.tiles()


def test_nothing_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(monkeypatch) == mapping.Tiles((), "gcj02", "", 9, 18, 3.0)
    assert given(
        monkeypatch, tiles="  ", datum="", min_zoom="", max_zoom="", read_seconds=""
    ) == mapping.Tiles((), "gcj02", "", 9, 18, 3.0)


def test_everything_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    names = "http://maps.example:8080/names/{z}/{x}/{y}.png"
    found = given(
        monkeypatch,
        tiles=f"{GOOD}\n  {names} ",
        credit=f" {CREDIT} ",
        datum="cgcs2000",
        min_zoom="8",
        max_zoom="20",
        read_seconds="1.5",
    )
    assert found == mapping.Tiles((GOOD, names), "cgcs2000", CREDIT, 8, 20, 1.5)
    assert KEY not in repr(found)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"tiles": GOOD.replace("{z}", "9")}, "第 1 个地址缺少 {z}"),
        ({"tiles": GOOD.replace("{x}", "9")}, "第 1 个地址缺少 {x}"),
        ({"tiles": f"{GOOD} {GOOD.replace('{y}', '9')}"}, "第 2 个地址缺少 {y}"),
        ({"tiles": GOOD.replace("https:", "ftp:")}, "http:// 或 https://"),
        ({"tiles": GOOD.removeprefix("https://")}, "http:// 或 https://"),
        ({"tiles": "https:///{z}/{x}/{y}"}, "写全主机名"),
        ({"tiles": "https://maps.example:port/{z}/{x}/{y}"}, "写全主机名"),
        ({"tiles": "https://[maps.example/{z}/{x}/{y}"}, "写全主机名"),
        ({"tiles": GOOD + "\u202e"}, "写全主机名"),
        ({"tiles": GOOD.replace("t0", "t{s}")}, "主机名里不能有"),
        ({"tiles": GOOD + "&style={style}"}, "只能有 {z}、{x}、{y}"),
        ({"tiles": GOOD, "credit": ""}, "MAP_CREDIT 写明地图来源和审图号"),
        ({"tiles": GOOD, "credit": "  "}, "MAP_CREDIT"),
        ({"datum": "wgs84"}, "MAP_DATUM 只能是 gcj02 或 cgcs2000"),
        ({"min_zoom": "low"}, "MAP_MIN_ZOOM 要是 0 到 22"),
        ({"max_zoom": "23"}, "MAP_MAX_ZOOM 要是 0 到 22"),
        ({"max_zoom": "-1"}, "MAP_MAX_ZOOM 要是 0 到 22"),
        ({"min_zoom": "12", "max_zoom": "11"}, "MAP_MIN_ZOOM 不能大于 MAP_MAX_ZOOM"),
        ({"read_seconds": "fast"}, "MAP_READ_SECONDS"),
        ({"read_seconds": "0"}, "MAP_READ_SECONDS"),
        ({"read_seconds": "nan"}, "MAP_READ_SECONDS"),
    ],
)
def test_faults_say_what_to_mend(monkeypatch: pytest.MonkeyPatch, values: dict[str, str], words: str) -> None:
    with pytest.raises(ImproperlyConfigured) as refusal:
        given(monkeypatch, **({"credit": CREDIT} | values))
    assert words in str(refusal.value)
    assert KEY not in str(refusal.value)


def test_a_fault_stops_the_start() -> None:
    command = [sys.executable, "manage.py", "check"]
    environment = os.environ | {"MAP_TILES": GOOD, "MAP_CREDIT": "", "PYTHONUTF8": "1"}
    found = subprocess.run(command, cwd=SERVER, env=environment, capture_output=True, text=True, check=False)
    assert found.returncode != 0
    assert "MAP_CREDIT" in found.stderr
    assert KEY not in found.stdout + found.stderr
