"""Counter visits 窗口办理: rated without log-in by the signed code on the slip or the counter's screen."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Count

from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.ratings.errors import CodeExpired, SubjectUnknown
from zhijian.ratings.models import CounterVisit
from zhijian.ratings.rules import OFFLINE
from zhijian.ratings.signing import code_for
from zhijian.ratings.subjects.base import Handled, Subject, register

GOOD_FOR = timedelta(days=7)


class CounterKind:
    code = "counter"
    label = "窗口办理"

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        """Raises CodeExpired a week after the visit."""
        visit = CounterVisit.objects.select_related("department", "hall").filter(public_id=reference).first()
        if visit is None:
            raise SubjectUnknown
        if now() > visit.at + GOOD_FOR:
            raise CodeExpired
        return Subject(
            kind=self.code,
            reference=visit.public_id,
            department=visit.department,
            channel=OFFLINE,
            item_code=visit.item_code,
            hall=visit.hall,
        )

    def rated(self, subject: Subject, *, stars: int) -> None:
        """No domain is told of ratings of counters."""

    def dismissed(self, reference: str) -> None:
        """No domain is told of ratings of counters."""

    def handled(self, *, since: datetime) -> Iterator[Handled]:
        rows = CounterVisit.objects.filter(at__gte=since).order_by()
        counted = rows.values_list("department_id", "hall_id", "item_code").annotate(Count("pk"))
        for department, hall, item, count in counted:
            yield Handled(department, hall, item, count)


def token_of(visit: CounterVisit) -> str:
    """What the QR code carries."""
    return code_for(CounterKind.code, visit.public_id)


register(CounterKind())
