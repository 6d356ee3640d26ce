"""What the catalogue refuses, and the words for it."""

from zhijian.core.errors import Conflict, Forbidden, Invalid, NotFound, TooLarge


class ItemNotFound(NotFound):
    code = "catalog.item_not_found"
    title = "没有找到这个事项，它可能已经停用"


class UnknownAnswer(Invalid):
    code = "catalog.unknown_answer"
    title = "您的情形选择与本事项不符，请返回重新选择"


class SpecInvalid(Invalid):
    code = "catalog.spec_invalid"
    title = "事项内容需要修改后才能继续"


class NotYourItem(Forbidden):
    code = "catalog.not_your_item"
    title = "您只能处理本部门的事项"


class OwnDraft(Forbidden):
    code = "catalog.own_draft"
    title = "不能审核自己编写的事项，请由其他审核员处理"


class SameReviewer(Forbidden):
    code = "catalog.same_reviewer"
    title = "两步审核要由不同的人完成，请由另一位审核员处理"


class WrongState(Conflict):
    code = "catalog.wrong_state"
    title = "事项当前的状态不能进行这项操作，请刷新后再试"


class ReasonMissing(Invalid):
    code = "catalog.reason_missing"
    title = "请填写原因"


class WorkbookTooLarge(TooLarge):
    code = "catalog.workbook_too_large"
    title = "文件太大，请分批导入"


class WorkbookUnreadable(Invalid):
    code = "catalog.workbook_unreadable"
    title = "无法读取这个文件，请上传 .xlsx 格式的工作簿或 .json 文件"


class WorkbookInvalid(Invalid):
    code = "catalog.workbook_invalid"
    title = "工作簿有错误，没有导入任何内容，请按下列说明修改后重新上传"
