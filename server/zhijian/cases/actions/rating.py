"""What the ratings domain tells a case: that it was rated, so that it isn't asked again."""

from django.db import transaction

from zhijian.cases.actions.turn import lock
from zhijian.cases.errors import NotNow
from zhijian.cases.models import Case
from zhijian.cases.queries.stages import may_rate
from zhijian.core.clock import now


@transaction.atomic
def mark_rated(*, case: Case, stars: int) -> Case:
    """Keep the stars (1 to 5) with the case. Raises NotNow when it isn't concluded or was rated."""
    fresh = lock(case.pk)
    if not may_rate(fresh):
        raise NotNow("办件办结后可以评价一次")
    fresh.stars, fresh.rated_at = stars, now()
    fresh.save(update_fields=["stars", "rated_at"])
    return fresh
