"""规范表述: names and words that must be written right. The table is data; this finds what it forbids. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhijian.content.codes import Severity


@dataclass(frozen=True, slots=True)
class Word:
    """``wrong`` is not to be written; ``right`` is, or nothing when the word is to be left out."""

    wrong: str
    right: str
    severity: Severity
    note: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    word: Word
    around: str

    @property
    def sentence(self) -> str:
        advice = f"应写作“{self.word.right}”" if self.word.right else "请删去或换一种说法"
        note = f"（{self.word.note}）" if self.word.note else ""
        return f"“{self.word.wrong}”{advice}{note}，见“{self.around}”"


def slips(text: str, table: Iterable[Word]) -> list[Slip]:
    """One for each forbidden word in ``text``, at its first place; inside the right form it isn't wrong."""
    words = list(table)
    found = []
    for word in words:
        place = _place(text, word)
        if place >= 0:
            around = text[max(place - 8, 0) : place + len(word.wrong) + 8].replace("\n", " ")
            found.append(Slip(word, around))
    return found


def severe(found: Sequence[Slip]) -> list[Slip]:
    return [slip for slip in found if slip.word.severity == Severity.SEVERE]


def _place(text: str, word: Word) -> int:
    place = text.find(word.wrong)
    while place >= 0:
        if not _within_right(text, place, word):
            return place
        place = text.find(word.wrong, place + 1)
    return -1


def _within_right(text: str, place: int, word: Word) -> bool:
    inside = word.right.find(word.wrong)
    while inside >= 0:
        start = place - inside
        if start >= 0 and text.startswith(word.right, start):
            return True
        inside = word.right.find(word.wrong, inside + 1)
    return False
