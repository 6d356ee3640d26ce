"""One file of answers to an item's questions; the app's tests read it too, so the two sides cannot drift apart."""

import json
from pathlib import Path
from typing import Any

import pytest
from catalog.factories import make_spec

from zhijian.catalog.errors import UnknownAnswer
from zhijian.catalog.rules import apply_answers
from zhijian.catalog.spec import Limit

VECTORS = json.loads((Path(__file__).parent / "vectors" / "situations.json").read_text())
ITEM = VECTORS["item"]
SPEC = make_spec(
    materials=[{"name": one["code"], **one} for one in ITEM["materials"]],
    promised_limit=ITEM["promised_limit"],
    places=[{"hall": hall} for hall in ITEM["places"]],
    questions=[
        {"text": one["key"], **one, "options": [{"label": way["key"], **way} for way in one["options"]]}
        for one in ITEM["questions"]
    ],
    charged=True,
    fees=[{"name": "工本费", "standard": "每证 30 元"}],
)
KEYS = tuple(question["key"] for question in ITEM["questions"])


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["words"])
def test_every_situation_changes_the_item(case: dict[str, Any]) -> None:
    refused = case.get("refused", [])
    if refused:
        with pytest.raises(UnknownAnswer) as caught:
            apply_answers(SPEC, case["answers"])
        assert [error.path for error in caught.value.fields] == [f"/answers/{key}" for key in refused]
    applied = apply_answers(SPEC, {key: way for key, way in case["answers"].items() if key not in refused})
    assert applied.material_codes == case.get("materials", ["id", "photo"])
    assert applied.fee == case.get("fee", "工本费：每证 30 元")
    assert applied.promised_limit == Limit.model_validate(case.get("limit", ITEM["promised_limit"]))
    assert list(applied.halls) == case.get("halls", ITEM["places"])
    assert [note.text for note in applied.notes] == case.get("notes", [])
    assert list(applied.blocks) == case.get("blocks", [])
    assert applied.unanswered == tuple(case.get("unanswered", KEYS))
