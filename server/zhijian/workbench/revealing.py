"""Clear personal data on a page, once, for a reason that the person can read."""

from collections.abc import Sequence

from django.http import HttpRequest

from zhijian.core.errors import Problem
from zhijian.identity.models import Citizen
from zhijian.organizations.access import staff_of
from zhijian.privacy.actions import reveal


def revealed(
    request: HttpRequest, citizen: Citizen, fields: Sequence[str]
) -> tuple[dict[str, str], Problem | None]:
    """The values for who asks with a ``reason`` in the form; or none, and why not. Whether they have business with
    ``citizen`` is the caller's to decide."""
    staff = staff_of(request)
    try:
        return reveal(
            staff.actor, staff=staff, citizen=citizen, fields=fields, reason=request.POST.get("reason", "")
        ), None
    except Problem as problem:
        return {}, problem
