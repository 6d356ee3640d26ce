"""The system administrator's calendar, and what 今日工作 says of years that are not certain."""

from django.urls import path

from zhijian.calendars.console import pages, today
from zhijian.core import console
from zhijian.organizations.access import may
from zhijian.organizations.rules import Post

console.register(
    console.Place(
        key="calendar",
        label="工作日历",
        icon="calendar",
        url_name="calendars_years",
        order=820,
        shown=lambda user: may(user, Post.SYSTEM_ADMIN),
    ),
    console.Card("calendar", 5, lambda user: True, "calendars/today.html", today.card),
)

urlpatterns = [
    path("calendar/", pages.years, name="calendars_years"),
    path("calendar/<int:year>/", pages.year, name="calendars_year"),
]
