"""What the actions on items share: locking, and turning a refusal of the rules into a problem."""

from zhijian.catalog.errors import NotYourItem, OwnDraft, SameReviewer, WrongState
from zhijian.catalog.models import ServiceItem
from zhijian.catalog.rules import Refusal
from zhijian.core.actor import Actor
from zhijian.core.errors import Problem
from zhijian.editorial import actions as editorial
from zhijian.organizations.models import Staff

_PROBLEMS: dict[Refusal, type[Problem]] = {
    Refusal.NOT_YOURS: NotYourItem,
    Refusal.OWN_DRAFT: OwnDraft,
    Refusal.SAME_REVIEWER: SameReviewer,
    Refusal.WRONG_STATE: WrongState,
}


def refuse(refusal: Refusal | None, actor: Actor, item: ServiceItem) -> None:
    """Raise the problem for ``refusal``; nothing for None."""
    if refusal is not None:
        raise editorial.problem_of(refusal, _PROBLEMS, actor, kind="item", subject=subject(item))


def staff_of(actor: Actor) -> Staff | None:
    """The member of staff who acts; None for the system, which no post limits. Raises :class:`NotYourItem`."""
    return editorial.staff_of(actor, stranger=NotYourItem)


def locked(item: ServiceItem) -> ServiceItem:
    """The item's row, held until the transaction ends."""
    return ServiceItem.objects.select_for_update(of=("self",)).select_related("department").get(pk=item.pk)


def draft_of(item: ServiceItem) -> ServiceItem:
    """The newest text of the item: its latest revision, or the row when nothing is unpublished."""
    draft: ServiceItem = item.get_latest_revision_as_object()
    return draft


def subject(item: ServiceItem) -> str:
    return f"item:{item.code}"
