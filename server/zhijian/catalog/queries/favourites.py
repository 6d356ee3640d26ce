from django.db.models import QuerySet

from zhijian.catalog.models import ItemVersion
from zhijian.catalog.queries.items import current_versions
from zhijian.identity.models import Citizen


def favourites(citizen: Citizen) -> QuerySet[ItemVersion]:
    """The versions in force of what the citizen keeps, newest favourite first; withdrawn items are left out."""
    return (
        current_versions()
        .filter(item__favourites__citizen=citizen)
        .order_by("-item__favourites__created_at", "code")
    )
