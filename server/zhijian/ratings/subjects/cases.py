"""Cases 办件: rated by their applicant once they are concluded."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F

from zhijian.cases.actions.rating import mark_rated
from zhijian.cases.models import Case
from zhijian.cases.queries.citizen import case_for_citizen
from zhijian.identity.models import Citizen
from zhijian.ratings.errors import NotDoneYet, SubjectUnknown
from zhijian.ratings.rules import ONLINE
from zhijian.ratings.subjects.base import Handled, Subject, register


class CaseKind:
    code = "case"
    label = "办件"

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        if citizen is None:
            raise SubjectUnknown
        return subject_of(case_for_citizen(citizen.actor, citizen, reference))

    def rated(self, subject: Subject, *, stars: int) -> None:
        mark_rated(case=Case.objects.get(number=subject.reference), stars=stars)

    def dismissed(self, reference: str) -> None:
        """The applicant's stars stay with their case."""

    def handled(self, *, since: datetime) -> Iterator[Handled]:
        rows = (
            Case.objects.filter(concluded_at__gte=since)
            .order_by()
            .values_list("department_id", F("item_code"))
            .annotate(Count("pk"))
        )
        for department, item, count in rows:
            yield Handled(department, None, item, count)


def subject_of(case: Case) -> Subject:
    """Raises NotDoneYet for a draft, which has no number to be named by."""
    if not case.number:
        raise NotDoneYet
    return Subject(
        kind=CaseKind.code,
        reference=case.number,
        department=case.department,
        channel=ONLINE,
        item_code=case.item_code,
        citizen=case.citizen,
    )


register(CaseKind())
