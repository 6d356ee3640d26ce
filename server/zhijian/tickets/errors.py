"""Refusals of this domain."""

from functools import partial

from zhijian.core import errors, words
from zhijian.lifecycle import errors as life

StateForbids = life.of("tickets", life.StateForbids, title="诉求现在的状态不能进行这项操作，请刷新后查看")
NotNow = life.of("tickets", life.NotNow)
RoleForbids = life.of("tickets", life.PostForbids, reason="role_forbids")
WordsMissing = life.of("tickets", life.WordsMissing)
need = partial(words.need, WordsMissing)


class TicketNotFound(errors.NotFound):
    code = "tickets.not_found"
    title = "没有找到这件诉求，请从“我的诉求”中打开"


class ReceiptWrong(errors.NotFound):
    code = "tickets.receipt_wrong"
    title = "编号或查询码不正确，请核对提交时给您的查询码"


class ReceiptsTooOften(errors.TooMany):
    code = "tickets.receipts_too_often"
    title = "查询太频繁，请稍后再试"


class PhotoNotFound(errors.NotFound):
    code = "tickets.photo_not_found"
    title = "没有找到这张图片，请重新上传"


class TooManyPhotos(errors.Conflict):
    code = "tickets.too_many_photos"
    title = "最多上传9张图片，请先删除一些再上传"


class TicketWrong(errors.Invalid):
    code = "tickets.wrong"
    title = "有内容需要修改，已填写的内容没有丢失"


class CategoryWrong(errors.Invalid):
    code = "tickets.category_wrong"
    title = "请重新选择诉求分类"


class OutsideCity(errors.Invalid):
    code = "tickets.outside_city"
    title = "这个位置不在本市范围内，请重新选择；外市的事请向当地反映"


class SentTooOften(errors.TooMany):
    code = "tickets.sent_too_often"
    title = "提交太频繁，请稍后再试；紧急情况请直接拨打服务热线"


class AlreadySent(errors.Conflict):
    code = "tickets.already_sent"
    title = "同样的内容您已经提交过，不用再次提交，可以直接查看进度"


class ReopenTooLate(errors.Conflict):
    code = "tickets.reopen_too_late"
    title = "已过可以要求重办的期限，请重新提交诉求"


class DepartmentWrong(errors.Invalid):
    code = "tickets.department_wrong"
    title = "请选择另一个承办部门"


class MergeWrong(errors.Conflict):
    code = "tickets.merge_wrong"
    title = "不能并到这件诉求，请选择另一件还在办理的同类诉求"


class SplitWrong(errors.Invalid):
    code = "tickets.split_wrong"
    title = "拆分至少写明两件事，每件都要有部门和内容"


class ExtensionWrong(errors.Invalid):
    code = "tickets.extension_wrong"
    title = "延期的天数超过这类诉求允许的范围"


class NotPublic(errors.NotFound):
    code = "tickets.not_public"
    title = "这件诉求没有公开"


class PublicationNotAllowed(errors.Conflict):
    code = "tickets.publication_not_allowed"
    title = "反映人没有同意公开，这类诉求也不默认公开"


class KnowledgeNeedsConsent(errors.Conflict):
    code = "tickets.knowledge_needs_consent"
    title = "编入答复库需要反映人同意公开，并且已有答复"


class StillPersonal(errors.Invalid):
    code = "tickets.still_personal"
    title = "公开稿里可能还有个人信息，请修改，或逐处核对后勾选确认"


class RuleWrong(errors.Invalid):
    code = "tickets.rule_wrong"
    title = "规则填写有误，请检查后再保存"


class DataWrong(errors.Invalid):
    code = "tickets.data_wrong"
    title = "诉求演示数据有误，没有导入任何内容"
