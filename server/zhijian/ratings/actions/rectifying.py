"""Putting right what a poor rating told: every step by the table, written down and audited."""

from datetime import datetime

from django.db import transaction

from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError, Problem
from zhijian.core.events import emit
from zhijian.lifecycle import turn as frame
from zhijian.organizations.models import Staff
from zhijian.ratings import errors
from zhijian.ratings.actions.opening import days_on, deadline
from zhijian.ratings.events import RectificationClosed
from zhijian.ratings.models import Rectification
from zhijian.ratings.queries.rectifications import facts_of, may_keep
from zhijian.ratings.rules import rectification as rules
from zhijian.ratings.rules.rectification import Action, Ground, State
from zhijian.ratings.subjects import kind_of

WORDS_MAX = 1_000


Turn = frame.Turn[Rectification, State, Action]


class RectificationLife(frame.Life[Rectification, State, Action]):
    name, model = "rectification", Rectification
    table, states = rules.TABLE, State
    state_forbids, role_forbids, not_now = errors.StateForbids, errors.PostForbids, errors.NotNow
    unread = frozenset({Action.ASSIGN, "hand_on", "recomputed"})

    def facts_of(self, row: Rectification, staff: Staff | None, moment: datetime) -> rules.Facts:
        return facts_of(row, staff) if staff else rules.Facts()

    def enter(self, turn: Turn) -> None:
        """Places of the flow count from the opening; a dispute, and what follows one, from its own moment."""
        upheld = turn.action is Action.UPHOLD
        if upheld:
            turn.target, turn.row.resumes = State(turn.row.resumes), ""
            turn.row.state = turn.target
        start = turn.at if upheld or turn.target is State.DISPUTED else turn.row.opened_at
        turn.row.due_at, turn.row.warn_at = deadline(turn.target, start)

    def may_keep(self, person: Staff, row: Rectification) -> bool:
        return may_keep(person, row)

    def receiver_problem(self, turn: Turn) -> Problem:
        return errors.OfficerWrong(fields=[FieldError("/officer", "choice", errors.OfficerWrong.title)])

    def announce(self, turn: Turn) -> None:
        order, target = turn.row, turn.target
        if target in (State.PUBLISHED, State.DISMISSED):
            rating, department = order.rating.public_id, order.department.code
            published = target is State.PUBLISHED
            emit(RectificationClosed(order.public_id, rating, department, published=published))


_LIFE = RectificationLife()
_begin, _finish, mark, roles_of = _LIFE.begin, _LIFE.finish, _LIFE.mark, _LIFE.roles_of


@transaction.atomic
def assign(actor: Actor, *, order: Rectification, officer: Staff) -> Rectification:
    """Give it to a case or window officer of the department. Raises OfficerWrong."""
    turn = _begin(actor, order, Action.ASSIGN)
    if not may_keep(officer, turn.row):
        raise _LIFE.receiver_problem(turn)
    turn.row.assignee = officer
    return _finish(turn)


@transaction.atomic
def contact(actor: Actor, *, order: Rectification, note: str) -> Rectification:
    """The person was called, or couldn't be reached: ``note`` says what came of it."""
    turn = _begin(actor, order, Action.CONTACT)
    words = _words(note, "/note", "请写明何时联系、对方的意见；联系不上的，写明尝试的次数和方式")
    turn.row.contacted_at = turn.row.contacted_at or now()
    return _finish(turn, note=words)


@transaction.atomic
def fix(actor: Actor, *, order: Rectification, measure: str) -> Rectification:
    turn = _begin(actor, order, Action.FIX)
    turn.row.measure = _words(measure, "/measure", "请写明查明的情况和采取的措施")
    turn.row.fixed_at = now()
    return _finish(turn)


@transaction.atomic
def call_back(actor: Actor, *, order: Rectification, note: str, seen: str | None = None) -> Rectification:
    """The person is content with what was done, or cannot be asked."""
    turn = _begin(actor, order, Action.CALL_BACK, seen=seen)
    return _finish(turn, note=_words(note, "/note", "请写明回访情况"))


@transaction.atomic
def send_back(actor: Actor, *, order: Rectification, note: str, seen: str | None = None) -> Rectification:
    """The person isn't: it is to be fixed again, within the same end."""
    turn = _begin(actor, order, Action.SEND_BACK, seen=seen)
    words = _words(note, "/note", "请写明对方不满意之处")
    turn.row.fixed_at = None
    return _finish(turn, note=words)


@transaction.atomic
def publish(actor: Actor, *, order: Rectification, outcome: str, seen: str | None = None) -> Rectification:
    """``outcome`` is what everybody reads: no names, no numbers."""
    turn = _begin(actor, order, Action.PUBLISH, seen=seen)
    turn.row.outcome = _words(outcome, "/outcome", "请写明向社会公开的整改结果，不要写个人信息")
    turn.row.closed_at = now()
    return _finish(turn)


@transaction.atomic
def dispute(actor: Actor, *, order: Rectification, ground: str, note: str) -> Rectification:
    """Ask the supervisor to find the rating malicious or mistaken."""
    turn = _begin(actor, order, Action.DISPUTE)
    if ground not in Ground.values:
        raise errors.WordsNeeded(fields=[FieldError("/ground", "choice", "请选择恶意评价或误评")])
    words = _words(note, "/note", "请写明依据")
    turn.row.ground, turn.row.resumes = ground, turn.row.state
    return _finish(turn, note=words)


@transaction.atomic
def dismiss(actor: Actor, *, order: Rectification, note: str, seen: str | None = None) -> Rectification:
    """The rating stays as it is, and doesn't count."""
    turn = _begin(actor, order, Action.DISMISS, seen=seen)
    words = _words(note, "/note", "请写明认定的理由")
    turn.row.closed_at = now()
    rating = turn.row.rating
    kind_of(rating.kind).dismissed(rating.reference)
    return _finish(turn, note=words)


@transaction.atomic
def uphold(actor: Actor, *, order: Rectification, note: str, seen: str | None = None) -> Rectification:
    """The rating counts. The department's time begins anew: the supervisor's wasn't theirs."""
    turn = _begin(actor, order, Action.UPHOLD, seen=seen)
    words = _words(note, "/note", "请写明不同意的理由")
    turn.row.ground = ""
    turn.row.fix_due_at = days_on(now(), rules.FIX_WITHIN)
    return _finish(turn, note=words)


def _words(text: str, path: str, wanted: str) -> str:
    text = text.strip()
    if not text or len(text) > WORDS_MAX:
        words = f"最多{WORDS_MAX}个字，请缩短" if text else wanted
        raise errors.WordsNeeded(words, fields=[FieldError(path, "required", words)])
    return text
