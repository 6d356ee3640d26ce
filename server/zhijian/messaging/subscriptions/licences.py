"""News of a citizen's licences. That one expires is told by the day, not by an event (tasks.remind_of_expiry)."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhijian.licences.events import LicenceRevoked
from zhijian.licences.models import Licence, Status
from zhijian.messaging.subscriptions.base import Notice, tell

EXPIRING = "licence.expiring"
AHEAD = timedelta(days=60)
_LINK = "/pages/mine/licences"


def expiring(day: date) -> Iterator[Notice]:
    """A notice for each valid licence that ends within 60 days of ``day``; its end is part of the key, so a
    licence is told of once, however often this is asked."""
    found = Licence.objects.filter(status=Status.VALID, valid_to__gte=day, valid_to__lte=day + AHEAD)
    for licence in found.select_related("citizen").defer("content").iterator(chunk_size=500):
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
            )


def _revoked(licence_id: str, case_number: str) -> Notice:
    licence = Licence.objects.select_related("citizen").get(public_id=licence_id)
    return Notice(
        citizen=licence.citizen,
        key=licence_id,
        variables={"licence": licence.name},
        link=_LINK,
        happened_at=licence.revoked_at,
    )


tell(LicenceRevoked, "licence.revoked", _revoked)
