"""The OpenAPI document of an API: a schema's name means one schema, and refusals are described once for all operations."""

from typing import Any

from ninja import Field, NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from pydantic import ConfigDict

from zhijian.core import errors


class FieldProblem(Schema):
    """What is wrong with one value. ``path`` is a JSON pointer into what was sent."""

    path: str
    code: str
    message: str


class Problem(Schema):
    """A refusal (RFC 9457). ``code`` is stable and for programs; ``title``, ``detail`` and ``fields`` are for people."""

    model_config = ConfigDict(extra="allow")
    type: str
    code: str
    status: int
    title: str
    detail: str = Field("", description="没有补充说明时不出现")
    fields: list[FieldProblem] = Field(default_factory=list, description="没有指明哪一项时不出现")


REFUSALS = (
    errors.Unauthorized,
    errors.Forbidden,
    errors.NotFound,
    errors.Conflict,
    errors.Invalid,
    errors.TooMany,
)


class SameName(TypeError):
    """Two schemas have one name: the later would silently replace the earlier."""


class Document(OpenAPISchema):
    def add_schema_definitions(self, definitions: dict[str, Any]) -> None:
        for name, schema in definitions.items():
            if self.schemas.setdefault(name, schema) != schema:
                raise SameName(f"two different schemas are named {name}: rename one of the classes")

    def responses(self, operation: Operation) -> dict[int, dict[str, Any]]:
        own = super().responses(operation)
        common = {kind.status: {"$ref": f"#/components/responses/{kind.__name__}"} for kind in REFUSALS}
        return common | own

    def get_components(self) -> dict[str, Any]:
        problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        self.add_schema_definitions(problem.pop("$defs") | {"Problem": problem})
        content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
        refusals = {kind.__name__: {"description": kind.title, "content": content} for kind in REFUSALS}
        return super().get_components() | {"responses": refusals}


class DocumentedAPI(NinjaAPI):
    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        return Document(self, self.get_root_path(path_params or {}) if path_prefix is None else path_prefix)
