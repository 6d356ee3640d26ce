"""From what was posted to the action that it asks for. The actions check; here nothing is decided."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.http import QueryDict

from zhijian.cases.actions import decision, desk, exits, extension, reception, result, review
from zhijian.cases.errors import ReceiverWrong
from zhijian.cases.models import Case
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.corrections import Fault
from zhijian.core.actor import Actor
from zhijian.organizations.models import Staff

Do = Callable[[Actor, Case, QueryDict], Case]
OnCase = Callable[[Case], Case]


def words(*names: str) -> Callable[[QueryDict], dict[str, str]]:
    return lambda data: {name: data.get(name, "") for name in names}


def _plain(action: Callable[..., Case], *names: str) -> Do:
    """An action whose arguments are words of the same names."""
    pick = words(*names)
    return lambda actor, case, data: action(actor, case=case, **pick(data))


def number(text: str | None) -> int:
    """0 for what isn't a number: the action refuses it with its own words."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0


def faults(data: QueryDict, kind: str) -> list[Fault]:
    """The ticked fields or materials with their words."""
    return [Fault(key=key, words=data.get(f"words:{key}", "")) for key in data.getlist(kind)]


def _correction(actor: Actor, case: Case, data: QueryDict) -> Case:
    return reception.request_correction(
        actor,
        case=case,
        fields=faults(data, "field"),
        materials=faults(data, "material"),
        note=data.get("note", ""),
        days=number(data.get("days")) or 15,
        seen=data.get("seen", ""),
    )


def _extension(actor: Actor, case: Case, data: QueryDict) -> Case:
    days = number(data.get("days"))
    return extension.ask_extension(actor, case=case, days=days, reason=data.get("reason", ""))


def _transfer(actor: Actor, case: Case, data: QueryDict) -> Case:
    return desk.transfer(
        actor, case=case, receiver=chosen(data), reason=data.get("reason", ""), holder=data.get("holder")
    )


def _take_over(actor: Actor, case: Case, data: QueryDict) -> Case:
    return desk.take_over(actor, case=case, reason=data.get("reason", ""), holder=data.get("holder"))


def chosen(data: QueryDict) -> Staff | None:
    return Staff.objects.select_related("department").filter(public_id=data.get("receiver", "")).first()


def receiver(data: QueryDict) -> Staff:
    found = chosen(data)
    if found is None:
        raise ReceiverWrong
    return found


DO: Final[Mapping[Action, Do]] = {
    Action.CLAIM: _plain(desk.claim),
    Action.RELEASE: _plain(desk.release),
    Action.TRANSFER: _transfer,
    Action.TAKE_OVER: _take_over,
    Action.ACCEPT: _plain(reception.accept, "note", "seen"),
    Action.REJECT: _plain(reception.reject, "reasons", "law", "seen"),
    Action.REQUEST_CORRECTION: _correction,
    Action.DECIDE_AT_ONCE: _plain(decision.decide_at_once, "opinion", "seen"),
    Action.BEGIN_REVIEW: _plain(review.begin_review),
    Action.SUSPEND: _plain(review.suspend, "ground", "reason"),
    Action.RESUME: _plain(review.resume, "note"),
    Action.PASS_REVIEW: _plain(review.pass_review, "outcome", "opinion", "seen"),
    Action.SEND_BACK: _plain(review.send_back, "opinion", "seen"),
    Action.ASK_EXTENSION: _extension,
    Action.APPROVE_EXTENSION: _plain(extension.approve_extension, "reason", "seen"),
    Action.DENY_EXTENSION: _plain(extension.deny_extension, "opinion", "seen"),
    Action.RECALL_EXTENSION: _plain(extension.recall_extension),
    Action.DECIDE: _plain(decision.decide, "outcome", "opinion", "reasons", "law", "seen"),
    Action.ISSUE: _plain(result.issue),
    Action.DELIVER: _plain(result.deliver, "courier", "tracking_number", "note"),
    Action.COLLECT: _plain(result.collect, "receiver"),
    Action.CONCLUDE: _plain(result.conclude),
    Action.RETURN_CASE: _plain(exits.return_case, "reason", "seen"),
    Action.VOID: _plain(exits.void, "reason", "law"),
    Action.ARCHIVE: _plain(exits.archive),
}


def typed(data: QueryDict) -> dict[str, Any]:
    """What was typed, to be shown again after a refusal."""
    return {name: data.get(name) for name in data if name != "csrfmiddlewaretoken"}
