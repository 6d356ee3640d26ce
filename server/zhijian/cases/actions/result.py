"""制证, 送达, 办结."""

from collections.abc import Sequence

from django.db import transaction

from zhijian.cases.actions import clocks, turn
from zhijian.cases.errors import need
from zhijian.cases.models import Case, CaseResult
from zhijian.cases.queries.printed import printed_facts, statement_of
from zhijian.cases.queries.versions import version
from zhijian.cases.rules.acts import Action
from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.cases.rules.states import State
from zhijian.catalog.codes import ResultKind
from zhijian.catalog.spec import Result
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import today
from zhijian.licences.actions import issue as issue_licence
from zhijian.licences.models import Licence
from zhijian.licences.rules import Content


@transaction.atomic
def issue(actor: Actor, *, case: Case, facts: Sequence[tuple[str, str]] | None = None) -> Case:
    """Make the result. ``facts`` are its printed lines, by default taken from the form.

    What is delivered electronically is delivered by being made, so such a case is concluded at once.
    """
    move = turn.begin(actor, case, Action.ISSUE)
    licence = _licence(move, facts)
    CaseResult.objects.create(case=move.row, licence=licence, issued_at=move.at)
    issued = turn.finish(move, facts={"licence": licence.number})
    if issued.delivery_method != DeliveryMethod.ELECTRONIC:
        return issued
    return _concluded(turn.begin(SYSTEM, issued, Action.CONCLUDE), note="结果已送达您的“我的证照”。")


def _licence(move: turn.Turn, facts: Sequence[tuple[str, str]] | None) -> Licence:
    case, item = move.row, version(move.row.item_version_id)
    result = item.result
    assert result is not None  # the rules let nothing else come here
    printed = list(facts) if facts is not None else printed_facts(item, case.form)
    return issue_licence(
        move.actor,
        citizen=case.citizen,
        department=case.department,
        licence_type=result.licence_type or case.item_code,
        name=result.name,
        content=Content(
            facts=printed,
            statement=statement_of(item, case.form, today()),
            validity=result.validity or _usual_validity(result),
        ),
        item_code=case.item_code,
        case_number=case.number or "",
        validity_months=result.validity_months,
        approval=result.kind == ResultKind.APPROVAL,
    )


def _usual_validity(result: Result) -> str:
    """A certificate without a term tells of the day of its issue; only a licence is valid for good."""
    without_term = result.kind == ResultKind.CERTIFICATE and not result.validity_months
    return "本证明反映出具之日的情况。" if without_term else ""


@transaction.atomic
def deliver(
    actor: Actor, *, case: Case, courier: str = "", tracking_number: str = "", note: str = ""
) -> Case:
    """Hand to the courier (company and tracking number) or lay ready at the counter."""
    move = turn.begin(actor, case, Action.DELIVER)
    if move.row.delivery_method == DeliveryMethod.COURIER:
        sent = {
            "courier": need("courier", courier, label="快递公司"),
            "tracking_number": need("tracking_number", tracking_number, label="快递单号"),
        }
        move.row.delivery = move.row.delivery | sent
        # The officer's own words come after the number, never instead of it.
        told = f"已交{sent['courier']}寄出，单号{sent['tracking_number']}"
        note = f"{told}。{note}" if note else told
    clocks.wind(move.row, State.DELIVERING)
    return turn.finish(move, note=note or "结果已做好，请携带身份证件到窗口领取")


@transaction.atomic
def collect(actor: Actor, *, case: Case, receiver: str) -> Case:
    """Note who took the result at the counter, or that the courier's receipt came back."""
    move = turn.begin(actor, case, Action.COLLECT)
    return _concluded(move, opinion=need("receiver", receiver, label="领取人"))


@transaction.atomic
def confirm_receipt(actor: Actor, *, case: Case) -> Case:
    """The citizen has it."""
    return _concluded(turn.begin(actor, case, Action.CONFIRM_RECEIPT))


@transaction.atomic
def conclude(actor: Actor, *, case: Case, note: str = "") -> Case:
    """办结 of a refusal, of an approval without a certificate, or of an electronic result."""
    return _concluded(turn.begin(actor, case, Action.CONCLUDE), note=note)


def _concluded(move: turn.Turn, *, opinion: str = "", note: str = "") -> Case:
    move.row.concluded_at = move.at
    clocks.wind(move.row, State.CONCLUDED)
    return turn.finish(move, opinion=opinion, note=note, verdict=turn.Verdict.PASS)
