"""News of a citizen's applications."""

from collections.abc import Collection
from typing import Any

from zhijian.cases import events
from zhijian.cases.models import Case
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.states import State
from zhijian.core.dates import day_of, weekday_date, weekday_date_en
from zhijian.messaging.queries.holding import Holds, fact
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


def _while(*states: State, due: bool = False) -> Holds:
    """Holds while the case is in one of these states, and with ``due`` while it is promised for the same day."""

    def holds(case_id: str, decision_due: str) -> bool:
        case = Case.objects.filter(public_id=case_id, state__in=states).first()
        return case is not None and (not due or _decision_due(case) == decision_due)

    return holds


def _decision_due(case: Case) -> str:
    return case.decision_due_at.isoformat() if case.decision_due_at else ""


def _tell(actions: Collection[Action], template: str, *names: str, holds: Holds, only: str = "") -> None:
    """Of a case, with these variables; ``only`` when it went to that state. The end of a refused one was told
    with its refusal."""

    def build(case_id: str, state: str, **_: Any) -> Notice | None:
        if only and state != only:
            return None
        case = Case.objects.select_related("citizen", "department").get(public_id=case_id)
        if actions is events.CONCLUDED and case.outcome == "refuse":
            return None
        step = case.steps.filter(action__in=actions).order_by("-id").first()
        return Notice(
            citizen=case.citizen,
            key=f"{case_id}:{step.pk if step else state}",
            variables={name: _VARIABLES[name](case) for name in names},
            link=f"/pages/case/detail?id={case_id}",
            happened_at=step.at if step else None,
            about={"case_id": case_id, "decision_due": _decision_due(case)},
        )

    tell(events.CaseEvent, template, build, holds=holds, actions=actions)


def _item(case: Case) -> dict[str, str]:
    return {"zh": case.item_name, "en": case.item_name_en}


def _office(case: Case) -> dict[str, str]:
    return {"zh": case.department.name, "en": case.department.name_en}


def _promise(case: Case) -> dict[str, str]:
    due = day_of(case.decision_due_at)
    if due is None:
        return {"zh": "", "en": ""}
    words, words_en = weekday_date(due, this_year=0), weekday_date_en(due, this_year=0)
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

_UNDER_WAY = _while(State.ACCEPTED, State.REVIEWING, State.DECIDING, due=True)

_tell({Action.SUBMIT}, "case.submitted", "item", "number", "office", holds=_while(State.SUBMITTED))
_tell({Action.REQUEST_CORRECTION}, "case.correction", "item", "count", "due", holds=_while(State.CORRECTION))
_tell(events.ACCEPTED, "case.accepted", "item", "office", "promise", holds=_UNDER_WAY)
_tell({Action.REJECT}, "case.rejected", "item", "office", holds=fact)
_tell({Action.SUSPEND}, "case.suspended", "item", holds=_while(State.SUSPENDED))
_tell({Action.RESUME}, "case.resumed", "item", "promise", holds=_UNDER_WAY)
_tell({Action.APPROVE_EXTENSION}, "case.extended", "item", "promise", holds=_UNDER_WAY)
_tell(
    events.DECIDED,
    "case.approved",
    "item",
    "office",
    only="approved",
    holds=_while(State.APPROVED, State.ISSUING),
)
_tell(events.DECIDED, "case.refused", "item", "office", only="refused", holds=fact)
_tell({Action.DELIVER}, "case.result_ready", "item", "way", holds=_while(State.DELIVERING))
_tell(events.CONCLUDED, "case.concluded", "item", holds=_while(State.CONCLUDED, State.ARCHIVED))
_tell({Action.RETURN_CASE}, "case.returned", "item", holds=fact)
_tell({Action.VOID}, "case.voided", "item", holds=fact)
