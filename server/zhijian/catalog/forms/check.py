"""The one check of a filled form, for drafts (what is given must be right) and for submission (all of it)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jsonschema_rs as rs

from zhijian.catalog.forms.compile import CREDIT_CODE_FORMAT, ID_NUMBER_FORMAT
from zhijian.catalog.forms.limits import check_limits
from zhijian.catalog.forms.messages import field_errors
from zhijian.catalog.forms.tidying import tidy
from zhijian.catalog.forms.visibility import drop_empty, drop_hidden, fields_by_name
from zhijian.core.clock import today
from zhijian.core.errors import FieldError
from zhijian.core.numbers import is_credit_code, is_day
from zhijian.identity.rules import id_number_fault

# In a draft what is missing is not yet wrong, nor is a declaration that is still open.
_COMPLETENESS = {"required", "minItems", "const"}
_MAX_ERRORS = 100


@dataclass(frozen=True, slots=True)
class Checked:
    """``values`` without blank and hidden ones; store these. ``errors`` in the order of the schema."""

    values: dict[str, Any]
    errors: list[FieldError]


def check_form(compiled: Mapping[str, Any], values: Any, *, partial: bool = False) -> list[FieldError]:
    """What is wrong with ``values``; empty = nothing. ``partial`` is the check of a draft."""
    return clean_form(compiled, values, partial=partial).errors


def clean_form(compiled: Mapping[str, Any], values: Any, *, partial: bool = False) -> Checked:
    """Clean the numbers, drop blank and hidden values, then check. Unknown fields are errors, never dropped silently.

    ``compiled`` is what :func:`zhijian.catalog.forms.compile_form` made (an item version's ``form``).
    """
    if not isinstance(values, dict):
        return Checked(
            {}, [FieldError(path="", code="bad_type", message="表单内容的格式不正确，请刷新页面后重试")]
        )
    if too_much := check_limits(values):
        return Checked({}, too_much)
    cleaned = drop_hidden(compiled["ui"], drop_empty(tidy(fields_by_name(compiled["ui"]), values)))
    validator = _validator(json.dumps(compiled["schema"], sort_keys=True, ensure_ascii=False))
    errors: dict[tuple[str, str], FieldError] = {}
    for error in validator.iter_errors(cleaned):
        if partial and error.kind.name in _COMPLETENESS:
            continue
        for found in field_errors(error, compiled["ui"]):
            errors.setdefault((found.path, found.code), found)
        if len(errors) >= _MAX_ERRORS:
            break
    return Checked(cleaned, list(errors.values()))


@lru_cache(maxsize=256)
def _validator(schema: str) -> rs.Draft202012Validator:
    return rs.Draft202012Validator(
        json.loads(schema),
        validate_formats=True,
        formats={
            ID_NUMBER_FORMAT: lambda number: id_number_fault(number, today=today()) is None,
            CREDIT_CODE_FORMAT: is_credit_code,
            "date": is_day,  # the validator's own takes the year 0000
        },
    )
