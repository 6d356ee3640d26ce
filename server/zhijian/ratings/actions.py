"""The only writers of ratings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction

from zhijian.audit.actions import record
from zhijian.cases.actions.rating import mark_rated
from zhijian.cases.models import Case
from zhijian.core.actor import Actor
from zhijian.core.events import emit
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department
from zhijian.ratings import rules
from zhijian.ratings.errors import AlreadyRated, RatingWrong
from zhijian.ratings.events import RatingGiven
from zhijian.ratings.models import Rating


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a person says. ``stars`` and each of ``dimensions`` 1 to 5, 5 = best."""

    stars: int
    tags: Sequence[str] = ()
    dimensions: Mapping[str, int] = field(default_factory=dict)
    comment: str = ""


@transaction.atomic
def rate_case(actor: Actor, *, case: Case, opinion: Opinion) -> Rating:
    """Rate a concluded case and close its request for a rating.

    Raises RatingWrong, AlreadyRated, and ``cases.not_now`` before the case is concluded.
    """
    # The rating's unique row settles which of two came first; a case that may not be rated undoes it again.
    rating = rate(
        actor,
        case_number=case.number or "",
        item_code=case.item_code,
        citizen=case.citizen,
        department=case.department,
        opinion=opinion,
    )
    mark_rated(case=case, stars=opinion.stars)
    return rating


@transaction.atomic
def rate(
    actor: Actor,
    *,
    case_number: str,
    item_code: str,
    citizen: Citizen,
    department: Department,
    opinion: Opinion,
) -> Rating:
    """Keep the one rating of a handling, whatever system handled it. Raises RatingWrong, AlreadyRated."""
    _check(opinion)
    try:
        with transaction.atomic():
            rating = Rating.objects.create(
                case_number=case_number,
                item_code=item_code,
                citizen=citizen,
                department=department,
                stars=opinion.stars,
                tags=list(opinion.tags),
                dimensions=dict(opinion.dimensions),
                comment=opinion.comment.strip(),
            )
    except IntegrityError as error:
        raise AlreadyRated from error
    poor = rules.is_poor(opinion.stars)
    record(actor, "rating.given", subject=f"case:{case_number}", facts={"stars": opinion.stars})
    emit(RatingGiven(rating.public_id, case_number, department.code, opinion.stars, poor))
    return rating


def _check(opinion: Opinion) -> None:
    faults = rules.faults(
        stars=opinion.stars, tags=opinion.tags, dimensions=opinion.dimensions, comment=opinion.comment
    )
    if faults:
        raise RatingWrong(fields=faults)
