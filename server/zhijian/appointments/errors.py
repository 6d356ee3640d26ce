"""Refusals of this domain."""

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


class QrForged(errors.Invalid):
    code = "appointments.qr_forged"
    title = "这个二维码无法识别，请打开手机里的预约详情重新出示"


class NumberWrong(errors.NotFound):
    code = "appointments.number_wrong"
    title = "预约号或手机尾号不对，请核对后再输入"


class NotConfirmed(errors.Conflict):
    code = "appointments.not_confirmed"
    title = "这个预约还没有确认，请先在手机上确认"


class BookingCalledOff(errors.Conflict):
    code = "appointments.called_off"
    title = "这个预约已取消，可以取现场号"


class BookingMissedEarlier(errors.Conflict):
    code = "appointments.missed"
    title = "这个预约当天没有签到，已经失效，请重新预约或取现场号"


class AlreadyCheckedIn(errors.Conflict):
    code = "appointments.already_checked_in"
    title = "这个预约已经签到，请留意叫号"


class OtherHall(errors.Conflict):
    code = "appointments.other_hall"
    title = "您预约的是另一个大厅，请核对地点"


class OtherDay(errors.Conflict):
    code = "appointments.other_day"
    title = "预约不是今天，请在预约当天签到"


class TooEarly(errors.Conflict):
    code = "appointments.too_early"
    title = "还没有到签到时间，请稍后再签到"


class TooFar(errors.Conflict):
    code = "appointments.too_far"
    title = "您离大厅还远，请到大厅附近再签到，或到大厅扫码签到"


class HallNotPlaced(errors.Conflict):
    code = "appointments.hall_not_placed"
    title = "这个大厅不能用手机定位签到，请到大厅扫码签到"


class NoWalkIns(errors.Conflict):
    code = "appointments.no_walk_ins"
    title = "今天没有现场号了，请网上预约其他日期"


class ClosedNow(errors.Conflict):
    code = "appointments.closed_now"
    title = "现在停办，不能取号"


class CounterNotFound(errors.NotFound):
    code = "appointments.counter_not_found"
    title = "没有找到这个窗口，或它不在您的管理范围内"


class CounterTaken(errors.Conflict):
    code = "appointments.counter_taken"
    title = "这个窗口已有人在岗，请选择其他窗口"


class AtOtherCounter(errors.Conflict):
    code = "appointments.at_other_counter"
    title = "您已在另一个窗口，请先关窗"


class NotAtCounter(errors.Forbidden):
    code = "appointments.not_at_counter"
    title = "您现在不在这个窗口，请先开窗"


class CounterPaused(errors.Conflict):
    code = "appointments.counter_paused"
    title = "窗口已暂停，请先恢复叫号"


class CounterBusy(errors.Conflict):
    code = "appointments.counter_busy"
    title = "窗口还有人在办，请先办完、过号或转走"


class NobodyWaits(errors.Conflict):
    code = "appointments.nobody_waits"
    title = "现在没有人等候"


class VisitNotFound(errors.NotFound):
    code = "appointments.visit_not_found"
    title = "没有找到这个号"


class VisitNotNow(errors.Conflict):
    code = "appointments.visit_not_now"
    title = "这个号现在不能这样操作，请看它的最新状态"


class NotYourVisit(errors.Forbidden):
    code = "appointments.not_your_visit"
    title = "这个号在另一个窗口"


class TooSoonToSkip(errors.Conflict):
    code = "appointments.too_soon_to_skip"
    title = "刚叫过一次，请再叫一次或等三分钟后过号"


class TransferWrong(errors.Invalid):
    code = "appointments.transfer_wrong"
    title = "请选择本大厅的另一个窗口组"


class DayNotOver(errors.Conflict):
    code = "appointments.day_not_over"
    title = "当天还没有结束，不能结算"


class DeviceNotFound(errors.NotFound):
    code = "appointments.device_not_found"
    title = "没有找到这台设备"


class DeviceWrong(errors.Invalid):
    code = "appointments.device_wrong"
    title = "请填写设备名称和类别"


class PairingWrong(errors.Invalid):
    code = "appointments.pairing_wrong"
    title = "配对码不对或已过期，请向大厅主管要新的配对码"


class DeviceRefused(errors.Unauthorized):
    code = "appointments.device_refused"
    title = "这台设备没有配对或已停用，请输入配对码"


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


class RushUnknown(errors.NotFound):
    code = "appointments.rush_unknown"
    title = "没有找到这个抢号场次，请返回重新选择"


class RushWrong(errors.Invalid):
    code = "appointments.rush_wrong"
    title = "场次的设置有误，请修改后再保存"


class RushFixed(errors.Conflict):
    code = "appointments.rush_fixed"
    title = "已有人排队或报名，这个场次不能再取消"


class JoinNotOpen(errors.Conflict):
    code = "appointments.join_not_open"
    title = "还没有到可以排队的时间，请到时再来"


class JoinClosed(errors.Conflict):
    code = "appointments.join_closed"
    title = "这一场已经结束，剩余的号可以直接预约"


class NotJoined(errors.NotFound):
    code = "appointments.not_joined"
    title = "您还没有排队，请先排队"


class WishesWrong(errors.Invalid):
    code = "appointments.wishes_wrong"
    title = "意愿时段有误，请重新选择"


class DrawNotDue(errors.Conflict):
    code = "appointments.draw_not_due"
    title = "报名还没有截止，截止后才能抽签"


class RushBusy(errors.Unavailable):
    code = "appointments.rush_busy"
    title = "同时预约的人太多，您的排队位置没有变，请稍等几秒再试"


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
