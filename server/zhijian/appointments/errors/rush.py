"""Refusals of rushes: queues and draws."""

from zhijian.core import errors


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
