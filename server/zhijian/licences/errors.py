"""Refusals of this domain."""

from zhijian.core import errors


class LicenceNotFound(errors.NotFound):
    code = "licences.not_found"
    title = "没有找到这份证照，请从“我的证照”中打开"


class DocumentNotReady(errors.Conflict):
    code = "licences.document_not_ready"
    title = "证照文件正在生成，请稍后再下载"


class AlreadyRevoked(errors.Conflict):
    code = "licences.already_revoked"
    title = "这份证照已经注销"


class ReasonMissing(errors.Invalid):
    code = "licences.reason_missing"
    title = "请写明注销原因"


class TermWrong(errors.Invalid):
    code = "licences.term_wrong"
    title = "证照的截止日期早于起始日期，请检查有效期"


class NotPrintable(errors.Conflict):
    code = "licences.not_printable"
    title = "有的字印不出来，证照没有制作，请先安装字体"


class TooManyChecks(errors.TooMany):
    code = "licences.too_many_checks"
    title = "核验太频繁，请一分钟后再试"


class DemoOnly(errors.Forbidden):
    code = "licences.demo_only"
    title = "演示证照只能装入演示系统"
