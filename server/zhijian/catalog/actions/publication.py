from django.db import transaction

from zhijian.catalog.actions.desk import ITEMS
from zhijian.catalog.actions.release import release
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.core.actor import Actor


@transaction.atomic
def publish(actor: Actor, *, item: ServiceItem, catalogue: bool = True) -> ItemVersion:
    """Put the newest draft into force now, without review: for the system's own loading only.

    ``catalogue=False`` leaves the catalogue document to the caller, who publishes many items. Raises
    :class:`SpecInvalid`; refuses staff (they submit for review).
    """
    return release(actor, item=ITEMS.publish_unreviewed(actor, item), catalogue=catalogue)
