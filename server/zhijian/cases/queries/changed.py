"""Is the version that a draft was made under still the one in force, and what changed since?"""

from dataclasses import dataclass

from django.db.models import Q

from zhijian.cases.models import Case
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.changes import differences
from zhijian.catalog.errors import ItemNotFound
from zhijian.catalog.models import ItemVersion
from zhijian.catalog.queries import current_version
from zhijian.core.clock import now


@dataclass(frozen=True, slots=True)
class Changed:
    """``current`` is None when the item was withdrawn."""

    current: ItemVersion | None
    changes: list[str]


def changed_since(case: Case) -> Changed | None:
    """None while the case's own version is in force: one small query, as nearly always."""
    if _in_force(case.item_version_id):
        return None
    try:
        current = current_version(case.item_code)
    except ItemNotFound:
        return Changed(None, [])
    return Changed(current, differences(version(case.item_version_id).spec, version(current.pk).spec))


def _in_force(version_id: int) -> bool:
    moment = now()
    ended = Q(valid_to__isnull=False, valid_to__lte=moment)
    return ItemVersion.objects.filter(pk=version_id, valid_from__lte=moment).exclude(ended).exists()
