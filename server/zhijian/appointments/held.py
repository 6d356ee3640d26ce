"""The counter at which a person sits, registered with ``organizations``."""

from zhijian.appointments.actions.day.leaving import hand_on
from zhijian.appointments.queries.day import held_by
from zhijian.organizations import held

held.register(held.Kind("counters", "窗口叫号", "个", 40, held_by, hand_on))
