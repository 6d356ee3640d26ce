"""How well personal data is found before a ticket is published: on sentences marked by hand, without a server."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.figures import Value
from bench.progress import say
from zhijian.tickets.rules.masking import Span, find

if TYPE_CHECKING:
    from support.city import City

_ROOT = Path(__file__).resolve().parents[1]
SENTENCES = _ROOT / "server" / "tests" / "tickets" / "masking_cases.tsv"
_MARKED = re.compile(r"\{(\w+)\|([^}]*)\}")


@dataclass(frozen=True, slots=True)
class Score:
    """``right``: found spans of which at least half is marked. ``covered``: marked spans hidden to the last
    character."""

    sentences: int
    found: int
    right: int
    marked: int
    covered: int
    faults: tuple[str, ...]

    @property
    def precision(self) -> float:
        return self.right / self.found

    @property
    def recall(self) -> float:
        return self.covered / self.marked


def sentences(path: Path = SENTENCES) -> list[tuple[str, list[Span]]]:
    """Each sentence without its marks, and what is marked in it."""
    return [_read(line.split("\t")[1]) for line in path.read_text().splitlines()]


def _read(marked: str) -> tuple[str, list[Span]]:
    text, spans, last = "", [], 0
    for found in _MARKED.finditer(marked):
        text += marked[last : found.start()]
        spans.append(Span(len(text), len(text) + len(found[2]), found[1]))
        text += found[2]
        last = found.end()
    return text + marked[last:], spans


def public_words() -> frozenset[str]:
    """The demo city's name and the telephones of its offices: nobody's secret."""
    city = json.loads((_ROOT / "demo" / "organizations.json").read_text())
    given = [row["phone"] for row in city["departments"] + city["halls"]]
    phones = (re.sub(r"\D", "", phone) for phone in [*given, city["city"]["service_phone"]])
    return frozenset([city["city"]["name"].removesuffix("市"), *phones])


def score(given: list[tuple[str, list[Span]]]) -> Score:
    found = right = marked = covered = 0
    faults = []
    public = public_words()
    for text, gold in given:
        proposed = find(text, public=public)
        hidden = {place for span in proposed for place in range(span.start, span.end)}
        personal = {place for span in gold for place in range(span.start, span.end)}
        good = [
            span
            for span in proposed
            if 2 * len(personal & set(range(span.start, span.end))) >= span.end - span.start
        ]
        whole = [span for span in gold if hidden >= set(range(span.start, span.end))]
        found, right = found + len(proposed), right + len(good)
        marked, covered = marked + len(gold), covered + len(whole)
        faults += [
            f"+ {text[span.start : span.end]} ({span.kind}) in {text}"
            for span in proposed
            if span not in good
        ]
        faults += [
            f"- {text[span.start : span.end]} ({span.kind}) in {text}" for span in gold if span not in whole
        ]
    return Score(len(given), found, right, marked, covered, tuple(faults))


def measure(city: "City") -> dict[str, Value]:
    result = score(sentences())
    for fault in result.faults:
        say(f"masking: {fault}")
    return {
        "masking_precision": round(result.precision, 4),
        "masking_recall": round(result.recall, 4),
        "masking_sentences": result.sentences,
    }
