"""Refusals of this domain."""

from zhijian.core import errors


class AlreadyRated(errors.Conflict):
    code = "ratings.already_rated"
    title = "这次办理您已经评价过了，谢谢您的意见"


class RatingWrong(errors.Invalid):
    code = "ratings.wrong"
    title = "评价内容有误，请检查后再提交"
