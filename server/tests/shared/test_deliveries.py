"""One file of deliveries; the app's tests read it too, so the two sides cannot drift apart."""

import json
from pathlib import Path
from typing import Any

import pytest

from zhijian.cases.rules import deliveries

VECTORS = json.loads((Path(__file__).parent / "vectors" / "deliveries.json").read_text())["cases"]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["words"])
def test_every_delivery_is_judged(case: dict[str, Any]) -> None:
    given = {
        name: value if isinstance(value, str) else value[0] * value[1]
        for name, value in case["delivery"].items()
    }
    halls = case.get("halls", ["city", "east"])
    found = deliveries.wrong(given, courier=case.get("courier", True), halls=halls)
    wanted = [(path, code) for path, code in case.get("problems", [])]
    assert sorted((error.path, error.code) for error in found) == sorted(wanted)
