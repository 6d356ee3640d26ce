from typing import cast

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.catalog import authoring
from zhijian.catalog.actions.desk import ITEMS
from zhijian.catalog.authoring import Places
from zhijian.catalog.errors import SpecInvalid
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.spec import ItemSpec
from zhijian.core.actor import Actor


@transaction.atomic
def save_draft(actor: Actor, *, spec: ItemSpec, places: Places | None = None) -> ServiceItem:
    """Make ``spec`` the draft of the item with its code; a new item if there is none. The same again changes nothing.

    Returns the item as the draft has it. A draft may still be inconsistent (see :func:`rules.check_spec`); unknown
    departments and halls raise :class:`SpecInvalid`. Raises :class:`NotYourItem` or :class:`WrongState`.
    """
    places = places or Places()
    existing = ServiceItem.objects.filter(code=spec.code).first()
    subject = f"item:{spec.code}"
    staff = ITEMS.writer_of(actor, places.department(spec.department), subject)
    if existing is None:
        item = ServiceItem(live=False, has_unpublished_changes=True)
    else:
        _, row = ITEMS.begin(actor, existing, ITEMS.may_edit)
        item = row.get_latest_revision_as_object()
        if _unchanged(item, spec):
            return cast("ServiceItem", item)
    authoring.fill(item, spec, places)
    if existing is None:
        item.save()
    item.save_revision(user=staff, changed=True, log_action=True)
    record(actor, "item.drafted", subject=subject, facts={"new": existing is None})
    return item


def _unchanged(item: ServiceItem, spec: ItemSpec) -> bool:
    try:
        return authoring.to_spec(item) == spec
    except SpecInvalid:
        return False
