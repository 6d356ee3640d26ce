"""One file of filled forms; the app's tests read it too, so the two sides cannot drift apart."""

import json
from pathlib import Path
from typing import Any

import pytest

from zhijian.catalog.form_spec import FormSpec
from zhijian.catalog.forms import check_form, compile_form
from zhijian.catalog.forms.tidying import tidy
from zhijian.catalog.forms.visibility import drop_empty, drop_hidden, fields_by_name

VECTORS = json.loads((Path(__file__).parent / "vectors" / "forms.json").read_text())["cases"]
# No condition asks for it: it stands where nothing was filled in, to see whether it is kept.
BLANK = object()


def whole(field: dict[str, Any]) -> dict[str, Any]:
    """With what the vectors leave out."""
    options = [{"value": value, "label": value} for value in field.get("options", [])]
    inner = [whole(one) for one in field.get("fields", [])]
    return {"label": field["name"], **field, "options": options, "fields": inner}


def filled(case: dict[str, Any]) -> dict[str, Any]:
    if not case.get("repeat"):
        return dict(case["values"])
    return {name: piece * times for name, (piece, times) in case["values"].items()}


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["words"])
def test_every_form_is_shown_and_judged(case: dict[str, Any]) -> None:
    fields = [whole(field) for field in case["fields"]]
    form = compile_form(FormSpec.model_validate({"pages": [{"key": "p", "title": "页", "fields": fields}]}))
    by_name = fields_by_name(form["ui"])
    cleaned = drop_empty(tidy(by_name, filled(case)))
    shown = drop_hidden(form["ui"], dict.fromkeys(by_name, BLANK) | cleaned)
    assert sorted(shown) == sorted(case.get("shown", by_name))
    found = sorted((error.path, error.code) for error in check_form(form, filled(case)))
    assert found == sorted((path, code) for path, code in case.get("problems", []))
