"""内容体检: what in the published content needs a person. Pure: facts in, sentences out.

Freshness follows the inspection indicators for government sites and new media (国办秘函〔2019〕19号): news within
two weeks, policies and notices within six months, the whole within two weeks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from zhijian.content.codes import Kind

TWO_WEEKS = timedelta(days=14)
HALF_YEAR = timedelta(days=183)
UNTOUCHED = timedelta(days=365)
LIMITS: Mapping[Kind, timedelta] = {
    Kind.NEWS: TWO_WEEKS,
    Kind.NOTICE: HALF_YEAR,
    Kind.POLICY: HALF_YEAR,
    Kind.INTERPRETATION: HALF_YEAR,
}


class Finding(StrEnum):
    REVIEW_DUE = "review_due"
    NO_LONGER_EFFECTIVE = "no_longer_effective"
    UNTOUCHED = "untouched"
    BROKEN_LINK = "broken_link"
    WORDING = "wording"
    UNEXPLAINED = "unexplained"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Finding.REVIEW_DUE: "到期复核",
    Finding.NO_LONGER_EFFECTIVE: "有效期已过",
    Finding.UNTOUCHED: "长期未更新",
    Finding.BROKEN_LINK: "失效链接",
    Finding.WORDING: "规范表述",
    Finding.UNEXPLAINED: "缺少解读",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of one published article. ``broken``: sentences about its links; ``slips``: about its words.
    ``replaced``: a newer version is readable, which is what is kept up to date."""

    id: str
    title: str
    kind: Kind
    updated_on: date
    review_by: date | None = None
    effective_to: date | None = None
    explained: bool = True
    replaced: bool = False
    broken: Sequence[str] = ()
    slips: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Ailment:
    article: str
    title: str
    finding: Finding
    sentence: str


@dataclass(frozen=True, slots=True)
class Section:
    """One kind's freshness: ``days`` since its newest article, None when it has none."""

    kind: Kind
    days: int | None
    limit: int

    @property
    def fresh(self) -> bool:
        return self.days is not None and self.days <= self.limit

    @property
    def sentence(self) -> str:
        if self.days is None:
            return f"“{self.kind.label}”还没有内容"
        if self.fresh:
            return f"“{self.kind.label}”最近一次更新在 {self.days} 天前，要求 {self.limit} 天内"
        return f"“{self.kind.label}”已有 {self.days} 天没有更新，要求 {self.limit} 天内"


def ailments(articles: Iterable[Facts], *, today: date) -> list[Ailment]:
    """One for each finding, article by article."""
    return [
        Ailment(one.id, one.title, finding, sentence)
        for one in articles
        for finding, sentence in _findings(one, today)
    ]


def _findings(one: Facts, today: date) -> Iterator[tuple[Finding, str]]:
    if not one.replaced:
        yield from _aged(one, today)
    for sentence in one.broken:
        yield Finding.BROKEN_LINK, sentence
    for sentence in one.slips:
        yield Finding.WORDING, sentence


def _aged(one: Facts, today: date) -> Iterator[tuple[Finding, str]]:
    if one.effective_to and one.effective_to < today:
        yield Finding.NO_LONGER_EFFECTIVE, f"有效期到 {one.effective_to.isoformat()}，请修订、延期或撤回"
    if one.review_by and one.review_by < today:
        yield Finding.REVIEW_DUE, f"应在 {one.review_by.isoformat()} 前复核内容是否仍然准确"
    elif today - one.updated_on > UNTOUCHED and one.kind in {Kind.POLICY, Kind.INTERPRETATION}:
        yield Finding.UNTOUCHED, f"已有 {(today - one.updated_on).days} 天没有更新，请确认内容仍然准确"
    if one.kind == Kind.POLICY and not one.explained:
        yield Finding.UNEXPLAINED, "这份政策还没有解读，请补发"


def sections(newest: Mapping[Kind, date], *, today: date) -> list[Section]:
    """The freshness of every kind that has a limit."""
    return [
        Section(kind, (today - newest[kind]).days if kind in newest else None, limit.days)
        for kind, limit in LIMITS.items()
    ]


def overall(newest: Mapping[Kind, date], *, today: date) -> int | None:
    """Days since anything at all was published; more than 14 is a fault of the whole."""
    return min(((today - day).days for day in newest.values()), default=None)
