"""How a case ended: refusal, result, delivery."""

from typing import Literal

from zhijian.cases.models import Case
from zhijian.cases.presenting import shapes
from zhijian.cases.rules.states import DONE, State


def refusal_view(case: Case) -> shapes.RefusalView | None:
    return shapes.RefusalView(**case.refusal) if case.refusal else None


def result_view(case: Case) -> shapes.ResultView | None:
    result = getattr(case, "result", None) if case.decided_at else None
    if result is None:
        return None
    licence = result.licence
    return shapes.ResultView(
        licence_id=licence.public_id,
        name=licence.name,
        number=licence.number,
        valid_from=licence.valid_from,
        valid_to=licence.valid_to,
        verify_url=licence.verify_url,
    )


def delivery_view(case: Case) -> shapes.DeliveryView | None:
    """What was chosen and how far it is; None while nothing was chosen."""
    chosen = case.delivery or ({"method": case.delivery_method} if case.submitted_at else {})
    return shapes.DeliveryView(**chosen, state=_stage(case)) if chosen else None


def _stage(case: Case) -> Literal["chosen", "ready", "done"]:
    if case.state == State.DELIVERING:
        return "ready"
    return "done" if case.state in DONE and case.concluded_at else "chosen"
