"""The audit trail's events of this domain in Chinese."""

from zhijian.cases.rules.acts import Action

AUDITED: dict[str, str] = {
    **{f"case.{action.value}": f"办件：{action.label}" for action in Action if action is not Action.DISCARD},
    "case.opened": "办件：建立草稿",
    "case.discarded": "办件：删除草稿",
    "case.refreshed": "办件：草稿换到新版指南",
    "case.file_given": "办件：上传材料",
    "case.file_removed": "办件：删除材料",
    "case.file_viewed": "办件：查看材料",
    "case.document_made": "办件：制作文书",
    "case.clock_computed": "办件：重新计算时限",
    "case.foreign": "办件：越权访问他人办件",
    "case.out_of_scope": "办件：越权访问范围外办件",
    "case.post_forbids": "办件：岗位不符的操作",
}
