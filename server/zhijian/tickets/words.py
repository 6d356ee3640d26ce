"""The audit trail's events of this domain in Chinese."""

from zhijian.tickets.rules.acts import Action

AUDITED: dict[str, str] = {
    **{f"ticket.{action.value}": f"诉求：{action.label}" for action in Action},
    "ticket.followed": "诉求：关注",
    "ticket.unfollowed": "诉求：取消关注",
    "ticket.photo_given": "诉求：上传图片",
    "ticket.photo_viewed": "诉求：查看图片",
    "ticket.foreign": "诉求：越权访问他人诉求",
    "ticket.out_of_scope": "诉求：越权访问范围外诉求",
    "ticket.role_forbids": "诉求：岗位不符的操作",
    "ticket.receipt_wrong": "诉求：查询码不符",
    "ticket.overdue_told": "诉求：超期提醒",
    "ticket.clock_computed": "诉求：重新计算时限",
    "ticket.exported": "诉求：导出统计",
    "ticket.sla_changed": "诉求：修改时限",
    "ticket.routing_changed": "诉求：修改派单规则",
    "ticket.template_changed": "诉求：修改答复模板",
    "tickets.loaded": "诉求：载入演示数据",
}
