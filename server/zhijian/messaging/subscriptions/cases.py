"""News of a citizen's applications."""

from typing import Any

from zhijian.cases import events
from zhijian.cases.models import Case
from zhijian.cases.presenting.dates import day_of, spoken, spoken_en
from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.messaging.subscriptions.base import Notice, tell

_WAYS = {
    DeliveryMethod.COURIER: (
        "已交寄，快递单号在办件里",
        "it is on its way, the tracking number is in the application",
    ),
    DeliveryMethod.PICKUP: (
        "请到办件中写明的大厅领取",
        "please collect it at the hall named in the application",
    ),
}


def _tell(kind: type[events.CaseEvent], template: str, *names: str, only: str = "") -> None:
    """Of a case, with these variables; ``only`` when it went to that state. The end of a refused one was told
    with its refusal."""
    acts = [act for act, event in events.OF_ACTION.items() if event is kind]

    def build(case_id: str, number: str, state: str) -> Notice | None:
        if only and state != only:
            return None
        case = Case.objects.select_related("citizen", "department").get(public_id=case_id)
        if kind is events.CaseConcluded and case.outcome == "refuse":
            return None
        step = case.steps.filter(action__in=acts).order_by("-id").first()
        return Notice(
            citizen=case.citizen,
            key=f"{case_id}:{step.pk if step else state}",
            variables={name: _VARIABLES[name](case) for name in names},
            link=f"/pages/case/detail?id={case_id}",
            happened_at=step.at if step else None,
        )

    tell(kind, template, build)


def _item(case: Case) -> dict[str, str]:
    return {"zh": case.item_name, "en": case.item_name_en}


def _office(case: Case) -> dict[str, str]:
    return {"zh": case.department.name, "en": case.department.name_en}


def _promise(case: Case) -> dict[str, str]:
    due = day_of(case.decision_due_at)
    if due is None:
        return {"zh": "", "en": ""}
    words, words_en = spoken(due, this_year=0), spoken_en(due, this_year=0)
    return {"zh": f"承诺在{words}前作出决定。", "en": f"A decision is promised by {words_en}."}


def _way(case: Case) -> dict[str, str]:
    words, words_en = _WAYS.get(
        DeliveryMethod(case.delivery_method), ("请打开办件查看", "open the application to see it")
    )
    return {"zh": words, "en": words_en}


_VARIABLES: dict[str, Any] = {
    "item": _item,
    "number": lambda case: case.number,
    "office": _office,
    "promise": _promise,
    "way": _way,
    "count": lambda case: case.correction.items.count(),
    "due": lambda case: case.correction.due_at,
}

_tell(events.CaseSubmitted, "case.submitted", "item", "number", "office")
_tell(events.CorrectionRequested, "case.correction", "item", "count", "due")
_tell(events.CaseAccepted, "case.accepted", "item", "office", "promise")
_tell(events.CaseRejected, "case.rejected", "item", "office")
_tell(events.CaseSuspended, "case.suspended", "item")
_tell(events.CaseResumed, "case.resumed", "item", "promise")
_tell(events.DeadlineExtended, "case.extended", "item", "promise")
_tell(events.CaseDecided, "case.approved", "item", "office", only="approved")
_tell(events.CaseDecided, "case.refused", "item", "office", only="refused")
_tell(events.ResultDelivered, "case.result_ready", "item", "way")
_tell(events.CaseConcluded, "case.concluded", "item")
_tell(events.CaseReturned, "case.returned", "item")
_tell(events.CaseVoided, "case.voided", "item")
