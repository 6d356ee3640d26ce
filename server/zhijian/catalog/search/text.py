"""Chinese text as comparable pieces: words, character pairs, pinyin and initials. Pure.

The dictionaries take 90 MB: a process loads them when it first needs them, and the web server before it forks.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Protocol

from zhijian.catalog.spec import ItemSpec

LONGEST_QUERY = 50

_NOISE = re.compile(r"[^\w]+|_")
# Words of asking, not of what is asked for. Longest first, so that 怎么办理 goes before 怎么.
_ASKING = re.compile(
    "|".join(
        sorted(
            [
                "我要", "我想", "想要", "请问", "怎么办理", "怎么办", "怎么弄", "怎么申请", "怎么", "怎样", "如何办理", "如何",
                "在哪里", "在哪儿", "在哪", "哪里", "哪儿", "去哪", "需要什么材料", "需要什么", "需要", "什么材料", "要什么",
                "什么", "多少钱", "多久", "可以", "能不能", "能", "吗", "呢", "办理", "办个", "办一下", "一下", "帮我", "咋办",
                "咋", "去办", "网上", "手机上", "流程", "的",
            ],
            key=len,
            reverse=True,
        )
    )
)  # fmt: skip


class HasNames(Protocol):
    """A department, as far as search is concerned."""

    name: str
    short_name: str


def normalise(text: str) -> str:
    """Full-width to half-width, lower case, without spaces and punctuation; at most LONGEST_QUERY characters."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text[:200]).lower())[:LONGEST_QUERY]


def core(query: str) -> str:
    """A normalised query without its words of asking; the query itself when nothing else would remain."""
    return _ASKING.sub("", query) or query


@lru_cache(maxsize=4096)
def words(text: str) -> tuple[str, ...]:
    """Words of normalised text, long ones also in their parts, in order, each once."""
    import rjieba

    return tuple(dict.fromkeys(word for word in rjieba.cut_for_search(text) if word.strip()))


def grams(*texts: str) -> list[str]:
    """Single characters and neighbouring pairs: what survives a wrong or a missing character."""
    found: dict[str, None] = {}
    for text in texts:
        found |= dict.fromkeys(text)
        found |= dict.fromkeys(text[index : index + 2] for index in range(len(text) - 1))
    return list(found)


@lru_cache(maxsize=8192)
def pinyin(text: str) -> str:
    """``gongjijin`` for 公积金; what isn't Chinese stays."""
    from pypinyin import lazy_pinyin

    return "".join(lazy_pinyin(text))


@lru_cache(maxsize=8192)
def initials(text: str) -> str:
    """``gjj`` for 公积金."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER))


def phrases(spec: ItemSpec) -> list[str]:
    """The names people may type for an item, normalised, its own name first."""
    given = [spec.name, spec.short_name, *spec.search_words]
    return list(dict.fromkeys(phrase for text in given if (phrase := normalise(text))))


def weighted_words(spec: ItemSpec, department: HasNames) -> tuple[list[str], list[str], list[str], list[str]]:
    """Words of the name, of people's names for it, of its description, and of who and what surrounds it."""
    described = [spec.summary, *spec.themes_person, *spec.themes_legal, *spec.life_events]
    around = [
        department.name,
        department.short_name,
        *(row.name for row in spec.results),
        *(row.question for row in spec.faqs),
    ]
    return (
        all_words([spec.name]),
        all_words([spec.short_name, *spec.search_words]),
        all_words(described),
        all_words(around),
    )


def all_words(texts: list[str]) -> list[str]:
    """Every word of ``texts``, each once, for an index."""
    return list(dict.fromkeys(word for text in texts for word in words(normalise_long(text))))


def normalise_long(text: str) -> str:
    """As :func:`normalise` for text of any length, with spaces where punctuation was."""
    return _NOISE.sub(" ", unicodedata.normalize("NFKC", text).lower())
