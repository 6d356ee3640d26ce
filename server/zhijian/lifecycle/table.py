"""A life cycle as data: in which state who may do what, under which condition, and what state follows. Pure."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeAlias, TypeVar

from django.db.models import TextChoices

S = TypeVar("S", bound=TextChoices)
A = TypeVar("A", bound=TextChoices)

Guard: TypeAlias = Callable[[Any], str]
"""Looks at a domain's facts. The reason in Chinese why the action is forbidden now; empty = allowed."""


def always(facts: Any) -> str:
    return ""


def every(*guards: Guard) -> Guard:
    """The first reason of several guards."""
    return lambda facts: next((why for guard in guards if (why := guard(facts))), "")


def when(name: str, wanted: object, why: str) -> Guard:
    """``why``, unless the fact ``name`` is ``wanted``."""
    return lambda facts: "" if getattr(facts, name) == wanted else why


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, A]):
    """One row. ``target`` None keeps the state; ``needs`` names what has to be given with the action
    (``reason``: the frame asks for it).

    ``judges``: it judges what another wrote, so it is refused if that has changed since it was read.
    """

    source: S
    action: A
    roles: frozenset[str]
    target: S | None = None
    guard: Guard = always
    needs: tuple[str, ...] = ()
    judges: bool = False

    @property
    def follows(self) -> S:
        """The state that it leads to."""
        return self.target or self.source


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an action is impossible: the state forbids it, the role does, or a condition isn't met."""

    kind: Literal["state", "role", "guard"]
    words: str


class Table(Generic[S, A]):
    """All rows of a life cycle.

    ``thing`` is what people call the row (办件); ``not_yours`` are the words for who has no role that may, with
    ``{action}``; ``posts`` orders roles that are posts: the first one that allows an action names who acted.
    """

    def __init__(
        self,
        rows: Iterable[Transition[S, A]],
        *,
        thing: str,
        not_yours: str = "您的岗位不能{action}",
        posts: Sequence[str] = (),
    ) -> None:
        self._rows = tuple(rows)
        self.roles = frozenset[str]().union(*(row.roles for row in self._rows))
        self._thing, self._not_yours, self._posts = thing, not_yours, tuple(posts)
        self._by_place: dict[tuple[str, str], list[Transition[S, A]]] = defaultdict(list)
        for row in self._rows:
            self._by_place[row.source, row.action].append(row)

    def __iter__(self) -> Iterator[Transition[S, A]]:
        return iter(self._rows)

    def rows(self, state: str, action: A) -> list[Transition[S, A]]:
        """The rows of ``action`` in ``state``; several when the outcome decides what follows."""
        return self._by_place.get((state, action), [])

    def refusal(self, state: str, action: A, roles: frozenset[str], facts: object) -> Refusal | None:
        """None = possible."""
        found = self.rows(state, action)
        if not found:
            return Refusal("state", f"{self._thing}现在是“{self._label(state)}”，不能{action.label}")
        permitted = [row for row in found if row.roles & roles]
        if not permitted:
            return Refusal("role", self._not_yours.format(action=action.label))
        reasons = [row.guard(facts) for row in permitted]
        return Refusal("guard", reasons[0]) if all(reasons) else None

    def available(
        self, state: str, roles: frozenset[str], facts: object
    ) -> list[tuple[Transition[S, A], str]]:
        """What these roles may do in ``state``, in the table's order, each with why not now (empty = now)."""
        return [(row, row.guard(facts)) for row in self._rows if row.source == state and row.roles & roles]

    def possible(self, state: str, roles: frozenset[str], facts: object) -> list[A]:
        """The actions that may be offered now, each once, in the table's order."""
        return list(dict.fromkeys(row.action for row, why in self.available(state, roles, facts) if not why))

    def role_for(self, state: str, action: A, roles: frozenset[str], facts: object) -> str | None:
        """Of ``roles`` that are posts, the first that allows ``action`` now."""
        allowed = frozenset[str]().union(
            *(row.roles for row in self.rows(state, action) if not row.guard(facts))
        )
        return next((post for post in self._posts if post in roles & allowed), None)

    def _label(self, state: str) -> str:
        kind = type(self._rows[0].source)
        return str(kind(state).label)
