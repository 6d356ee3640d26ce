"""Showing a citizen's clear data to staff: never without a reason, never without the citizen knowing."""

from collections.abc import Sequence

from django.db import transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.identity.models import Citizen
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import posts_of
from zhijian.privacy import errors, rules
from zhijian.privacy.models import AccessRecord


@transaction.atomic
def reveal(
    actor: Actor, *, staff: Staff, citizen: Citizen, fields: Sequence[str], reason: str
) -> dict[str, str]:
    """Clear values of ``fields`` (see rules.FIELDS) for ``staff``, put down in the citizen's access log.

    Whether this officer has business with this citizen is the caller's to decide (a case in scope).
    Raises FieldUnknown, ReasonNeeded, PostNotHeld.
    """
    wanted = [field for field in rules.FIELDS if field in fields]
    if not wanted or len(wanted) != len(set(fields)):
        raise errors.FieldUnknown(fields=[FieldError("/fields", "unknown", errors.FieldUnknown.title)])
    reason = reason.strip()
    if rules.reason_fault(reason):
        raise errors.ReasonNeeded(fields=[FieldError("/reason", "reason", errors.ReasonNeeded.title)])
    subject = f"citizen:{citizen.public_id}"
    post = rules.post_for(posts_of(staff))
    if post is None:
        raise errors.PostNotHeld(
            attempt=lambda: record_refusal(
                actor, "citizen.revealed", subject=subject, facts={"fields": wanted}
            )
        )
    AccessRecord.objects.create(
        citizen=citizen,
        staff=staff,
        post=post,
        department=staff.department,
        fields=wanted,
        reason=reason,
        at=now(),
    )
    record(actor, "citizen.revealed", subject=subject, facts={"fields": wanted, "post": post})
    return {field: getattr(citizen, field) for field in wanted}
