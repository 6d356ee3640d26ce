"""Screens of what halls offer: plans, special days, closures, the day's slots, groups and counters."""

from django.urls import path

from zhijian.appointments.console.supply import board, closing, groups, halls, plans
from zhijian.appointments.queries.supply.scope import READERS
from zhijian.core import console
from zhijian.organizations.access import may

console.register(
    console.Place(
        key="supply",
        label="号源",
        icon="calendar",
        url_name="supply_halls",
        order=32,
        shown=lambda user: may(user, *READERS),
    ),
)

_HALL = "appointments/supply/<slug:code>/"

urlpatterns = [
    path("appointments/supply/", halls.halls, name="supply_halls"),
    path(_HALL, halls.hall, name="supply_hall"),
    path(f"{_HALL}plans/new/", plans.new, name="supply_plan_new"),
    path(f"{_HALL}plans/<str:public_id>/", plans.plan, name="supply_plan"),
    path(f"{_HALL}plans/<str:public_id>/days/", plans.days, name="supply_days"),
    path(f"{_HALL}closing/", closing.closing, name="supply_closing"),
    path(f"{_HALL}closing/<str:public_id>/lift/", closing.lift, name="supply_lift"),
    path(f"{_HALL}board/", board.board_page, name="supply_board"),
    path(f"{_HALL}board/<str:public_id>/", board.capacity, name="supply_capacity"),
    path(f"{_HALL}groups/", groups.groups, name="supply_groups"),
    path(f"{_HALL}groups/new/", groups.new_group, name="supply_group_new"),
    path(f"{_HALL}groups/<str:public_id>/", groups.group, name="supply_group"),
    path(f"{_HALL}counters/", groups.counter, name="supply_counter"),
    path(f"{_HALL}misses/", groups.misses, name="supply_misses"),
]
