"""Public figures 满意率 · 评价覆盖率 · 差评按时整改率, with small numbers kept back. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST = 5
"""Below so many ratings nothing is said: who was asked by whom could be guessed."""
SATISFIED_FROM = 4
"""4★ and 5★ count as satisfied."""


@dataclass(frozen=True, slots=True)
class Count:
    """Of one department, hall or item. ``by_star``: numbers of 1★ to 5★ that count; ``handled``: could have been rated;
    ``due`` rectifications whose time is over or that are done, ``in_time`` of them."""

    code: str
    name: str
    by_star: tuple[int, int, int, int, int]
    handled: int = 0
    due: int = 0
    in_time: int = 0

    @property
    def rated(self) -> int:
        return sum(self.by_star)


@dataclass(frozen=True, slots=True)
class Figure:
    """Rates in per cent with one decimal. All None when ``suppressed``; a single one where nothing was to be done."""

    code: str
    name: str
    suppressed: bool
    rated: int | None = None
    by_star: tuple[int, ...] | None = None
    mean: float | None = None
    satisfied: float | None = None
    coverage: float | None = None
    rectified_in_time: float | None = None


def figure(count: Count) -> Figure:
    rated = count.rated
    marks = sum(stars * number for stars, number in enumerate(count.by_star, 1))
    return Figure(
        code=count.code,
        name=count.name,
        suppressed=False,
        rated=rated,
        by_star=count.by_star,
        mean=round(marks / rated, 2) if rated else None,
        satisfied=rate(sum(count.by_star[SATISFIED_FROM - 1 :]), rated),
        coverage=rate(min(rated, count.handled), count.handled),
        rectified_in_time=rate(count.in_time, count.due),
    )


def figures(counts: Sequence[Count]) -> list[Figure]:
    """In the order given. If one alone were kept back, the total would tell it: then the next smallest is, too."""
    small = {count.code for count in counts if 0 < count.rated < SMALLEST}
    if len(small) == 1:
        larger = [count for count in counts if count.rated >= SMALLEST]
        small |= {min(larger, key=lambda count: (count.rated, count.code)).code} if larger else set()
    return [
        Figure(count.code, count.name, suppressed=True) if count.code in small else figure(count)
        for count in counts
    ]


def rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None
