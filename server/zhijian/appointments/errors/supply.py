"""Refusals when what halls offer is changed."""

from zhijian.core import errors


class OutOfScope(errors.Forbidden):
    code = "appointments.out_of_scope"
    title = "这个大厅或窗口组不在您的管理范围内"


class SupplyWrong(errors.Invalid):
    code = "appointments.supply_wrong"
    title = "填写有误，没有保存，请按提示修改"


class PlanOverlaps(errors.Conflict):
    code = "appointments.plan_overlaps"
    title = "这个窗口组的同一事项在这段日期内已有号源计划，请修改原计划或调整起止日期"


class ImpactChanged(errors.Conflict):
    code = "appointments.impact_changed"
    title = "情况刚刚有变化，没有执行；请核对新的影响后再确认"


class ClosureLifted(errors.Conflict):
    code = "appointments.closure_lifted"
    title = "这次停办已经撤销"


class SeatsTaken(errors.Conflict):
    code = "appointments.seats_taken"
    title = "没有这么多空号可以减，已约出的号不能直接减"


class GroupTaken(errors.Conflict):
    code = "appointments.group_taken"
    title = "这个大厅已有相同的代码、字头或窗口号，请换一个"
