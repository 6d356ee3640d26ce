"""What the citizen can do, who has the case, and what happens next."""

from datetime import datetime

from zhijian.cases.models import Case
from zhijian.cases.presenting import shapes
from zhijian.cases.presenting.shapes import CitizenAction
from zhijian.cases.queries.facts import facts_of
from zhijian.cases.queries.stages import may_rate
from zhijian.cases.rules import table
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.states import OPEN, State
from zhijian.organizations.rules import Post

_OFFERED: dict[Action, CitizenAction] = {
    Action.SUBMIT: "submit",
    Action.RESUBMIT: "resubmit",
    Action.CONFIRM_RECEIPT: "confirm_receipt",
    Action.URGE: "urge",
    Action.WITHDRAW: "withdraw",
    Action.DISCARD: "delete",
}
_HOLDERS: dict[State, Post] = {
    State.SUBMITTED: Post.WINDOW_OFFICER,
    State.ACCEPTED: Post.CASE_OFFICER,
    State.REVIEWING: Post.CASE_OFFICER,
    State.SUSPENDED: Post.CASE_OFFICER,
    State.DECIDING: Post.APPROVER,
    State.APPROVED: Post.WINDOW_OFFICER,
    State.REFUSED: Post.WINDOW_OFFICER,
    State.ISSUING: Post.WINDOW_OFFICER,
    State.DELIVERING: Post.WINDOW_OFFICER,
}
_NEXT: dict[State, tuple[str, str]] = {
    State.DRAFT: ("填好表单、上传材料后提交", "Fill in the form, add the materials and submit"),
    State.SUBMITTED: (
        "工作人员核对材料，五个工作日内告知受理、补正或不予受理",
        "An officer checks your materials and tells you the outcome within 5 working days",
    ),
    State.CORRECTION: ("按要求修改后重新提交，期间不计入办理时限", "Make the corrections and submit again"),
    State.ACCEPTED: ("经办人员开始审查", "An officer starts the review"),
    State.REVIEWING: ("审查后作出决定", "A decision follows the review"),
    State.SUSPENDED: ("特别程序完成后继续审查", "The review goes on after the special procedure"),
    State.DECIDING: ("审批人员作出决定", "An approver decides"),
    State.APPROVED: ("制作结果", "The result is made"),
    State.REFUSED: ("您可以申请行政复议或提起行政诉讼", "You may apply for review or go to court"),
    State.REJECTED: ("您可以按理由准备后重新申请，或申请行政复议", "You may apply again or ask for review"),
    State.ISSUING: ("结果做好后通知您", "You will be told when it is ready"),
    State.DELIVERING: ("收到结果后请确认", "Please confirm when you have it"),
    State.CONCLUDED: ("欢迎评价这次服务", "Please rate the service"),
}
_OTHERWISE = ("如有疑问请联系办理部门", "Call the office if you have questions")


def citizen_actions(case: Case, state: State, moment: datetime) -> list[CitizenAction]:
    """In the order in which the app shows them."""
    possible = table.TABLE.possible(state, table.CITIZEN, facts_of(case, None, moment))
    offered = [name for action, name in _OFFERED.items() if action in possible]
    return [*offered, "rate"] if may_rate(case) else offered


def holder_of(case: Case, state: State) -> shapes.Holder | None:
    """Who has the case, by post."""
    if state not in OPEN:
        return None
    post = str(_HOLDERS[state].label) if state in _HOLDERS else "申请人"
    return shapes.Holder(post=post, department=case.department.name, phone=case.department.phone)


def next_steps(case: Case, state: State) -> shapes.NextSteps:
    words, words_en = _NEXT.get(state, _OTHERWISE)
    return shapes.NextSteps(text=words, text_en=words_en, phone=case.department.phone)
