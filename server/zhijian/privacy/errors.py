"""Refusals of this domain."""

from zhijian.core import errors


class ReasonNeeded(errors.Invalid):
    code = "privacy.reason_needed"
    title = "请写明查看理由，至少4个字；申请人可以看到"


class FieldUnknown(errors.Invalid):
    code = "privacy.field_unknown"
    title = "请选择要查看的内容"


class PostNotHeld(errors.Forbidden):
    code = "privacy.post_not_held"
    title = "您没有可以查看个人信息的岗位"
