"""The API's own description: one schema a name, and the refusals that every operation may answer."""

import json
from typing import Any

import pytest
from django.test import Client
from ninja import NinjaAPI, Schema
from pydantic import create_model

from config.api import api
from zhijian.core.openapi import REFUSALS, DocumentedAPI, Problem, SameName

SCHEMA: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema()))
OPERATIONS = [
    (method, path, operation)
    for path, methods in SCHEMA["paths"].items()
    for method, operation in methods.items()
]


def described(*shapes: type[Schema]) -> NinjaAPI:
    """An API with one operation a shape, which answers it."""
    of = DocumentedAPI(urls_namespace="-".join(shape.__name__ for shape in shapes))
    for number, shape in enumerate(shapes):
        of.get(f"/{number}", response=shape, operation_id=str(number))(lambda request: None)
    return of


def test_two_schemas_of_one_name_are_refused() -> None:
    one = create_model("Same", __base__=Schema, a=(int, ...))
    other = create_model("Same", __base__=Schema, b=(int, ...))
    with pytest.raises(SameName, match="Same"):
        described(one, other).get_openapi_schema(path_prefix="")
    assert "Same" in described(one, one).get_openapi_schema(path_prefix="")["components"]["schemas"]


def test_every_operation_tells_how_it_may_refuse() -> None:
    common = {str(kind.status): {"$ref": f"#/components/responses/{kind.__name__}"} for kind in REFUSALS}
    silent = [
        (method, path) for method, path, one in OPERATIONS if not common.items() <= one["responses"].items()
    ]
    assert OPERATIONS
    assert not silent


@pytest.mark.django_db
def test_a_refusal_is_as_described() -> None:
    answer = Client().post("/api/v1/login-codes", {"phone": "1" * 100}, "application/json")
    assert answer.status_code == 422
    assert Problem.model_validate(answer.json()).fields[0].path == "/phone"
