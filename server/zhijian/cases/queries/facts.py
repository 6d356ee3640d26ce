"""What the rules' guards look at, taken from a case and who acts."""

from datetime import datetime

from zhijian.cases.models import Case, Extension
from zhijian.cases.queries.versions import version
from zhijian.cases.rules import table
from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.guards import Facts
from zhijian.cases.rules.states import OPEN, State
from zhijian.core.actor import Actor
from zhijian.core.clock import local_date
from zhijian.organizations.models import Staff
from zhijian.organizations.queries import holds
from zhijian.organizations.rules import Post

HANDLING_POSTS = (Post.WINDOW_OFFICER, Post.CASE_OFFICER, Post.APPROVER)


def roles_of(actor: Actor, staff: Staff | None, case: Case) -> frozenset[str]:
    """In which roles ``actor`` stands to ``case``: its applicant, the system, or posts held for its department."""
    if staff is not None:
        return frozenset(
            post.value for post in HANDLING_POSTS if holds(staff, post, department=case.department)
        )
    if actor.kind == "staff":  # has left
        return frozenset()
    return frozenset({actor.kind})


def facts_of(case: Case, staff: Staff | None, moment: datetime) -> Facts:
    """At most three queries: extensions in the states where they matter, and whether another holder still may act."""
    extension = _extension(case)
    mine = staff.pk if staff else None
    return Facts(
        instant=case.instant,
        corrected=case.corrected,
        separate_decision=case.separate_decision,
        acts_as_reviewer=mine is not None and case.reviewer_id == mine,
        held_by_other=mine is not None and case.assignee_id not in (None, mine),
        held_by_self=mine is not None and case.assignee_id == mine,
        holder_gone=mine is not None and case.assignee_id not in (None, mine) and _holder_gone(case),
        notice_overdue=_passed(case, State.SUBMITTED, moment),
        correction_overdue=_passed(case, State.CORRECTION, moment),
        has_limit=bool(case.limit_unit) and case.calendar_gap is None,
        extension=extension.status if extension else "",
        asked_extension_self=extension is not None and extension.asked_by_id == mine,
        has_result=version(case.item_version_id).result is not None,
        electronic=case.delivery_method == DeliveryMethod.ELECTRONIC,
        urged_today=case.urged_at is not None and local_date(case.urged_at) == local_date(moment),
    )


def may_keep(staff: Staff, case: Case) -> bool:
    """Whether ``staff`` can do the step that ``case`` stands at: what nobody else may touch must be with such a person."""
    return staff.is_active and bool(roles_of(staff.actor, staff, case) & table.desk_of(case.state))


def _holder_gone(case: Case) -> bool:
    return case.state in OPEN and case.assignee is not None and not may_keep(case.assignee, case)


def _extension(case: Case) -> Extension | None:
    if case.state != State.REVIEWING:
        return None
    return case.extensions.order_by("id").last()


def _passed(case: Case, state: State, moment: datetime) -> bool:
    return case.state == state and case.due_at is not None and moment > case.due_at
