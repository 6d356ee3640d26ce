from django.db import transaction

from zhijian.catalog.models import Favourite
from zhijian.catalog.queries import current_version
from zhijian.core.actor import Actor
from zhijian.identity.models import Citizen


@transaction.atomic
def add_favourite(actor: Actor, *, citizen: Citizen, code: str) -> None:
    """Keep a published item; keeping it twice is the same. Raises :class:`ItemNotFound`."""
    Favourite.objects.get_or_create(citizen=citizen, item=current_version(code).item)


@transaction.atomic
def remove_favourite(actor: Actor, *, citizen: Citizen, code: str) -> None:
    """Let go of an item, also of one that was withdrawn since; of one not kept too."""
    Favourite.objects.filter(citizen=citizen, item__code=code).delete()
