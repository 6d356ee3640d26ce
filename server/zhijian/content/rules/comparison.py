"""What a new version of a policy changes, clause by clause 条. Pure.

Clauses are matched by what they say, not by their number alone: a clause put in renumbers all that follow.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from zhijian.content.rules.richtext import blocks

_CLAUSE = re.compile(r"^(第[一二三四五六七八九十百千零〇两\d]+条)[\s　:：、.]*")
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百千零〇两\d]+[章节编]")
_ALIKE = 0.5
PREAMBLE = "开头"

Kind = Literal["same", "changed", "added", "removed"]
Op = Literal["equal", "insert", "delete"]


@dataclass(frozen=True, slots=True)
class Clause:
    """``label`` is 第X条, a chapter's heading, or 开头; ``text`` what stands in it, without the label."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Segment:
    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A clause before and after; None where it isn't there."""

    before: Clause | None
    after: Clause | None

    @property
    def kind(self) -> Kind:
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        return "same" if self.before.text == self.after.text else "changed"


def clauses(html: str) -> list[Clause]:
    """A body as clauses; text before the first one is the preamble, a chapter's heading a clause of its own."""
    found: list[tuple[str, list[str]]] = []
    for block in blocks(html):
        match = _CLAUSE.match(block.text)
        if match:
            found.append((match[1], [block.text[match.end() :]]))
        elif _CHAPTER.match(block.text) or not found:
            found.append((PREAMBLE if not _CHAPTER.match(block.text) else "章节", [block.text]))
        else:
            found[-1][1].append(block.text)
    return [Clause(label, "\n".join(part for part in parts if part)) for label, parts in found]


def compare(before: Sequence[Clause], after: Sequence[Clause]) -> list[Row]:
    """The whole of both texts, aligned: every clause of either is in exactly one row, in its order."""
    rows: list[Row] = []
    left = right = 0
    for i, j in [*_pairs(before, after), (len(before), len(after))]:
        rows += [Row(clause, None) for clause in before[left:i]]
        rows += [Row(None, clause) for clause in after[right:j]]
        if i < len(before) and j < len(after):
            rows.append(Row(before[i], after[j]))
        left, right = i + 1, j + 1
    return rows


def changes(rows: Sequence[Row]) -> list[Row]:
    """The rows that differ."""
    return [row for row in rows if row.kind != "same"]


def segments(before: str, after: str) -> list[Segment]:
    """The two texts as one: what stayed, what went, what came. Equal and deleted parts make ``before``."""
    found: list[Segment] = []
    for op, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if op == "equal":
            found.append(Segment("equal", before[i:i_end]))
            continue
        if i_end > i:
            found.append(Segment("delete", before[i:i_end]))
        if j_end > j:
            found.append(Segment("insert", after[j:j_end]))
    return found


def _pairs(before: Sequence[Clause], after: Sequence[Clause]) -> list[tuple[int, int]]:
    """Which clause became which: the increasing matching of greatest likeness."""
    likeness = [[_likeness(old, new) for new in after] for old in before]
    best = [[0.0] * (len(after) + 1) for _ in range(len(before) + 1)]
    for i in range(len(before) - 1, -1, -1):
        for j in range(len(after) - 1, -1, -1):
            taken = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] else 0.0
            best[i][j] = max(taken, best[i + 1][j], best[i][j + 1])
    pairs: list[tuple[int, int]] = []
    i = j = 0
    while i < len(before) and j < len(after):
        if likeness[i][j] and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _likeness(old: Clause, new: Clause) -> float:
    """0 when one cannot have become the other. Equal numbers weigh a little: they settle ties."""
    same_label = 0.1 if old.label == new.label else 0.0
    if old.text == new.text:
        return 2.0 + same_label
    matcher = SequenceMatcher(None, old.text, new.text, autojunk=False)
    if matcher.real_quick_ratio() < _ALIKE or matcher.quick_ratio() < _ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio + same_label if ratio >= _ALIKE else 0.0
