"""Years to enter, and who may."""

from datetime import date, timedelta

from organizations.factories import StaffFactory

from zhijian.calendars import actions, queries
from zhijian.calendars.rules.year import Day, Source, YearPlan
from zhijian.core.actor import SYSTEM
from zhijian.core.models import CalendarVersion
from zhijian.organizations.actions import grant_post
from zhijian.organizations.models import Region, Staff
from zhijian.organizations.rules import Post


def days(first: date, last: date, *, working: bool = False, name: str = "临时放假") -> list[Day]:
    return [Day(first + timedelta(days=n), working, name) for n in range((last - first).days + 1)]


def changed(year: int = 2026, *added: Day, without: tuple[date, ...] = ()) -> YearPlan:
    """The year as it is, with these days besides."""
    current = queries.plan_of(year)
    kept = [day for day in (current.days if current else ()) if day.date not in without]
    named = {day.date for day in added}
    rest = tuple(day for day in kept if day.date not in named)
    source = Source("云州市人民政府关于延长假期的通知", "云政办〔2026〕9号")
    return YearPlan(year, tuple(sorted((*rest, *added))), source)


def enter(plan: YearPlan) -> CalendarVersion | None:
    """Entered by the system and settled."""
    version = actions.enter_year(SYSTEM, plan=plan, seen=queries.version_number(plan.year), replace=True)
    assert actions.settle()
    return version


def administrator() -> Staff:
    """Whose post covers the whole city."""
    staff: Staff = StaffFactory()
    for region in Region.objects.filter(parent=None):
        grant_post(SYSTEM, staff=staff, post=Post.SYSTEM_ADMIN, region=region)
    return Staff.objects.get(pk=staff.pk)
