"""Lines on paper: what of them is on it, how near they come, and where along them words can be written straight."""

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from zhijian.maps.drawing.frame import PAPER, Spot

Run = list[Spot]
_STEP = 8.0
_BENT = 2.5
"""How far a line may leave the straight below words."""


class Stretch(NamedTuple):
    """A straight enough piece: its middle and which way it runs, in degrees clockwise, -90 to 90."""

    middle: Spot
    angle: float


def runs(line: Sequence[Spot]) -> list[Run]:
    """The pieces of ``line`` that lie on the paper, the longest first."""
    found: list[Run] = []
    for first, second in pairwise(line):
        cut = _cut(first, second)
        if cut is None:
            continue
        if found and found[-1][-1] == cut[0]:
            found[-1].append(cut[1])
        else:
            found.append(list(cut))
    return sorted(found, key=lambda run: -_lengths(run)[-1])


def stretches(line: Sequence[Spot], length: float) -> Iterator[Stretch]:
    """Where ``length`` of it is straight; nearest to the middle of what is seen first."""
    for run in runs(line):
        lengths = _lengths(run)
        rest = lengths[-1] - length
        if rest < 0:
            return
        starts = [_STEP * place for place in range(int(rest / _STEP) + 1)]
        for start in sorted(starts, key=lambda start: abs(start - rest / 2)):
            ends = [_at(run, lengths, start + part * length) for part in (0, 0.25, 0.5, 0.75, 1)]
            if _is_straight(ends):
                yield _stretch(ends[0], ends[2], ends[-1])


def nearness(line: Sequence[Spot], spot: Spot) -> float:
    """How close ``line`` comes to ``spot``; a line may be a single spot."""
    near = min(math.dist(one, spot) for one in line)
    return min([near, *(_beside(first, second, spot) for first, second in pairwise(line))])


def _beside(first: Spot, second: Spot, spot: Spot) -> float:
    """From ``spot`` to the segment."""
    x, y = second.x - first.x, second.y - first.y
    square = x * x + y * y
    if square == 0:
        return math.dist(first, spot)
    share = ((spot.x - first.x) * x + (spot.y - first.y) * y) / square
    share = min(1.0, max(0.0, share))
    return math.dist((first.x + share * x, first.y + share * y), spot)


def _cut(first: Spot, second: Spot) -> tuple[Spot, Spot] | None:
    """What of a segment is on the paper (Liang and Barsky); None without any length."""
    x, y = second.x - first.x, second.y - first.y
    start, end = 0.0, 1.0
    for way, room in (
        (-x, first.x - PAPER.left),
        (x, PAPER.right - first.x),
        (-y, first.y - PAPER.top),
        (y, PAPER.bottom - first.y),
    ):
        if way == 0:
            if room < 0:
                return None
        elif way < 0:
            start = max(start, room / way)
        else:
            end = min(end, room / way)
    if start >= end:
        return None
    there = Spot(first.x + start * x, first.y + start * y) if start > 0 else first
    here = Spot(first.x + end * x, first.y + end * y) if end < 1 else second
    return there, here


def _lengths(run: Run) -> list[float]:
    """From the beginning of ``run`` to each of its corners."""
    return list(accumulate((math.dist(*pair) for pair in pairwise(run)), initial=0.0))


def _at(run: Run, lengths: Sequence[float], far: float) -> Spot:
    """The spot that lies ``far`` along ``run``."""
    place = min(max(bisect_right(lengths, far) - 1, 0), len(run) - 2)
    first, second = run[place], run[place + 1]
    whole = lengths[place + 1] - lengths[place]
    share = (far - lengths[place]) / whole if whole else 0.0
    return Spot(first.x + share * (second.x - first.x), first.y + share * (second.y - first.y))


def _is_straight(spots: Sequence[Spot]) -> bool:
    return all(_beside(spots[0], spots[-1], spot) <= _BENT for spot in spots[1:-1])


def _stretch(first: Spot, middle: Spot, last: Spot) -> Stretch:
    angle = math.degrees(math.atan2(last.y - first.y, last.x - first.x))
    turned = angle - 180 if angle > 90 else angle + 180 if angle <= -90 else angle
    return Stretch(middle, turned)
