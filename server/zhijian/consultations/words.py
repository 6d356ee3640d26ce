"""The audit trail's events of this domain in Chinese."""

from zhijian.consultations.rules.table import Action

AUDITED: dict[str, str] = {
    **{f"consultation.{action.value}": f"民意征集：{action.label}" for action in Action},
    "consultation.opened": "民意征集：新建草稿",
    "consultation.group_removed": "民意征集：删除意见分组",
    "consultation.overview": "民意征集：编写反馈总述",
    "consultation.attached": "民意征集：上传附件",
    "consultation.detached": "民意征集：删除附件",
    "consultation.severed": "民意征集：答卷与身份脱离",
    "consultation.exported": "民意征集：导出答卷",
    "consultation.out_of_scope": "民意征集：越权访问",
    "consultation.post_forbids": "民意征集：岗位不符的操作",
    "consultation.contacts_forgotten": "民意征集：清除告知名单",
}
