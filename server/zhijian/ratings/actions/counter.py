"""A code for who was just served at a counter."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core import item_codes
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Hall, Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post
from zhijian.ratings import errors
from zhijian.ratings.models import CounterVisit

ISSUERS = (Post.WINDOW_OFFICER, Post.HALL_MANAGER)


@transaction.atomic
def issue_code(
    actor: Actor, *, hall: Hall, department: Department, counter: str, item_code: str = ""
) -> CounterVisit:
    """One visit, one code. Raises CounterWrong, PostForbids."""
    staff = Staff.objects.filter(public_id=actor.key, is_active=True).first()
    held = [post for post in ISSUERS if staff and holds(staff, post, department=department)]
    if staff is None or not held:
        raise errors.PostForbids
    counter = counter.strip()
    if not counter or len(counter) > 20 or len(item_code) > item_codes.LENGTH:
        raise errors.CounterWrong(fields=[FieldError("/counter", "required", errors.CounterWrong.title)])
    visit = CounterVisit.objects.create(
        hall=hall, department=department, counter=counter, item_code=item_code, issued_by=staff
    )
    record(
        staff.actor_as(held[0]),
        "rating.code_issued",
        subject=f"counter:{visit.public_id}",
        facts={"hall": hall.code, "department": department.code},
    )
    return visit
