"""The day: calling at a counter, check-in by staff, a hall's day, its devices."""

from typing import Any

from django.urls import path

from zhijian.appointments.console.day import arrivals, counter, devices, hall
from zhijian.core import console
from zhijian.organizations.access import may
from zhijian.organizations.rules import Post


def _at_window(user: Any) -> bool:
    return may(user, Post.WINDOW_OFFICER)


def _runs_hall(user: Any) -> bool:
    return may(user, Post.HALL_MANAGER)


console.register(
    console.Place("counter", "窗口叫号", "bell", "appointments_counter", 24, _at_window),
    console.Place(
        "arrivals",
        "到场签到",
        "user-check",
        "appointments_arrivals",
        25,
        lambda user: _at_window(user) or _runs_hall(user),
    ),
    console.Place("hall_day", "大厅当日", "landmark", "appointments_hall_day", 26, _runs_hall),
    console.Place("devices", "大厅设备", "printer", "appointments_devices", 29, _runs_hall),
)

urlpatterns = [
    path("counter/", counter.page, name="appointments_counter"),
    path("counter/queue/", counter.queue, name="appointments_counter_queue"),
    path("counter/open/<str:public_id>/", counter.open_one, name="appointments_counter_open"),
    path("counter/do/<str:act>/", counter.do, name="appointments_counter_do"),
    path("arrivals/", arrivals.page, name="appointments_arrivals"),
    path("hall-day/", hall.page, name="appointments_hall_day"),
    path("hall-day/bookings.xlsx", hall.export, name="appointments_hall_day_export"),
    path("hall-devices/", devices.page, name="appointments_devices"),
    path("hall-devices/<str:public_id>/code/", devices.code, name="appointments_device_code"),
    path("hall-devices/<str:public_id>/revoke/", devices.revoke, name="appointments_device_revoke"),
]
