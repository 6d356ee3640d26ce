"""What the ratings domain tells a visit: that it was rated, so that it isn't asked again."""

from zhijian.appointments.models import Visit
from zhijian.core.clock import now


def mark_rated(*, reference: str) -> None:
    """Keep when the visit was rated. In the caller's transaction, which holds the rating itself."""
    Visit.objects.filter(public_id=reference, rated_at=None).update(rated_at=now())
