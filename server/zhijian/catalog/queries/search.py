"""Finding items by what people call them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection
from django.db.models import F, Value

from zhijian.catalog.models import Synonym
from zhijian.catalog.search import ranking, sources, text
from zhijian.catalog.search.ranking import Asked, Candidate, Score
from zhijian.catalog.search.sources import ArticleHit

T = TypeVar("T")
_CANDIDATES = 60
_ITEM_FIRST = (
    6.0  # whoever asks mostly wants something done; a text that answers much better still comes first
)

# One statement: whatever shares a word, enough characters, the sound or the initials, roughly best first.
_SQL = """
WITH asked AS (SELECT to_tsquery('simple', %(words)s) AS words, to_tsquery('simple', %(grams)s) AS grams)
SELECT e.code, e.name, e.name_en, e.summary, e.summary_en, e.department, e.handling, e.hot, e.phrases, e.pinyin, e.initials,
       ts_rank(e.words, asked.words, 1) AS rank,
       tsvector_to_array(e.words) AS found
FROM catalog_searchentry e, asked
WHERE (%(audience)s = '' OR %(audience)s = ANY(e.audiences))
  AND (e.words @@ asked.words OR e.grams @@ asked.grams
       OR (%(pinyin)s <> '' AND (e.pinyin_text LIKE %(pinyin_like)s OR %(pinyin)s <%% e.pinyin_text))
       OR (%(initials)s <> '' AND EXISTS (SELECT 1 FROM unnest(e.initials) short WHERE short LIKE %(initials_like)s)))
ORDER BY ts_rank(e.words, asked.words, 1) + ts_rank(e.grams, asked.grams, 1)
         + word_similarity(%(pinyin)s, e.pinyin_text) DESC, e.hot DESC, e.code
LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class Hit:
    code: str
    name: str
    name_en: str
    summary: str
    summary_en: str
    department: str
    handling: str
    highlight: str


@dataclass(frozen=True, slots=True)
class SearchResult:
    """``corrected`` is what the query was read as when it had to be guessed. ``order`` mixes both lists, best first:
    "item:<code>" and "article:<id>"."""

    query: str
    corrected: str | None
    results: list[Hit]
    articles: list[ArticleHit] = field(default_factory=list)
    order: list[str] = field(default_factory=list)


def search(q: str, audience: str = "", limit: int = 20, *, articles: int = 0) -> SearchResult:
    """Items for what somebody typed, best first: words, synonyms, pinyin, initials, wrong characters. Two queries.

    ``audience`` is a code of :class:`zhijian.catalog.codes.Audience`; empty = everybody. With ``articles``, at most
    so many articles too, for one query more.
    """
    query = text.normalise(q)
    if not query:
        return SearchResult(query=q, corrected=None, results=[])
    asked = ranking.ask(query, _synonyms(query))
    items = _items(asked, audience)
    texts = sources.articles(asked, audience, articles) if articles else []
    good, told = _answers(items)[:limit], _answers(texts)[:articles]
    best = max([score for score, _ in (*good[:1], *told[:1])], default=Score(0.0), key=_value)
    places = [(score.value + _ITEM_FIRST, f"item:{row['code']}") for score, row in good]
    places += [(score.value, f"article:{hit.id}") for score, hit in told]
    return SearchResult(
        query=q,
        corrected=best.guess,
        results=[_hit(row, asked) for _, row in good],
        articles=[hit for _, hit in told],
        order=[key for _, key in sorted(places, key=lambda place: -place[0])],
    )


def _answers(pairs: Sequence[tuple[Score, T]]) -> list[tuple[Score, T]]:
    """Those worth showing beside the best of their own list: an item's name always fits better than a text does."""
    return [pair for pair in pairs if ranking.is_answer(pair[0], best=pairs[0][0])]


def _value(score: Score) -> float:
    return score.value


def _items(asked: Asked, audience: str) -> list[tuple[Score, dict[str, Any]]]:
    rows = _rows(asked, audience)
    scored = zip(ranking.rank(asked, [_candidate(row) for row in rows]), rows, strict=True)
    return sorted(scored, key=lambda pair: (-pair[0].value, -pair[1]["hot"], pair[1]["code"]))


def suggest(q: str, limit: int = 8) -> list[tuple[str, str]]:
    """(name, item code) for the beginning of a query: one name for each item. Two queries at most."""
    return [(hit.name, hit.code) for hit in search(q, limit=limit).results]


def _synonyms(query: str) -> list[tuple[str, Sequence[str]]]:
    found = Synonym.objects.annotate(asked=Value(query)).filter(asked__contains=F("term"))
    return [(row.term, row.meanings) for row in found]


def _rows(asked: Asked, audience: str) -> list[dict[str, Any]]:
    values = parameters(asked) | {"audience": audience, "limit": _CANDIDATES}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def parameters(asked: Asked) -> dict[str, str | int]:
    """What the statements of search are asked with."""
    first = asked.variants[0]
    sound = asked.pinyin if asked.pinyin.isascii() else ""
    return {
        "words": any_of(asked.words),
        "grams": any_of([] if asked.latin else asked.grams),
        "pinyin": sound,
        "pinyin_like": f"%{sound}%",
        "initials": first if asked.latin else "",
        "initials_like": f"%{first}%" if asked.latin else "",
    }


def any_of(words: Sequence[str]) -> str:
    """A tsquery that any of ``words`` satisfies. They hold letters and digits only, so quoting is enough."""
    return " | ".join(f"'{word}'" for word in words if word.isalnum())


def _candidate(row: dict[str, Any]) -> Candidate:
    return Candidate(
        phrases=row["phrases"],
        pinyin=row["pinyin"],
        initials=row["initials"],
        rank=float(row["rank"]),
        hot=row["hot"],
        found=frozenset(row["found"]),
    )


def _hit(row: dict[str, Any], asked: Asked) -> Hit:
    names = ("code", "name", "name_en", "summary", "summary_en", "department", "handling")
    return Hit(**{name: row[name] for name in names}, highlight=highlight(row["name"], asked))


def highlight(name: str, asked: Asked) -> str:
    """The longest part of the name that the query names; empty when it was found otherwise."""
    inside = [word for word in (*asked.variants, *asked.words) if word in name.lower()]
    return max(inside, key=len, default="")
