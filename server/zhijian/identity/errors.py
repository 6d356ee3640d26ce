"""Refusals of this domain. None of them tells whether a phone or an id number is known here."""

from zhijian.core import errors


class PhoneWrong(errors.Invalid):
    code = "identity.phone_wrong"
    title = "请填写11位手机号"


class CodesTooOften(errors.TooMany):
    code = "identity.codes_too_often"
    title = "获取验证码太频繁，请稍后再试"


class SmsUnavailable(errors.Unavailable):
    code = "identity.sms_unavailable"
    title = "短信暂时发不出去，请过一分钟再试；之前收到的验证码仍可使用"


class CodeWrong(errors.Invalid):
    code = "identity.code_wrong"
    title = "验证码不正确，请核对短信后重新填写"


class CodeExpired(errors.Invalid):
    code = "identity.code_expired"
    title = "验证码已过期，请重新获取"


class CodeUsed(errors.Invalid):
    code = "identity.code_used"
    title = "验证码已使用过，请重新获取"


class CodeLocked(errors.TooMany):
    code = "identity.code_locked"
    title = "验证码连续输错5次已失效，请重新获取"


class SessionEnded(errors.Unauthorized):
    code = "identity.session_ended"
    title = "登录已失效，请重新登录"


class SessionExpired(errors.Unauthorized):
    code = "identity.session_expired"
    title = "登录已到期，请重新登录"


class SessionNotFound(errors.NotFound):
    code = "identity.session_not_found"
    title = "没有找到这台设备的登录，可能已经退出"


class RealNameNeeded(errors.Forbidden):
    code = "identity.real_name_needed"
    title = "这项服务需要先完成实名认证"


class RealNameWrong(errors.Invalid):
    code = "identity.real_name_wrong"
    title = "姓名或身份证号填写有误，请核对后重新填写"


class RealNameMismatch(errors.Invalid):
    code = "identity.real_name_mismatch"
    title = (
        "姓名和身份证号没有核对上，请照证件再看一遍；名字里有少见的字、间隔点或外文的，"
        "可以带证件到政务服务大厅办理，那里不限次数"
    )


class RealNameTooOften(errors.TooMany):
    code = "identity.real_name_too_often"
    title = "今天核验次数已用完，请明天再试，或带身份证到政务服务大厅办理"


class AlreadyRealNamed(errors.Conflict):
    code = "identity.already_real_named"
    title = "您已完成实名认证，不能改成另一个人；信息有误请带身份证到政务服务大厅更正"


class IdNumberTaken(errors.Conflict):
    code = "identity.id_number_taken"
    title = (
        "这个身份证号已在另一个手机号下实名，请用那个手机号登录；手机号已不用的，请带身份证到政务服务大厅更换"
    )


class GuardianNeeded(errors.Invalid):
    code = "identity.guardian_needed"
    title = "未满14周岁不能自行实名，请由监护人用自己的账号办理，或一起到政务服务大厅办理"


class IdentityCheckUnavailable(errors.Unavailable):
    code = "identity.check_unavailable"
    title = "身份核验服务暂时不可用，您填写的内容没有保存，请稍后再试"


class LocaleUnknown(errors.Invalid):
    code = "identity.locale_unknown"
    title = "暂不支持这种语言，请选择简体中文或English"


class DemoOnly(errors.NotFound):
    code = "identity.demo_only"
    title = "没有找到这个页面"


class DataWrong(errors.Invalid):
    code = "identity.data_wrong"
    title = "演示人员数据有误，没有导入任何内容"


class RelationWrong(errors.Invalid):
    code = "identity.relation_wrong"
    title = "请填写您怎么称呼对方，例如“母亲”，最多10个字"


class OwnDelegation(errors.Invalid):
    code = "identity.own_delegation"
    title = "不用添加自己，直接预约即可"


class TooManyDelegations(errors.Conflict):
    code = "identity.too_many_delegations"
    title = "最多可以为10位家人代办，请先解除不用的"


class DelegationOver(errors.Conflict):
    code = "identity.delegation_over"
    title = "这个代办请求已失效，请对方重新发起"


class DelegationNotFound(errors.NotFound):
    code = "identity.delegation_not_found"
    title = "没有找到这个代办关系，可能已解除"
