"""What can be rated. Each kind of handling is one small file here that registers itself; nothing else knows kinds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from zhijian.identity.models import Citizen
from zhijian.organizations.models import Department, Hall
from zhijian.ratings.errors import SubjectUnknown
from zhijian.ratings.rules.opinion import Channel


@dataclass(frozen=True, slots=True)
class Subject:
    """One handling. ``reference`` is unique within ``kind``."""

    kind: str
    reference: str
    department: Department
    channel: Channel
    item_code: str = ""
    citizen: Citizen | None = None
    hall: Hall | None = None


@dataclass(frozen=True, slots=True)
class Handled:
    """How many handlings of one place and item there were: what coverage is measured against."""

    department_id: int
    hall_id: int | None
    item_code: str
    count: int


class Kind(Protocol):
    """A kind of handling."""

    code: str
    label: str

    def resolve(self, reference: str, *, citizen: Citizen | None) -> Subject:
        """The handling that ``citizen`` may rate now, by the id that the app knows it under.

        Raises SubjectUnknown for what isn't theirs, NotDoneYet or the domain's own refusal for what isn't over.
        """

    def rated(self, subject: Subject, *, stars: int) -> None:
        """Tell the handling's own domain, in the rating's transaction."""

    def dismissed(self, reference: str) -> None:
        """The same when a supervisor found that its rating doesn't count."""

    def handled(self, *, since: datetime) -> Iterable[Handled]:
        """All handlings that ended since then, grouped. One query."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    _kinds[kind.code] = kind


def kind_of(code: str) -> Kind:
    """Raises SubjectUnknown."""
    if code not in _kinds:
        raise SubjectUnknown
    return _kinds[code]


def kinds() -> list[Kind]:
    return list(_kinds.values())


def label(code: str) -> str:
    return _kinds[code].label if code in _kinds else code
