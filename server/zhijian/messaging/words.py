"""The audit trail's events of this domain in Chinese."""

from zhijian.messaging.rules.campaigns import Act

AUDITED: dict[str, str] = {
    **{f"campaign.{act.value}": f"群发：{act.label}" for act in Act},
    "campaign.created": "群发：起草",
    "campaign.out_of_scope": "群发：越权访问范围外内容",
    "message.foreign": "消息：越权访问他人消息",
    "message.deleted": "消息：删除",
    "message.settings": "消息：修改接收设置",
    "message.all_off": "消息：关闭全部可关闭的消息",
    "message.tag_deleted": "消息：删除兴趣标签",
    "message.wechat_bound": "消息：绑定微信",
    "message.wechat_consents": "消息：登记一次性订阅",
    "message.template": "消息：修改模板文字",
    "message.template_restored": "消息：恢复模板原文",
    "channel.paused": "消息渠道：暂停",
    "channel.resumed": "消息渠道：恢复",
    "messages.loaded": "载入演示消息",
}
