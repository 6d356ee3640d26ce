"""Texts as tokens that may be stored: keyed hashes of words, so that likeness is told and nothing can be read."""

import json
from collections.abc import Mapping
from typing import Any

from zhijian.catalog.search import text
from zhijian.core.crypto import keyed_digest
from zhijian.tickets.rules.similarity import plain

_LONGEST = 400
# Pairs with one of these say nothing.
_GRAMMAR = frozenset("的了是我你他她它在和就都很也请这那个们吗呢吧把被给让从到对与及")
# Words that every ticket has.
_EMPTY = frozenset(
    ["我们", "你们", "他们", "这个", "那个", "一个", "没有", "可以", "希望", "请问", "怎么", "什么", "因为", "所以", "但是", "非常", "现在", "今天", "昨天", "问题", "反映", "情况", "处理", "解决", "谢谢", "尽快", "有关", "部门"]
)  # fmt: skip


def tokens(*texts: str) -> list[str]:
    """The telling words and neighbouring characters of texts, each once: a dictionary cuts 路灯不亮 its own way, pairs
    of characters are the same in everybody's sentence."""
    found: dict[str, None] = {}
    for piece in " ".join(text.normalise_long(one) for one in texts).split():
        short = piece[:600]
        found |= dict.fromkeys(text.words(short))
        found |= dict.fromkeys(short[at : at + 2] for at in range(len(short) - 1))
    return [word for word in found if _telling(word)][:_LONGEST]


def _telling(word: str) -> bool:
    return len(word) > 1 and word not in _EMPTY and not (len(word) == 2 and _GRAMMAR & set(word))


def hashed(words: list[str]) -> list[int]:
    """For an array of big integers: the first 63 bits of each word's keyed hash."""
    return [int(keyed_digest("ticket.word", word.encode())[:16], 16) >> 1 for word in words]


def digest(category: str, title: str, body: str, answers: Mapping[str, Any]) -> str:
    """Equal for the same words and answers about the same kind of thing, whatever their spaces and signs."""
    told = json.dumps({name: _told(answers[name]) for name in sorted(answers)})
    return keyed_digest("ticket.text", f"{category}\n{plain(title)}\n{plain(body)}\n{told}".encode())


def _told(answer: Any) -> Any:
    return plain(answer) if isinstance(answer, str) else answer
