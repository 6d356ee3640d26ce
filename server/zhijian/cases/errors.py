"""Refusals of this domain."""

from collections.abc import Sequence
from functools import partial
from typing import Self

from zhijian.core import errors, words
from zhijian.lifecycle import errors as life

StateForbids = life.of("cases", life.StateForbids, title="办件现在的状态不能进行这项操作，请刷新后查看")
NotNow = life.of("cases", life.NotNow)
PostForbids = life.of("cases", life.PostForbids)
WordsMissing = life.of("cases", life.WordsMissing)
need = partial(words.need, WordsMissing)


class CaseNotFound(errors.NotFound):
    code = "cases.not_found"
    title = "没有找到这个办件，请从“我的办件”中打开"


class FileNotFound(errors.NotFound):
    code = "cases.file_not_found"
    title = "没有找到这个文件，可能已经删除"


class DocumentNotYet(errors.NotFound):
    code = "cases.document_not_yet"
    title = "办件到这一步时才有这份文书"


class HeldByOther(errors.Conflict):
    code = "cases.held_by_other"
    title = "这个办件由其他人员办理"


class NotOnline(errors.Conflict):
    code = "cases.not_online"
    title = "这个事项不能在网上申请，请查看办事指南中的办理地点"


class SituationBlocks(errors.Conflict):
    code = "cases.situation_blocks"
    title = "按您选择的情形不能在网上办理"


class AnswersWrong(errors.Invalid):
    code = "cases.answers_wrong"
    title = "请重新选择办理情形"


class ConsentNeeded(errors.Invalid):
    code = "cases.consent_needed"
    title = "请阅读并同意个人信息处理说明后再提交"


class FormWrong(errors.Invalid):
    code = "cases.form_wrong"
    title = "有内容需要修改，已填写的内容没有丢失"


class MaterialsMissing(errors.Invalid):
    code = "cases.materials_missing"
    title = "还有材料没有上传"


class MaterialNotAsked(errors.Invalid):
    code = "cases.material_not_asked"
    title = "这个办件不需要这份材料"


class TooManyFiles(errors.Conflict):
    code = "cases.too_many_files"
    title = "这份材料的文件已达上限，请先删除一个再上传"


class NotReusable(errors.Conflict):
    code = "cases.not_reusable"
    title = "这份证照或材料不能用于本次申请，请改为上传"


class NewerSaved(errors.Conflict):
    """Names the parts and the newest revision, not the values: whoever may read them asks for the case."""

    code = "cases.newer_saved"
    title = "有几项在另一台设备上改过，请选择保留哪一个，这台设备上写的没有丢失"

    @classmethod
    def of(cls, parts: Sequence[str], revision: int) -> Self:
        found = [errors.FieldError(part, "newer", "这一项在另一台设备上改过") for part in parts]
        return cls(fields=found, extra={"revision": revision})


class DeliveryWrong(errors.Invalid):
    code = "cases.delivery_wrong"
    title = "请补充结果的送达方式"


class ItemChanged(errors.Conflict):
    code = "cases.item_changed"
    title = "办事指南有更新，请确认变化后再提交，已填写的内容没有丢失"


class ItemWithdrawn(errors.Conflict):
    code = "cases.item_withdrawn"
    title = "这个事项已停止办理，不能提交。您填写的内容仍可查看，如有疑问请拨打咨询电话"


class CorrectionWrong(errors.Invalid):
    code = "cases.correction_wrong"
    title = "补正告知的内容有误"


class NotInCorrection(errors.Conflict):
    code = "cases.not_in_correction"
    title = "补正时只能修改告知书列出的内容"


class CorrectionUnanswered(errors.Invalid):
    code = "cases.correction_unanswered"
    title = "还有补正内容没有处理"


class ExtensionWrong(errors.Invalid):
    code = "cases.extension_wrong"
    title = "延期最多10个工作日，并须写明理由"


class ReceiverWrong(errors.Invalid):
    code = "cases.receiver_wrong"
    title = "对方不能办理这个办件，请选择本部门有相应岗位的人员"
