"""The audit trail's events of this domain in Chinese."""

from zhijian.ratings.rules.rectification import Action

AUDITED: dict[str, str] = {
    "rating.given": "好差评：评价",
    "rating.code_issued": "好差评：出具窗口评价码",
    "rectification.opened": "差评整改：建单",
    "rectification.hand_on": "差评整改：换人承办",
    **{f"rectification.{action.value}": f"差评整改：{action.label}" for action in Action},
    "rectification.recomputed": "差评整改：工作日历变更，重新计算期限",
    "rectification.out_of_scope": "差评整改：越权访问",
    "rectification.post_forbids": "差评整改：岗位不符的操作",
}
