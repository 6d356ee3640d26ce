from django.db.models import Q, QuerySet

from zhijian.catalog.errors import ItemNotFound
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.core.clock import now
from zhijian.editorial.queries import is_centre_reviewer
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import departments_in_scope
from zhijian.organizations.rules import Post


def _in_force() -> QuerySet[ItemVersion]:
    moment = now()
    return ItemVersion.objects.filter(valid_from__lte=moment).filter(
        Q(valid_to=None) | Q(valid_to__gt=moment)
    )


def current_version(code: str) -> ItemVersion:
    """The version in force now. Raises :class:`ItemNotFound` when there is none (unknown or withdrawn)."""
    return _only(_in_force().filter(code=code).select_related("item", "department"))


def version_in_force(code: str) -> ItemVersion:
    """The same, but its long texts stay unread: for who knows them already and asks which version it is."""
    found = _in_force().filter(code=code).select_related("department").defer("spec", "form")
    return _only(found.order_by("item_id", "-number"))


def _only(found: QuerySet[ItemVersion]) -> ItemVersion:
    version = found.first()
    if version is None:
        raise ItemNotFound
    return version


def current_versions() -> QuerySet[ItemVersion]:
    """Every version in force now, in the order of the codes."""
    return _in_force().select_related("item", "department").order_by("code")


def current_version_of(item: ServiceItem) -> ItemVersion | None:
    """The version in force of ``item``, if one is."""
    return ItemVersion.objects.filter(item=item, valid_to=None).first()


def items_in_scope(staff: Staff) -> QuerySet[ServiceItem]:
    """The items that a manager, a reviewer or the centre's reviewer sees in the console."""
    items = ServiceItem.objects.select_related("department")
    if is_centre_reviewer(staff):
        return items
    return items.filter(department__in=departments_in_scope(staff, Post.ITEM_MANAGER, Post.REVIEWER))
