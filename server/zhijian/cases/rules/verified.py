"""An application is made by whoever is logged in: the identity in its form is theirs, not what somebody types."""

from collections.abc import Mapping
from typing import Any

from zhijian.catalog.form_spec import FormField
from zhijian.core import names, numbers
from zhijian.core.errors import FieldError

_WORDS = (
    "“{label}”来自您的实名信息，网上只能为本人申请，不能改成别人；"
    "信息有误，或者要替别人办理，请带双方证件到政务服务大厅"
)


def own_values(fields: Mapping[str, FormField], *, name: str, id_number: str) -> dict[str, str]:
    """Field name → what the register confirmed; empty for somebody who was never confirmed."""
    known = {"citizen.name": name, "citizen.id_number": id_number}
    found = {field.name: known[field.prefill] for field in fields.values() if field.verified}
    return {field: value for field, value in found.items() if value}


def set_anew(values: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, Any]:
    """``values`` with the applicant's own identity, whatever stood there."""
    return {**values, **own}


def others(
    given: Mapping[str, Any], own: Mapping[str, str], fields: Mapping[str, FormField]
) -> list[FieldError]:
    """The fields of ``given`` in which somebody else is named. An empty one names nobody."""
    return [
        FieldError(f"/{name}", "verified_identity", _WORDS.format(label=fields[name].label))
        for name, value in own.items()
        if given.get(name) not in (None, "") and not _same(fields[name], given[name], value)
    ]


def _same(field: FormField, given: Any, own: str) -> bool:
    clean = numbers.id_number if field.type == "id_number" else names.person
    return isinstance(given, str) and own in {given, clean(given)}
