"""Refusals of this domain."""

from zhijian.core import errors


class CalendarWrong(errors.Invalid):
    code = "calendars.wrong"
    title = "这一年的日历有误，没有保存"


class NoticeUnread(errors.Invalid):
    code = "calendars.unread"
    title = "没有读懂这份安排，没有保存"


class YearKnown(errors.Conflict):
    code = "calendars.year_known"
    title = "这一年已经录入，替换请先核对影响并确认"


class CalendarChanged(errors.Conflict):
    code = "calendars.changed"
    title = "这一年的日历刚刚被别人修改，请重新核对影响"


class CityPostNeeded(errors.Forbidden):
    code = "calendars.city_post_needed"
    title = "工作日历影响全市的办理时限，由管理范围覆盖全市的系统管理员录入"
