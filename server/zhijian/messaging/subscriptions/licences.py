"""News of a citizen's licences. That one expires is told by the day, not by an event (tasks.remind_of_expiry)."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from zhijian.core.clock import today
from zhijian.licences.events import LicenceRevoked
from zhijian.licences.models import Licence, Status
from zhijian.messaging.queries.holding import ask, fact
from zhijian.messaging.subscriptions.base import Notice, tell

EXPIRING = "licence.expiring"
AHEAD = timedelta(days=60)
_LINK = "/pages/mine/licences"


def _ending(first: date, last: date) -> QuerySet[Licence]:
    """Valid licences that end then, unless the person has another of the kind that lasts longer."""
    renewed = Licence.objects.filter(
        Q(valid_to__gt=OuterRef("valid_to")) | Q(valid_to=None),
        citizen=OuterRef("citizen"),
        licence_type=OuterRef("licence_type"),
        status=Status.VALID,
    )
    ending = Licence.objects.filter(status=Status.VALID, valid_to__gte=first, valid_to__lte=last)
    return ending.exclude(Exists(renewed))


def expiring(day: date) -> Iterator[Notice]:
    """A notice for each valid licence that ends within 60 days of ``day``; its end is part of the key, so a
    licence is told of once, however often this is asked."""
    for licence in (
        _ending(day, day + AHEAD).select_related("citizen").defer("content").iterator(chunk_size=500)
    ):
        if licence.valid_to:
            yield Notice(
                citizen=licence.citizen,
                key=f"{licence.public_id}:{licence.valid_to}",
                variables={
                    "licence": licence.name,
                    "until": licence.valid_to,
                    "days": (licence.valid_to - day).days,
                },
                link=_LINK,
                about={"licence_id": licence.public_id, "valid_to": licence.valid_to.isoformat()},
            )


def _still_expiring(*, licence_id: str, valid_to: str) -> bool:
    end = date.fromisoformat(valid_to)
    return end >= today() and _ending(end, end).filter(public_id=licence_id).exists()


def _revoked(licence_id: str, case_number: str) -> Notice:
    licence = Licence.objects.select_related("citizen").get(public_id=licence_id)
    return Notice(
        citizen=licence.citizen,
        key=licence_id,
        variables={"licence": licence.name},
        link=_LINK,
        happened_at=licence.revoked_at,
    )


ask(EXPIRING, _still_expiring)
tell(LicenceRevoked, "licence.revoked", _revoked, holds=fact)
