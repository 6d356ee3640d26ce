"""Refusals on the day: check-in, numbers, counters and machines."""

from zhijian.core import errors


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
