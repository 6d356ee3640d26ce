"""What a case's form says of its applicant, as the register confirmed it."""

from typing import Any

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import Version
from zhijian.cases.rules import corrections, verified
from zhijian.cases.rules.states import State


def own_values(case: Case, item: Version) -> dict[str, str]:
    """Field name → the applicant's confirmed name or id number."""
    return verified.own_values(item.fields, name=case.citizen.name, id_number=case.citizen.id_number)


def form_values(case: Case, item: Version) -> dict[str, Any]:
    """The form as it would be handed in now. What was handed in before stays, but for what a correction names."""
    own = own_values(case, item)
    if case.state == State.CORRECTION:
        own = {name: value for name, value in own.items() if name in _named(case)}
    elif case.state != State.DRAFT:
        own = {}
    return verified.set_anew(case.form, own)


def _named(case: Case) -> set[str]:
    return {corrections.top(one.key) for one in case.correction.items.all() if one.kind == "field"}
