"""From what was posted to the action that it asks for. The actions check; here nothing is decided."""

from collections.abc import Callable, Mapping
from typing import Final

from django.http import QueryDict

from zhijian.cases.actions import decision, desk, exits, extension, reception, result, review
from zhijian.cases.errors import ReceiverWrong
from zhijian.cases.models import Case
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.corrections import Fault
from zhijian.organizations.models import Staff
from zhijian.workbench.acting import Do, number, with_words

OnCase = Callable[[Case], Case]


def faults(data: QueryDict, kind: str) -> list[Fault]:
    """The ticked fields or materials with their words."""
    return [Fault(key=key, words=data.get(f"words:{key}", "")) for key in data.getlist(kind)]


def _correction(staff: Staff, case: Case, data: QueryDict) -> Case:
    return reception.request_correction(
        staff.actor,
        case=case,
        fields=faults(data, "field"),
        materials=faults(data, "material"),
        note=data.get("note", ""),
        days=number(data.get("days")) or 15,
        seen=data.get("seen", ""),
    )


def _extension(staff: Staff, case: Case, data: QueryDict) -> Case:
    days = number(data.get("days"))
    return extension.ask_extension(staff.actor, case=case, days=days, reason=data.get("reason", ""))


def _transfer(staff: Staff, case: Case, data: QueryDict) -> Case:
    return desk.transfer(
        staff.actor,
        case=case,
        receiver=chosen(data),
        reason=data.get("reason", ""),
        holder=data.get("holder"),
    )


def _take_over(staff: Staff, case: Case, data: QueryDict) -> Case:
    return desk.take_over(staff.actor, case=case, reason=data.get("reason", ""), holder=data.get("holder"))


def chosen(data: QueryDict) -> Staff | None:
    return Staff.objects.select_related("department").filter(public_id=data.get("receiver", "")).first()


def receiver(data: QueryDict) -> Staff:
    found = chosen(data)
    if found is None:
        raise ReceiverWrong
    return found


DO: Final[Mapping[Action, Do[Case]]] = {
    Action.CLAIM: with_words(desk.claim, "case"),
    Action.RELEASE: with_words(desk.release, "case"),
    Action.TRANSFER: _transfer,
    Action.TAKE_OVER: _take_over,
    Action.ACCEPT: with_words(reception.accept, "case", "note", "seen"),
    Action.REJECT: with_words(reception.reject, "case", "reasons", "law", "seen"),
    Action.REQUEST_CORRECTION: _correction,
    Action.DECIDE_AT_ONCE: with_words(decision.decide_at_once, "case", "opinion", "seen"),
    Action.BEGIN_REVIEW: with_words(review.begin_review, "case"),
    Action.SUSPEND: with_words(review.suspend, "case", "ground", "reason"),
    Action.RESUME: with_words(review.resume, "case", "note"),
    Action.PASS_REVIEW: with_words(review.pass_review, "case", "outcome", "opinion", "seen"),
    Action.SEND_BACK: with_words(review.send_back, "case", "opinion", "seen"),
    Action.ASK_EXTENSION: _extension,
    Action.APPROVE_EXTENSION: with_words(extension.approve_extension, "case", "reason", "seen"),
    Action.DENY_EXTENSION: with_words(extension.deny_extension, "case", "opinion", "seen"),
    Action.RECALL_EXTENSION: with_words(extension.recall_extension, "case"),
    Action.DECIDE: with_words(decision.decide, "case", "outcome", "opinion", "reasons", "law", "seen"),
    Action.ISSUE: with_words(result.issue, "case"),
    Action.DELIVER: with_words(result.deliver, "case", "courier", "tracking_number", "note"),
    Action.COLLECT: with_words(result.collect, "case", "receiver"),
    Action.CONCLUDE: with_words(result.conclude, "case"),
    Action.RETURN_CASE: with_words(exits.return_case, "case", "reason", "seen"),
    Action.VOID: with_words(exits.void, "case", "reason", "law"),
    Action.ARCHIVE: with_words(exits.archive, "case"),
}
