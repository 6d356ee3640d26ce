"""Refusals when a place is chosen, held, moved or waited for, and of missed bookings."""

from zhijian.core import errors


class SlotUnknown(errors.NotFound):
    code = "appointments.slot_unknown"
    title = "没有找到这个时段，请返回重新选择"


class SlotPast(errors.Conflict):
    code = "appointments.slot_past"
    title = "这个时段已停止预约，请选择之后的时段"


class SlotNotOpen(errors.Conflict):
    code = "appointments.slot_not_open"
    title = "这个时段还没有放号，请在放号时间之后再来"


class SlotClosed(errors.Conflict):
    code = "appointments.slot_closed"
    title = "大厅这个时段停办，请选择其他时段"


class SlotFull(errors.Conflict):
    code = "appointments.slot_full"
    title = "这个时段刚刚约满，您可以选其他时段或登记候补"


class RushOnly(errors.Conflict):
    code = "appointments.rush_only"
    title = "这一天预约的人多，需要先排队，轮到您后再选时段"


class AlreadyBooked(errors.Conflict):
    code = "appointments.already_booked"
    title = "您已有这个事项的预约，可以改期或取消后再约"


class NotEntitled(errors.Forbidden):
    code = "appointments.not_entitled"
    title = "优先号留给老年人和残疾人，请选择普通号"


class HoldExpired(errors.Conflict):
    code = "appointments.hold_expired"
    title = "保留时间已过，号已放回，请重新选择时段"


class BookingNotFound(errors.NotFound):
    code = "appointments.booking_not_found"
    title = "没有找到这个预约"


class NotNow(errors.Conflict):
    code = "appointments.not_now"
    title = "这个预约现在不能这样操作"


class TooManyChanges(errors.Conflict):
    code = "appointments.too_many_changes"
    title = "这个预约已改期三次，请取消后重新预约"


class BlockedByMisses(errors.Forbidden):
    code = "appointments.blocked"
    title = "因多次预约未到，您暂时不能网上预约；可以申诉，或直接到大厅现场取号"


class NoWaitlist(errors.Conflict):
    code = "appointments.no_waitlist"
    title = "这一天不能候补，请选择其他日期"


class AlreadyWaiting(errors.Conflict):
    code = "appointments.already_waiting"
    title = "您已在这个事项的候补队列中，不用重复登记"


class WaitEntryNotFound(errors.NotFound):
    code = "appointments.waiting_not_found"
    title = "没有找到这条候补登记"


class NoShowNotFound(errors.NotFound):
    code = "appointments.no_show_not_found"
    title = "没有找到这条未到场记录"


class AppealLate(errors.Conflict):
    code = "appointments.appeal_late"
    title = "已超过30天，不能再申诉；有疑问请拨打大厅电话"


class AppealedAlready(errors.Conflict):
    code = "appointments.appealed_already"
    title = "这条记录您已申诉过，请等待处理结果"


class ReasonMissing(errors.Invalid):
    code = "appointments.reason_missing"
    title = "请写明理由，4到500个字"


class SourceAway(errors.Unavailable):
    code = "appointments.source_away"
    title = "对方的预约系统暂时连不上，没有占用您的号，请过几分钟再试"
