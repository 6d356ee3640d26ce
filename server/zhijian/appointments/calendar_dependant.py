"""What halls store of working days: the slots of each date."""

from zhijian.appointments.actions.supply.following import follow, survey_halls
from zhijian.calendars.dependants import Dependant, register

register(
    Dependant(
        key="appointments",
        label="大厅预约",
        order=40,
        fields=("appointments.Slot.date", "appointments.Slot.closed"),
        survey=survey_halls,
        move=follow,
    )
)
