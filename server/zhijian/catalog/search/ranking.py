"""How well an item answers a query. Pure: rows in, scores out."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from zhijian.catalog.search import text

_ENOUGH = 20.0
_BESIDE_BEST = 0.4
_ALIKE = 0.6

_SURE = 62.0
"""From here on words of the item account for the whole query; below, it may have been mistyped."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query in the forms in which it is compared. ``variants`` are the query and its synonyms' versions."""

    variants: tuple[str, ...]
    latin: bool

    @property
    def words(self) -> list[str]:
        return list(dict.fromkeys(word for variant in self.variants for word in text.words(variant)))

    @property
    def grams(self) -> list[str]:
        return text.grams(self.variants[0])

    @property
    def pinyin(self) -> str:
        return text.pinyin(self.variants[0])


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry of the index, as far as ranking needs it. ``rank`` is PostgreSQL's for the words, 0 to 1."""

    phrases: Sequence[str]
    pinyin: Sequence[str]
    initials: Sequence[str]
    rank: float
    hot: int
    found: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Score:
    """``guess`` is the phrase meant when the query had to be read otherwise than it was typed."""

    value: float
    guess: str | None = None


def ask(query: str, synonyms: Sequence[tuple[str, Sequence[str]]] = ()) -> Asked:
    """``query`` is normalised; ``synonyms`` are (term, meanings) whose term occurs in it."""
    plain = text.core(query)
    # A longer term is the more specific one: 公积金贷款 before 公积金.
    replaced = [
        plain.replace(term, meaning)
        for term, meanings in sorted(synonyms, key=lambda pair: -len(pair[0]))
        if term in plain
        for meaning in meanings
    ]
    variants = tuple(dict.fromkeys([plain, *replaced]))
    return Asked(variants=variants, latin=plain.isascii() and plain.isalpha())


def is_answer(score: Score, *, best: Score) -> bool:
    """Whether an item is worth showing beside the best one."""
    return score.value >= max(_ENOUGH, _BESIDE_BEST * best.value)


def rank(asked: Asked, candidates: Sequence[Candidate]) -> list[Score]:
    """One score for each candidate, 0 to about 110.

    Only when nobody's words account for the whole query are sound and looks of the characters considered: a
    guess must not compete with what was plainly meant.
    """
    literal = [_literal(asked, candidate) for candidate in candidates]
    if asked.latin:
        latin = [_latin(asked.variants[0], candidate) for candidate in candidates]
        literal = [max(pair) for pair in zip(literal, latin, strict=True)]
    guessing = not asked.latin and max(literal, default=0.0) < _SURE
    scores = []
    for value, candidate in zip(literal, candidates, strict=True):
        sounded, phrase = _sounds_like(asked, candidate) if guessing else (0.0, None)
        found = Score(sounded, guess=phrase) if sounded > value else Score(value)
        scores.append(Score(found.value + candidate.hot / 50 if found.value else 0.0, found.guess))
    return scores


def _literal(asked: Asked, candidate: Candidate) -> float:
    best = max(_variant(variant, candidate, first=index == 0) for index, variant in enumerate(asked.variants))
    best = max(best, _covered(asked, candidate))
    return best + 8 * min(candidate.rank, 1.0) if best else 0.0


def _variant(variant: str, candidate: Candidate, *, first: bool) -> float:
    """The query against each name of the item, as whole texts; a synonym's version counts a little less."""
    best = 0.0
    for index, phrase in enumerate(candidate.phrases):
        own = 4.0 if index == 0 else 0.0  # the item's own name beats a nickname
        if variant == phrase:
            value = 96.0 + own
        elif phrase.startswith(variant) and len(variant) > 1:
            value = 72.0 + own + 10 * len(variant) / len(phrase)
        elif variant in phrase and len(variant) > 1:
            value = 64.0 + own + 10 * len(variant) / len(phrase)
        elif phrase in variant and len(phrase) > 1:
            value = 25.0 + 35 * len(phrase) / len(variant)
        else:
            continue
        best = max(best, value)
    return best if first else best * 0.97


def _covered(asked: Asked, candidate: Candidate) -> float:
    """How much of the query, in characters, the item's words account for."""
    best = 0.0
    for variant in asked.variants:
        words = [word for word in text.words(variant) if len(word) > 1]
        named = [word for word in words if any(word in phrase for phrase in candidate.phrases)]
        known = [word for word in words if word in candidate.found]
        best = max(best, 64 * _share(named, variant), 40 * _share(known, variant))
    return best


def _share(words: Sequence[str], whole: str) -> float:
    """The part of ``whole`` that ``words`` cover, 0 to 1."""
    covered: set[int] = set()
    for word in words:
        start = whole.find(word)
        while start >= 0:
            covered.update(range(start, start + len(word)))
            start = whole.find(word, start + 1)
    return len(covered) / len(whole) if whole else 0.0


def _latin(query: str, candidate: Candidate) -> float:
    best = 0.0
    for full, short in zip(candidate.pinyin, candidate.initials, strict=True):
        if query in {full, short}:
            best = max(best, 90.0)
        elif full.startswith(query) and len(query) > 2:
            best = max(best, 70 + 10 * len(query) / len(full))
        elif short.startswith(query) and len(query) > 1:
            best = max(best, 60 + 10 * len(query) / len(short))
        elif (query in full and len(query) > 3) or (query in short and len(query) > 2):
            best = max(best, 50.0)
        elif len(query) > 4:
            alike = SequenceMatcher(None, query, full).ratio()
            best = max(best, 60 * alike if alike > 0.75 else 0)
    return best


def _sounds_like(asked: Asked, candidate: Candidate) -> tuple[float, str | None]:
    """Wrong characters of the right sound (公积金提去), or a wrong one among right ones (居佳证).

    The phrase is told only when it is surely what was meant, not merely what comes nearest.
    """
    query, sound = asked.variants[0], asked.pinyin
    best: tuple[float, str | None] = (0.0, None)
    for phrase, full in zip(candidate.phrases, candidate.pinyin, strict=True):
        best = max(best, _alike(query, sound, phrase, full), key=lambda pair: pair[0])
    return best


def _alike(query: str, sound: str, phrase: str, full: str) -> tuple[float, str | None]:
    if sound == full:
        return 88.0, phrase
    if len(query) > 1 and sound in full:
        return 70.0 + 10 * len(sound) / len(full), phrase
    seen = SequenceMatcher(None, query, phrase)
    if seen.real_quick_ratio() < _ALIKE and not set(query) & set(phrase):
        return 0.0, None
    heard = SequenceMatcher(None, sound, full).ratio()
    looks = seen.ratio()
    if max(heard, looks) <= _ALIKE:
        return 0.0, None
    return 35 * heard + 25 * looks, phrase if _one_slip(query, phrase) else None


def _one_slip(query: str, phrase: str) -> bool:
    """Same length, and one character in four (at least one) may differ."""
    if len(query) != len(phrase):
        return False
    differing = sum(left != right for left, right in zip(query, phrase, strict=True))
    return differing <= max(1, len(query) // 4)
