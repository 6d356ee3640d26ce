"""What the endpoints share: whose case it is, and how it looks now."""

from django.db.models import QuerySet
from django.http import HttpRequest

from zhijian.cases.models import Case
from zhijian.cases.presenting import present_detail
from zhijian.cases.presenting.shapes import CaseDetail
from zhijian.cases.queries import citizen as queries
from zhijian.core import workdays
from zhijian.core.clock import now
from zhijian.identity.auth import citizen_of

HANDLE = Case.objects.only("public_id", "number", "citizen_id")
"""Enough for an action, which reads the case when it has locked it."""


def own_case(request: HttpRequest, public_id: str, rows: QuerySet[Case] = HANDLE) -> Case:
    """Raises CaseNotFound, also for another person's case (then audited)."""
    citizen = citizen_of(request)
    return queries.case_for_citizen(citizen.actor, citizen, public_id, rows=rows)


def detail(case: Case) -> CaseDetail:
    """How ``case`` stands, as an action left it or ``known`` reads it."""
    return present_detail(queries.completed(case), now(), workdays.when_asked())
