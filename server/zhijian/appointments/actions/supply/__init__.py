"""What halls offer: plans, closures, capacity, groups and counters."""

from zhijian.appointments.actions.supply.applying import Applied, apply_change
from zhijian.appointments.actions.supply.capacity import add_capacity, remove_capacity
from zhijian.appointments.actions.supply.closing import check_closure
from zhijian.appointments.actions.supply.generation import open_all, open_slots
from zhijian.appointments.actions.supply.groups import save_counter, save_group, set_no_show_rule
from zhijian.appointments.actions.supply.rebooking import settle, settle_waiting
from zhijian.appointments.actions.supply.schedules import check_plan

__all__ = [
    "Applied",
    "add_capacity",
    "apply_change",
    "check_closure",
    "check_plan",
    "open_all",
    "open_slots",
    "remove_capacity",
    "save_counter",
    "save_group",
    "set_no_show_rule",
    "settle",
    "settle_waiting",
]
