"""The frame of every action on a row with a life cycle: lock, settle what time decided, check, write, tell.

``begin`` refuses with a typed problem, audited where somebody reached for what is not theirs; ``finish`` takes the next
state from the table, saves the changed columns, writes the step, the audit entry and the event. Both run inside the
action's transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, ClassVar, Generic, TypeVar

from django.db.models import Model, QuerySet

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.changes import Snapshot, save_changed, snapshot
from zhijian.core.clock import now
from zhijian.core.errors import Conflict, Forbidden, InternalStepRefused, Invalid, Problem
from zhijian.core.words import need
from zhijian.lifecycle import errors
from zhijian.lifecycle import seen as reading
from zhijian.lifecycle.table import A, Refusal, S, Table, Transition
from zhijian.organizations import held, news
from zhijian.organizations.models import Department, Staff
from zhijian.organizations.queries import holds

M = TypeVar("M", bound=Model)


@dataclass
class Turn(Generic[M, S, A]):
    """One action in progress. ``row`` is locked; ``actor`` is named by the post that allows the action."""

    row: M
    action: A
    actor: Actor
    at: datetime
    staff: Staff | None
    roles: frozenset[str]
    source: S
    target: S
    rows: list[Transition[S, A]] = field(default_factory=list)
    before: Snapshot = field(default_factory=dict)
    note: str = ""
    """For whoever asked, unless ``finish`` is given another."""
    news: list[tuple[Staff, str]] = field(default_factory=list)
    """Whom of the staff it concerns, and what they are told on 今日工作."""

    @property
    def person(self) -> Staff:
        """Who of the staff acts, in actions that only staff may do."""
        assert self.staff is not None
        return self.staff


class Life(Generic[M, S, A]):
    """What a domain says of its life cycle; one instance each."""

    name: ClassVar[str]
    """Of audit entries and subjects: ``case`` makes ``case.accept`` of ``case:YZ2026…``."""
    model: type[M]
    related: ClassVar[tuple[str, ...]] = ("department",)
    """What its actions read besides the row."""
    table: Table[S, A]
    states: type[S]
    state_forbids: type[Conflict] = errors.StateForbids
    role_forbids: type[Forbidden] = errors.PostForbids
    not_now: type[Conflict] = errors.NotNow
    reason_missing: type[Invalid] = errors.WordsMissing
    """Where a row of the table needs a reason."""
    role_refused: ClassVar[str] = "post_forbids"
    """Of the audit entry of who reached for an action of another role."""
    unread: ClassVar[frozenset[str]] = frozenset()
    """Steps that change nothing of what somebody reads before they judge: on whose desk it lies, that somebody waits."""

    def lock(self, pk: Any) -> M:
        """The row, locked, with what its actions read."""
        rows = self.model._default_manager.select_for_update(of=("self",)).select_related(*self.related)
        return rows.get(pk=pk)

    def roles_of(self, actor: Actor, staff: Staff | None, row: M) -> frozenset[str]:
        """The posts of the table that ``staff`` holds for the department of ``row``."""
        department: Department = row.department  # type: ignore[attr-defined]
        named = self.table.roles if staff else ()
        return frozenset(post for post in named if staff and holds(staff, post, department=department))

    def facts_of(self, row: M, staff: Staff | None, moment: datetime) -> Any:
        """What the guards look at; nothing where roles and states say it all."""

    def number(self, row: M) -> str:
        """How the audit trail names a row."""
        return str(row.public_id)  # type: ignore[attr-defined]

    def shown_number(self, row: M) -> str:
        """What stands before the table's word for the row, where people know it by a number."""
        return ""

    def settle(self, row: M, moment: datetime) -> None:
        """Apply to a locked row what time alone has decided."""

    def check_own(self, actor: Actor, row: M, action: A, roles: frozenset[str]) -> None:
        """Raises what hides a row from who has nothing to do with it."""

    def guard_problem(self, refusal: Refusal, row: M, action: A, facts: Any) -> Problem:
        return self.not_now(refusal.words)

    def role_problem(
        self, refusal: Refusal, actor: Actor, row: M, action: A, *, attempt: Callable[[], None]
    ) -> Problem:
        return self.role_forbids(refusal.words, attempt=attempt)

    def post(self, role: str) -> str:
        """The post under which a member of staff acts in ``role``."""
        return role

    def enter(self, turn: Turn[M, S, A]) -> None:
        """What follows from the new state, before the row is saved."""

    def may_keep(self, person: Staff, row: M) -> bool:
        """Whether ``person`` can do the step that ``row`` stands at."""
        return True

    def receiver_problem(self, turn: Turn[M, S, A]) -> Problem:
        return self.role_forbids()

    def write_step(self, turn: Turn[M, S, A], *, opinion: str, note: str, **extra: Any) -> None:
        """A :class:`zhijian.lifecycle.models.Step`; for a domain whose steps hold other things to say otherwise."""
        turn.row.steps.create(  # type: ignore[attr-defined]
            action=turn.action,
            from_state=turn.source,
            to_state=turn.target,
            actor_key=turn.actor.key,
            actor_label=turn.actor.label,
            note=note,
            at=turn.at,
        )

    def announce(self, turn: Turn[M, S, A]) -> None:
        """Emit the event of what was done, if it has one."""

    def facts_told(self, turn: Turn[M, S, A]) -> dict[str, Any]:
        """Of every audit entry."""
        return {"from": turn.source.value, "to": turn.target.value}

    def subject(self, row: M) -> str:
        return f"{self.name}:{self.number(row)}"

    def mark(self, row: M) -> str:
        """What the page of ``row`` shows, for its forms: the last step that changed it."""
        return str(self._read_steps(row).order_by("pk").values_list("pk", flat=True).last() or 0)

    def begin(
        self,
        actor: Actor,
        row: M,
        action: A,
        *,
        or_else: A | None = None,
        reason: str = "",
        seen: str | None = None,
    ) -> Turn[M, S, A]:
        """Lock ``row`` and check that ``actor`` may do ``action`` now. Raises the domain's refusals, each with words.

        ``or_else`` is done instead in a state that knows no ``action``. ``reason`` becomes the note where the table
        needs one. ``seen`` is the mark of the page on which they decided, None for callers that show none: without a
        mark no page may judge. Raises ContentChanged.
        """
        fresh, moment, staff = self.lock(row.pk), now(), staff_of(actor)
        self.settle(fresh, moment)
        roles = self.roles_of(actor, staff, fresh)
        state: str = fresh.state  # type: ignore[attr-defined]
        if or_else is not None and not self.table.rows(state, action):
            action = or_else
        self.check_own(actor, fresh, action, roles)
        facts = self.facts_of(fresh, staff, moment)
        if refusal := self.table.refusal(state, action, roles, facts):
            raise self._problem(refusal, actor, fresh, action, facts)
        if seen or (seen is not None and any(one.judges for one in self.table.rows(state, action))):
            self._refuse_unread(actor, fresh, seen)
        role = self.table.role_for(state, action, roles, facts)
        named = staff.actor_as(self.post(role)) if staff and role else actor
        turn = self.turn(fresh, action, named, at=moment)
        turn.staff, turn.roles = staff, roles
        turn.rows = [
            row for row in self.table.rows(state, action) if row.roles & roles and not row.guard(facts)
        ]
        turn.target = turn.rows[0].follows
        if "reason" in turn.rows[0].needs:
            turn.note = need(self.reason_missing, "reason", reason[:500], label="理由", shortest=1)
        return turn

    def turn(self, row: M, action: A, actor: Actor, *, at: datetime) -> Turn[M, S, A]:
        """A step of the platform itself, which no table guards. An action that is in none keeps the state."""
        source = self.states(row.state)  # type: ignore[attr-defined]
        target = next((one.follows for one in self.table.rows(source, action)), source)
        return Turn(row, action, actor, at, None, frozenset(), source, target, before=snapshot(row))

    def finish(
        self,
        turn: Turn[M, S, A],
        *,
        to: S | None = None,
        opinion: str = "",
        note: str = "",
        facts: dict[str, Any] | None = None,
        **extra: Any,
    ) -> M:
        """Write what the action did. ``opinion`` stays inside, ``note`` is for whoever asked.

        ``to`` says which row of the table it was, when several lead to different states.
        """
        if to is not None:
            assert not turn.rows or to in {row.follows for row in turn.rows}, (
                f"{turn.action} never leads to {to}"
            )
            turn.target = to
        row: Any = turn.row
        row.state = turn.target
        self.enter(turn)
        self._refuse_gone(turn)
        save_changed(row, turn.before)
        self._tell_holder(turn)
        for person, words in turn.news:
            news.tell(person, self.name, self.number(row), words)
        return self.tell(turn, opinion=opinion, note=note, facts=facts, **extra)

    def tell(
        self,
        turn: Turn[M, S, A],
        *,
        opinion: str = "",
        note: str = "",
        facts: dict[str, Any] | None = None,
        **extra: Any,
    ) -> M:
        """The step, the audit entry and the event of an action that is already saved."""
        self.write_step(turn, opinion=opinion, note=note or turn.note, **extra)
        told = self.facts_told(turn) | (facts or {})
        record(turn.actor, f"{self.name}.{turn.action.value}", subject=self.subject(turn.row), facts=told)
        self.announce(turn)
        return turn.row

    def _read_steps(self, row: M) -> QuerySet[Any]:
        steps: QuerySet[Any] = row.steps.exclude(action__in=self.unread)  # type: ignore[attr-defined]
        return steps

    def _refuse_unread(self, actor: Actor, row: M, seen: str) -> None:
        """What others did since the page was shown; their own steps people know."""
        if not seen:
            raise reading.unmarked()
        since = self._read_steps(row).filter(pk__gt=reading.number(seen)).exclude(actor_key=actor.key)
        if happened := list(since.order_by("pk").values_list("action", "at")):
            labels = dict(type(next(iter(self.table)).action).choices)
            raise reading.changed((labels.get(action, ""), at) for action, at in happened)

    def _refuse_gone(self, turn: Turn[M, S, A]) -> None:
        """Who gets the row must still be there: they may have left or lost the post just now."""
        row: Any = turn.row
        before = turn.before.get("assignee_id")
        receiver: Staff | None = getattr(row, "assignee", None)
        if receiver is None or row.assignee_id == before:
            return
        if not held.still_able(receiver, lambda person: self.may_keep(person, row)):
            raise self.receiver_problem(turn)

    def _tell_holder(self, turn: Turn[M, S, A]) -> None:
        """Who held it until a colleague took it, or gave it to another, learns who has it now."""
        row: Any = turn.row
        before: int | None = turn.before.get("assignee_id")
        receiver: Staff | None = getattr(row, "assignee", None)
        if before is None or receiver is None or before == receiver.pk or turn.source is not turn.target:
            return
        if turn.staff and before != turn.staff.pk:
            by = "" if receiver == turn.staff else f"由{turn.staff}"
            turn.news.append((Staff.objects.get(pk=before), f"{by}{turn.action.label}，现由{receiver}办理"))

    def _problem(self, refusal: Refusal, actor: Actor, row: M, action: A, facts: Any) -> Problem:
        if refusal.kind == "state":
            words = f"{self.shown_number(row)}{refusal.words}"
            return self.state_forbids(words, extra={"state": row.state})  # type: ignore[attr-defined]
        if refusal.kind == "guard":
            return self.guard_problem(refusal, row, action, facts)
        if actor.kind == "system":
            raise InternalStepRefused(f"{action.value} of {self.subject(row)} in {row.state}")  # type: ignore[attr-defined]
        told = {"attempt": action.value}
        attempt = partial(
            record_refusal, actor, f"{self.name}.{self.role_refused}", subject=self.subject(row), facts=told
        )
        return self.role_problem(refusal, actor, row, action, attempt=attempt)


def staff_of(actor: Actor) -> Staff | None:
    """The member of staff behind ``actor``; None for others and for who has left."""
    if actor.kind != "staff":
        return None
    return Staff.objects.select_related("department").filter(public_id=actor.key, is_active=True).first()
