"""Between the typed specification and the rows that the console edits. Names are the same on both sides."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from zhijian.catalog import models as tables
from zhijian.catalog.errors import SpecInvalid
from zhijian.catalog.form_spec import Spec
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.spec import ItemSpec, Limit
from zhijian.catalog.words import field_errors
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Hall

# Children that have exactly the columns of their part of the specification.
PARTS: dict[str, type[Any]] = {
    "legal_bases": tables.ItemBasis,
    "steps": tables.ItemStep,
    "materials": tables.ItemMaterial,
    "fees": tables.ItemFee,
    "results": tables.ItemResult,
    "faqs": tables.ItemFaq,
}
_LIMITS = ("legal_limit", "promised_limit")
_SPECIAL = {*PARTS, *_LIMITS, "department", "places", "questions", "form"}
_PLAIN = [name for name in ItemSpec.model_fields if name not in _SPECIAL]


def parse(data: Any) -> ItemSpec:
    """A specification from JSON values. Raises :class:`SpecInvalid` naming every fault in Chinese."""
    try:
        return ItemSpec.model_validate(data)
    except ValidationError as error:
        raise SpecInvalid(fields=field_errors(error, ItemSpec)) from error


def to_spec(item: ServiceItem) -> ItemSpec:
    """The specification that the item's present values make. Raises :class:`SpecInvalid` when they make none."""
    data: dict[str, Any] = {name: getattr(item, name) for name in _PLAIN}
    data["department"] = item.department.code
    data["questions"], data["form"] = item.questions, item.form
    data |= {name: _limit_of(item, name) for name in _LIMITS}
    data["places"] = [
        {"hall": place.hall.code, "counters": place.counters}
        for place in item.places.select_related("hall").all()
    ]
    for name in PARTS:
        names = _part_fields(name)
        data[name] = [{field: getattr(row, field) for field in names} for row in getattr(item, name).all()]
    return parse(data)


def fill(item: ServiceItem, spec: ItemSpec, places: "Places") -> None:
    """Give ``item`` (not saved here) the values of ``spec``. Raises :class:`SpecInvalid` for unknown codes."""
    plain = spec.model_dump(mode="json", include={"questions", "form"})
    item.questions, item.form = plain["questions"], plain["form"]
    for name in _PLAIN:
        setattr(item, name, getattr(spec, name))
    for name in _LIMITS:
        limit: Limit | None = getattr(spec, name)
        setattr(item, f"{name}_value", limit.value if limit else None)
        setattr(item, f"{name}_unit", limit.unit if limit else "")
        setattr(item, f"{name}_note", limit.note if limit else "")
    item.department = places.department(spec.department)
    item.places = [
        tables.ItemPlace(
            hall=places.hall(place.hall, f"/places/{index}/hall"), counters=place.counters, sort_order=index
        )
        for index, place in enumerate(spec.places)
    ]
    for name, table in PARTS.items():
        rows = getattr(spec, name)
        setattr(item, name, [table(sort_order=index, **_values(row)) for index, row in enumerate(rows)])


class Places:
    """Departments and halls by code, read once for many items."""

    def __init__(self) -> None:
        self._departments: Mapping[str, Department] = {row.code: row for row in Department.objects.all()}
        self._halls: Mapping[str, Hall] = {row.code: row for row in Hall.objects.all()}

    def department(self, code: str) -> Department:
        if code not in self._departments:
            message = f"没有代码为“{code}”的部门"
            raise SpecInvalid(
                fields=[FieldError(path="/department", code="unknown_department", message=message)]
            )
        return self._departments[code]

    def hall(self, code: str, path: str) -> Hall:
        if code not in self._halls:
            message = f"没有代码为“{code}”的大厅"
            raise SpecInvalid(fields=[FieldError(path=path, code="unknown_hall", message=message)])
        return self._halls[code]


def _values(row: Spec) -> dict[str, Any]:
    return {name: getattr(row, name) for name in type(row).model_fields}


def _part_fields(name: str) -> list[str]:
    (part,) = ItemSpec.model_fields[name].annotation.__args__  # type: ignore[union-attr]
    return list(part.model_fields)


def _limit_of(item: ServiceItem, name: str) -> dict[str, Any] | None:
    value = getattr(item, f"{name}_value")
    if value is None:
        return None
    return {"value": value, "unit": getattr(item, f"{name}_unit"), "note": getattr(item, f"{name}_note")}
