from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import authoring, rules
from zhijian.catalog.actions.common import draft_of, locked, refuse, staff_of, subject
from zhijian.catalog.authoring import Places
from zhijian.catalog.errors import NotYourItem, SpecInvalid
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.queries import standing, state_of
from zhijian.catalog.spec import ItemSpec
from zhijian.core.actor import Actor
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post


@transaction.atomic
def save_draft(actor: Actor, *, spec: ItemSpec, places: Places | None = None) -> ServiceItem:
    """Make ``spec`` the draft of the item with its code; a new item if there is none. The same again changes nothing.

    Returns the item as the draft has it. A draft may still be inconsistent (see :func:`rules.check_spec`); unknown
    departments and halls raise :class:`SpecInvalid`. Raises :class:`NotYourItem` or :class:`WrongState`.
    """
    staff, places = staff_of(actor), places or Places()
    existing = ServiceItem.objects.filter(code=spec.code).first()
    _check_department(staff, places.department(spec.department))
    if existing is None:
        item = ServiceItem(live=False, has_unpublished_changes=True)
    else:
        row = locked(existing)
        if staff:
            refuse(rules.may_edit(state_of(row), standing(row, staff)), actor, row)
        item = draft_of(row)
        if _unchanged(item, spec):
            return item
    authoring.fill(item, spec, places)
    if existing is None:
        item.save()
    item.save_revision(user=staff, changed=True, log_action=True)
    record(actor, "item.drafted", subject=subject(item), facts={"new": existing is None})
    return item


def _check_department(staff: Staff | None, department: Department) -> None:
    if staff and not holds(staff, Post.ITEM_MANAGER, department=department):
        raise NotYourItem


def _unchanged(item: ServiceItem, spec: ItemSpec) -> bool:
    try:
        return authoring.to_spec(item) == spec
    except SpecInvalid:
        return False
