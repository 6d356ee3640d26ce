"""Refusals of this domain."""

from zhijian.core import errors
from zhijian.lifecycle import errors as life

NotNow = life.of("messaging", life.NotNow, title="这次群发的状态已经变化，请刷新后再操作")
NotYours = life.of("messaging", life.PostForbids, reason="not_yours", title="您现在的岗位不能进行这项操作")


class MessageNotFound(errors.NotFound):
    code = "messaging.not_found"
    title = "没有找到这条消息，可能已经删除"


class TemplateUnknown(errors.NotFound):
    code = "messaging.template_unknown"
    title = "没有这个消息模板，请从模板列表中选择"


class VariablesWrong(errors.Invalid):
    code = "messaging.variables_wrong"
    title = "消息模板的变量不齐或有误，消息没有发出，请核对后再试"


class TemplateWrong(errors.Invalid):
    code = "messaging.template_wrong"
    title = "模板文字需要修改，没有保存"


class LinkWrong(errors.Invalid):
    code = "messaging.link_wrong"
    title = "链接请填写应用内页面，以 /pages/ 开头"


class SwitchWrong(errors.Invalid):
    code = "messaging.switch_wrong"
    title = "有开关无法更改，其他设置也没有保存，请刷新后再试"


class SettingsWrong(errors.Invalid):
    code = "messaging.settings_wrong"
    title = "有设置需要修改，没有保存"


class TagNotFound(errors.NotFound):
    code = "messaging.tag_not_found"
    title = "没有找到这个标签，可能已经删除"


class ConsentsWrong(errors.Invalid):
    code = "messaging.consents_wrong"
    title = "一次最多登记3个订阅消息，同意和不同意不能重复，请重新操作"


class WechatNotBound(errors.Conflict):
    code = "messaging.wechat_not_bound"
    title = "请先在微信中授权，再订阅消息"


class WechatUnavailable(errors.Unavailable):
    code = "messaging.wechat_unavailable"
    title = "微信暂时连不上，订阅没有登记，请稍后再试"


class CampaignNotFound(errors.NotFound):
    code = "messaging.campaign_not_found"
    title = "没有找到这次群发，或者不在您的管理范围内"


class CampaignWrong(errors.Invalid):
    code = "messaging.campaign_wrong"
    title = "群发内容需要修改"


class OwnApproval(errors.Forbidden):
    code = "messaging.own_approval"
    title = "不能审批自己起草的内容，请由另一人审批"


class ReasonMissing(errors.Invalid):
    code = "messaging.reason_missing"
    title = "请写明原因"


class ChannelPaused(errors.Conflict):
    code = "messaging.channel_paused"
    title = "所选渠道已暂停，请先恢复渠道，或改用其他渠道"


class ChannelUnknown(errors.NotFound):
    code = "messaging.channel_unknown"
    title = "没有这个渠道"


class RecipientUnknown(errors.Invalid):
    code = "messaging.recipient_unknown"
    title = "这个手机号没有注册，请填写您自己在“指尖”登录用的手机号"


class TestsTooOften(errors.TooMany):
    code = "messaging.tests_too_often"
    title = "今天的测试次数已用完，请明天再试"


class DemoOnly(errors.NotFound):
    code = "messaging.demo_only"
    title = "没有找到这个页面"
