"""Visits to a hall 到场, with or without a booking: rated by whoever came once they were served."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count, F

from zhijian.appointments.actions.day import mark_rated
from zhijian.appointments.models import Visit
from zhijian.appointments.rules.states import VisitState
from zhijian.identity.models import Citizen
from zhijian.ratings.errors import NotDoneYet, SubjectUnknown
from zhijian.ratings.rules import OFFLINE
from zhijian.ratings.subjects.base import Handled, Subject, register


class VisitKind:
    code = "visit"
    label = "大厅办理"

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        visit = Visit.objects.select_related("group__hall", "group__department", "citizen").filter(
            public_id=reference, citizen=citizen
        )
        found = visit.first() if citizen is not None else None
        if found is None:
            raise SubjectUnknown
        if found.state != VisitState.DONE or found.served_at is None:
            raise NotDoneYet
        return Subject(
            kind=self.code,
            reference=found.public_id,
            department=found.group.department,
            channel=OFFLINE,
            item_code=found.item_code,
            citizen=citizen,
            hall=found.group.hall,
        )

    def rated(self, subject: Subject, *, stars: int) -> None:
        mark_rated(reference=subject.reference)

    def dismissed(self, reference: str) -> None:
        """A visit keeps no stars: there is nothing to take back."""

    def handled(self, *, since: datetime) -> Iterator[Handled]:
        rows = (
            Visit.objects.filter(state=VisitState.DONE, finished_at__gte=since, citizen__isnull=False)
            .order_by()
            .values_list(F("group__department_id"), F("group__hall_id"), F("item_code"))
            .annotate(Count("pk"))
        )
        for department, hall, item, count in rows:
            yield Handled(department, hall, item, count)


register(VisitKind())
