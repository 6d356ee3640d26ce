"""The audit trail's events of texts under review in Chinese."""

_EVENTS = {
    "post_forbids": "岗位不符的操作",
    "out_of_scope": "越权访问",
    "drafted": "编辑草稿",
    "submitted": "送审",
    "approved": "审核通过",
    "rejected": "退回",
    "review_cancelled": "撤回送审",
    "scheduled": "定时发布",
    "published": "发布",
}


def audited(kind: str, noun: str) -> dict[str, str]:
    return {f"{kind}.{event}": f"{noun}：{words}" for event, words in _EVENTS.items()}
