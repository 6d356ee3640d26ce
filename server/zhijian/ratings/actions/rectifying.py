"""Putting right what a poor rating told: every step by the table, written down and audited."""

from dataclasses import dataclass

from django.db import transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.organizations import held
from zhijian.organizations.models import Staff
from zhijian.ratings import errors
from zhijian.ratings.actions.opening import days_on, deadline
from zhijian.ratings.events import RectificationClosed
from zhijian.ratings.models import Rectification, RectificationStep
from zhijian.ratings.queries.rectifications import facts_of, may_keep, roles_of
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import Action, Ground, State
from zhijian.ratings.subjects import kind_of

WORDS_MAX = 1_000


@dataclass(slots=True)
class Turn:
    """``order`` is locked; ``actor`` is named by the post that allows the action."""

    order: Rectification
    transition: rules.Transition
    actor: Actor
    staff: Staff


@transaction.atomic
def assign(actor: Actor, *, order: Rectification, officer: Staff) -> Rectification:
    """Give it to a case or window officer of the department. Raises OfficerWrong."""
    turn = _begin(actor, order, Action.ASSIGN)
    if not held.still_able(officer, lambda person: may_keep(person, turn.order)):
        raise errors.OfficerWrong(fields=[FieldError("/officer", "choice", errors.OfficerWrong.title)])
    turn.order.assignee = officer
    return _finish(turn)


@transaction.atomic
def contact(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The person was called, or couldn't be reached: ``note`` says what came of it."""
    turn = _begin(actor, order, Action.CONTACT)
    words = _words(note, "/note", "请写明何时联系、对方的意见；联系不上的，写明尝试的次数和方式")
    turn.order.contacted_at = turn.order.contacted_at or now()
    return _finish(turn, words)


@transaction.atomic
def fix(actor: Actor, *, order: Rectification, measure: str) -> Rectification:
    turn = _begin(actor, order, Action.FIX)
    turn.order.measure = _words(measure, "/measure", "请写明查明的情况和采取的措施")
    turn.order.fixed_at = now()
    return _finish(turn)


@transaction.atomic
def call_back(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The person is content with what was done, or cannot be asked."""
    turn = _begin(actor, order, Action.CALL_BACK)
    return _finish(turn, _words(note, "/note", "请写明回访情况"))


@transaction.atomic
def send_back(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The person isn't: it is to be fixed again, within the same end."""
    turn = _begin(actor, order, Action.SEND_BACK)
    words = _words(note, "/note", "请写明对方不满意之处")
    turn.order.fixed_at = None
    return _finish(turn, words)


@transaction.atomic
def publish(actor: Actor, *, order: Rectification, outcome: str) -> Rectification:
    """``outcome`` is what everybody reads: no names, no numbers."""
    turn = _begin(actor, order, Action.PUBLISH)
    turn.order.outcome = _words(outcome, "/outcome", "请写明向社会公开的整改结果，不要写个人信息")
    turn.order.closed_at = now()
    return _finish(turn)


@transaction.atomic
def dispute(actor: Actor, *, order: Rectification, ground: str, note: str) -> Rectification:
    """Ask the supervisor to find the rating malicious or mistaken."""
    turn = _begin(actor, order, Action.DISPUTE)
    if ground not in Ground.values:
        raise errors.WordsNeeded(fields=[FieldError("/ground", "choice", "请选择恶意评价或误评")])
    words = _words(note, "/note", "请写明依据")
    turn.order.ground, turn.order.resumes = ground, turn.order.state
    return _finish(turn, words)


@transaction.atomic
def dismiss(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The rating stays as it is, and doesn't count."""
    turn = _begin(actor, order, Action.DISMISS)
    words = _words(note, "/note", "请写明认定的理由")
    turn.order.closed_at = now()
    rating = turn.order.rating
    kind_of(rating.kind).dismissed(rating.reference)
    return _finish(turn, words)


@transaction.atomic
def uphold(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The rating counts. The department's time begins anew: the supervisor's wasn't theirs."""
    turn = _begin(actor, order, Action.UPHOLD)
    words = _words(note, "/note", "请写明不同意的理由")
    turn.order.ground = ""
    turn.order.fix_due_at = days_on(now(), rules.FIX_WITHIN)
    return _finish(turn, words)


def _begin(actor: Actor, order: Rectification, action: Action) -> Turn:
    """Raises StateForbids, PostForbids, NotNow."""
    row = Rectification.objects.select_for_update(of=("self",)).select_related("department").get(pk=order.pk)
    transition = rules.find(row.state, action)
    if transition is None:
        raise errors.StateForbids(extra={"state": row.state})
    staff = _staff(actor)
    held = [post for post in transition.roles if staff and post in roles_of(staff, row)]
    if staff is None or not held:
        subject = f"rectification:{row.public_id}"
        raise errors.PostForbids(
            attempt=lambda: record_refusal(
                actor, "rectification.post_forbids", subject=subject, facts={"attempt": action.value}
            )
        )
    if why := transition.guard(facts_of(row, staff)):
        raise errors.NotNow(why)
    return Turn(row, transition, staff.actor_as(held[0]), staff)


def _finish(turn: Turn, note: str = "") -> Rectification:
    order, action, moment = turn.order, turn.transition.action, now()
    source = State(order.state)
    target = turn.transition.target or State(order.resumes)
    order.state = target
    if action is Action.UPHOLD:
        order.resumes = ""
    # Places of the flow count from the opening; a dispute, and what follows one, from its own moment.
    start = moment if target is State.DISPUTED or action is Action.UPHOLD else order.opened_at
    order.due_at, order.warn_at = deadline(target, start)
    order.save()
    RectificationStep.objects.create(
        rectification=order,
        action=action,
        from_state=source,
        to_state=target,
        actor_key=turn.actor.key,
        actor_label=turn.actor.label,
        note=note,
        at=moment,
    )
    record(
        turn.actor,
        f"rectification.{action.value}",
        subject=f"rectification:{order.public_id}",
        facts={"from": source.value, "to": target.value},
    )
    if target in (State.PUBLISHED, State.DISMISSED):
        emit(
            RectificationClosed(
                order.public_id,
                order.rating.public_id,
                order.department.code,
                published=target is State.PUBLISHED,
            )
        )
    return order


def _words(text: str, path: str, wanted: str) -> str:
    text = text.strip()
    if not text or len(text) > WORDS_MAX:
        words = f"最多{WORDS_MAX}个字，请缩短" if text else wanted
        raise errors.WordsNeeded(words, fields=[FieldError(path, "required", words)])
    return text


def _staff(actor: Actor) -> Staff | None:
    if actor.kind != "staff":
        return None
    return Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()
