"""Refusals of this domain."""

from zhijian.core import errors
from zhijian.lifecycle import errors as life

StateForbids = life.of("consultations", life.StateForbids)
NotNow = life.of("consultations", life.NotNow)
PostForbids = life.of("consultations", life.PostForbids)


class ConsultationNotFound(errors.NotFound):
    code = "consultations.not_found"
    title = "没有找到这次征集，可能已经撤下，请从“民意征集”中打开"


class AttachmentNotFound(errors.NotFound):
    code = "consultations.attachment_not_found"
    title = "没有找到这个附件"


class ReportNotYet(errors.NotFound):
    code = "consultations.report_not_yet"
    title = "采纳情况还没有公布，公布后可以在这里查看"


class NotOpenYet(errors.Conflict):
    code = "consultations.not_open_yet"
    title = "这次征集还没有开始，请在开始以后参加"


class Closed(errors.Conflict):
    code = "consultations.closed"
    title = "这次征集已经结束，不能再提交或修改"


class AlreadyAnswered(errors.Conflict):
    code = "consultations.already_answered"
    title = "您已经参加过这次征集；结束前可以修改或撤回您的答卷"


class NoAnswer(errors.NotFound):
    code = "consultations.no_answer"
    title = "您没有参加这次征集，或已经撤回答卷"


class Severed(errors.NotFound):
    code = "consultations.severed"
    title = "这次征集的答卷已与身份彻底脱离，任何人都不能再按人查找"


class AnswerWrong(errors.Invalid):
    code = "consultations.answer_wrong"
    title = "有内容需要修改，已填写的内容没有丢失"


class AnswerEmpty(errors.Invalid):
    code = "consultations.answer_empty"
    title = "请至少回答一题或写一条意见"


class ContentWrong(errors.Invalid):
    code = "consultations.content_wrong"
    title = "还有内容需要补充，才能提交审核"


class PeriodShort(errors.Invalid):
    code = "consultations.period_short"
    title = "征集时间短于通常的30日，请写明理由"


class ReasonNeeded(errors.Invalid):
    code = "consultations.reason_needed"
    title = "请写明理由"


class HideReasonNeeded(errors.Invalid):
    code = "consultations.hide_reason_needed"
    title = "请从列表中选择不公开的理由"


class CommentUnknown(errors.NotFound):
    code = "consultations.comment_unknown"
    title = "没有找到所选的意见，可能已被本人撤回，请刷新"


class GroupUnknown(errors.NotFound):
    code = "consultations.group_unknown"
    title = "没有找到这个分组，请刷新"


class GroupWrong(errors.Invalid):
    code = "consultations.group_wrong"
    title = "请写意见要点；采纳、部分采纳、未采纳都要写明理由"


class ExtensionWrong(errors.Invalid):
    code = "consultations.extension_wrong"
    title = "新的结束时间要晚于现在的结束时间"
