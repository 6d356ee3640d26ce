"""Refusals of this domain."""

from zhijian.core import errors
from zhijian.lifecycle import errors as life

StateForbids = life.of("ratings", life.StateForbids)
NotNow = life.of("ratings", life.NotNow)
PostForbids = life.of("ratings", life.PostForbids)
WordsNeeded = life.of("ratings", life.WordsMissing, reason="words_needed")


class AlreadyRated(errors.Conflict):
    code = "ratings.already_rated"
    title = "这次办理您已经评价过了，谢谢您的意见"


class RatingWrong(errors.Invalid):
    code = "ratings.wrong"
    title = "评价内容有误，请检查后再提交"


class SubjectUnknown(errors.NotFound):
    code = "ratings.subject_unknown"
    title = "没有找到要评价的办理记录，请从办理结果中进入评价"


class CodeWrong(errors.NotFound):
    code = "ratings.code_wrong"
    title = "评价码无效，请重新扫描窗口给您的二维码"


class CodeExpired(errors.Conflict):
    code = "ratings.code_expired"
    title = "评价码已过期；您仍可拨打服务热线反映意见"


class NotDoneYet(errors.Conflict):
    code = "ratings.not_done_yet"
    title = "这次办理还没有结束，办完以后可以评价"


class TooManyTries(errors.TooMany):
    code = "ratings.too_many_tries"
    title = "评价太频繁，请稍后再试"


class OfficerWrong(errors.Invalid):
    code = "ratings.officer_wrong"
    title = "请选择本部门在岗的经办或窗口人员"


class RectificationNotFound(errors.NotFound):
    code = "ratings.rectification_not_found"
    title = "没有找到这件整改，可能不在您的管理范围内"


class CounterWrong(errors.Invalid):
    code = "ratings.counter_wrong"
    title = "请选择大厅并填写窗口号（20个字以内）"
