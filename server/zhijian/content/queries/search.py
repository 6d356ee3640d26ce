"""Articles for what somebody typed: the catalogue's analysis and ranking over the articles' index."""

from typing import Any

from django.db import connection

from zhijian.catalog.codes import Audience
from zhijian.catalog.queries.search import highlight, parameters
from zhijian.catalog.search import ranking
from zhijian.catalog.search.ranking import Asked, Candidate, Score
from zhijian.catalog.search.sources import ArticleHit
from zhijian.content.codes import Kind
from zhijian.core.clock import local_date, now

_CANDIDATES = 60
_NEW_FOR = 300  # days over which newness counts, at most as much as an item's popularity

_SQL = """
WITH asked AS (SELECT to_tsquery('simple', %(words)s) AS words, to_tsquery('simple', %(grams)s) AS grams)
SELECT e.public_id, e.kind, e.title, e.title_en, e.summary, e.department, e.department_en, e.published_at, e.phrases, e.pinyin,
       e.initials, ts_rank(e.words, asked.words, 1) AS rank, tsvector_to_array(e.words) AS found
FROM content_articleentry e, asked
WHERE (e.expires_at IS NULL OR e.expires_at > %(now)s)
  AND (%(audience)s = '' OR (%(audience)s = '1' AND e.for_people) OR (%(audience)s <> '1' AND e.for_organizations))
  AND (e.words @@ asked.words OR e.grams @@ asked.grams
       OR (%(pinyin)s <> '' AND (e.pinyin_text LIKE %(pinyin_like)s OR %(pinyin)s <%% e.pinyin_text))
       OR (%(initials)s <> '' AND EXISTS (SELECT 1 FROM unnest(e.initials) short WHERE short LIKE %(initials_like)s)))
ORDER BY ts_rank(e.words, asked.words, 1) + ts_rank(e.grams, asked.grams, 1)
         + word_similarity(%(pinyin)s, e.pinyin_text) DESC, e.published_at DESC, e.public_id
LIMIT %(candidates)s
"""


def found_articles(asked: Asked, audience: str, most: int) -> list[tuple[Score, ArticleHit]]:
    """One query. ``audience`` is a code of the catalogue's :class:`Audience`; all but 自然人 are organizations."""
    assert audience == "" or audience in Audience.values
    moment = now()
    values: dict[str, Any] = {
        **parameters(asked),
        "audience": audience,
        "now": moment,
        "candidates": _CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        names = [column.name for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    scores = ranking.rank(asked, [_candidate(row, (moment - row["published_at"]).days) for row in rows])
    pairs = sorted(zip(scores, rows, strict=True), key=lambda pair: (-pair[0].value, pair[1]["public_id"]))
    return [(score, _hit(row, asked)) for score, row in pairs[:most]]


def _candidate(row: dict[str, Any], age: int) -> Candidate:
    return Candidate(
        phrases=row["phrases"],
        pinyin=row["pinyin"],
        initials=row["initials"],
        rank=float(row["rank"]),
        hot=round(100 * max(0.0, 1 - age / _NEW_FOR)),
        found=frozenset(row["found"]),
    )


def _hit(row: dict[str, Any], asked: Asked) -> ArticleHit:
    plain = ("kind", "title", "title_en", "summary", "department", "department_en")
    return ArticleHit(
        id=row["public_id"],
        kind_label=Kind(row["kind"]).label,
        published_on=local_date(row["published_at"]).isoformat(),
        highlight=highlight(row["title"], asked),
        **{name: row[name] for name in plain},
    )
