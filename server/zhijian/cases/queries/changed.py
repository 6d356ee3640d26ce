"""Is the version that a draft was made under still the one in force, and what changed since?"""

from dataclasses import dataclass

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.changes import differences
from zhijian.catalog.errors import ItemNotFound
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.queries import version_in_force
from zhijian.core.clock import now


@dataclass(frozen=True, slots=True)
class Changed:
    """``current`` is None when the item was withdrawn."""

    current: ItemVersion | None
    changes: list[str]


def changed_since(case: Case) -> Changed | None:
    """None while the case's own version is in force: no query after :func:`queries.known`, as nearly always."""
    if _in_force(case.item_version):
        return None
    try:
        current = version_in_force(case.item_code)
    except ItemNotFound:
        return Changed(None, [])
    return Changed(current, differences(version(case.item_version_id).spec, version(current.pk).spec))


def _in_force(made_under: ItemVersion) -> bool:
    moment = now()
    return made_under.valid_from <= moment and (made_under.valid_to is None or made_under.valid_to > moment)
