"""What a domain says of its texts. Knows no action and no query, so that the models of a domain may stand on it."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet

from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError, Problem
from zhijian.editorial.rules import LABELS, Refusal, Stage, State
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, kw_only=True, eq=False)
class Desk(ABC, Generic[Row]):
    """A kind of text: its names, who may write and end it, what its domain checks, plans, compiles and takes away.

    ``kind`` begins the events of the audit trail, ``subject`` names a text there. ``rows`` is what a person sees,
    ``related`` what is read with a locked row. ``refused`` gives each refusal of the rules its problem.
    ``faults`` of a draft keep it from review and publication (the flag: being submitted); they are raised as
    ``invalid``. ``plan`` writes the schedule into an approved revision, ``planned`` tells it for the audit trail;
    ``release`` makes what people read, ``ended`` takes it away (without a reason: its time is over).
    ``facts`` are annotations that ``ends`` look at, which give the state of what is neither live nor under review.
    """

    model: type[Row]
    step: type[Any]
    kind: str
    subject: Callable[[Row], str]
    rows: Callable[[Any], QuerySet[Row]]
    related: tuple[str, ...] = ("department",)
    writer: Post
    reviewer_ends: bool = False
    workflow_name: str
    step_prefix: str = ""
    refused: Mapping[Refusal, type[Problem]]
    not_found: type[Problem]
    invalid: type[Problem]
    reason_missing: type[Problem]
    end_without_reason: str
    faults: Callable[[Row, bool], list[FieldError]]
    plan: Callable[[Any], None] = lambda revision: None
    planned: Callable[[Row], dict[str, Any]]
    release: Callable[[Actor, Row], object]
    ended: Callable[[Actor, Row, str], object]
    facts: Mapping[str, Any] = field(default_factory=dict)
    ends: tuple[tuple[Q, State], ...]
    labels: Mapping[State, str] = field(default_factory=dict)

    def label(self, state: State) -> str:
        return self.labels.get(state) or LABELS[state]

    @abstractmethod
    def workflow(self) -> Any:
        """The two-step workflow."""

    @abstractmethod
    def step_refusal(self, row: Row, stage: Stage, user: Any) -> Refusal | None:
        """Why ``user`` may not decide this step of ``row``; None if they may."""

    @abstractmethod
    def approve(self, actor: Actor, row: Row, *, comment: str = "", seen: str | None = None) -> Row:
        """Pass the step under way."""

    @abstractmethod
    def reject(self, actor: Actor, row: Row, *, reason: str, seen: str | None = None) -> Row:
        """Send the draft back."""

    @abstractmethod
    def publish(self, row: Any, revision: Any, user: Staff | None, options: dict[str, Any]) -> None:
        """Wagtail's publication of an approved revision, or of one whose time has come."""

    @abstractmethod
    def expire(self, row: Any, user: Staff | None) -> None:
        """Wagtail's unpublication, when the planned end has come."""


_DESKS: dict[type[Model], Desk[Any]] = {}


def register(desk: Desk[Any]) -> None:
    """Called by a domain when it starts."""
    _DESKS[desk.model] = desk


def desk_of(text: Model | type[Model]) -> Desk[Any]:
    """The desk of a text, or of its model."""
    return _DESKS[text if isinstance(text, type) else type(text)]
