"""What the endpoints share: whose case it is, and how it looks now."""

from django.http import HttpRequest

from zhijian.cases.models import Case
from zhijian.cases.presenting import present_detail
from zhijian.cases.presenting.shapes import CaseDetail
from zhijian.cases.queries import citizen as queries
from zhijian.core.clock import now
from zhijian.core.workdays import Workdays
from zhijian.identity.auth import citizen_of


def own_case(request: HttpRequest, public_id: str) -> Case:
    """Raises CaseNotFound, also for another person's case (then audited)."""
    citizen = citizen_of(request)
    return queries.case_for_citizen(citizen.actor, citizen, public_id)


def detail(case: Case) -> CaseDetail:
    return present_detail(queries.whole(case), now(), Workdays.load())
