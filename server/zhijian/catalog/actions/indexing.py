"""Writes the search index."""

from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from zhijian.catalog.models import ItemVersion, SearchEntry, ServiceItem
from zhijian.catalog.search import text
from zhijian.catalog.spec import ItemSpec

_WEIGHTS = "ABCD"


def index_item(version: ItemVersion, spec: ItemSpec) -> None:
    """Make ``version`` what search finds for its item."""
    phrases = text.phrases(spec)
    pinyin = [text.pinyin(phrase) for phrase in phrases]
    SearchEntry.objects.update_or_create(
        item=version.item,
        defaults={
            "code": version.code,
            "name": spec.name,
            "name_en": spec.name_en,
            "summary": spec.summary,
            "summary_en": spec.summary_en,
            "department": version.department.name,
            "handling": spec.handling,
            "audiences": list(spec.audiences),
            "hot": spec.hot,
            "phrases": phrases,
            "pinyin": pinyin,
            "initials": [text.initials(phrase) for phrase in phrases],
            "pinyin_text": " ".join(pinyin),
            "words": vector(*text.weighted_words(spec, version.department)),
            "grams": vector(text.grams(*phrases)),
        },
    )


def forget_item(item: ServiceItem) -> None:
    SearchEntry.objects.filter(item=item).delete()


def vector(*parts: list[str]) -> Any:
    """A tsvector of ready-made words; earlier parts weigh more."""
    vectors = [
        SearchVector(Value(" ".join(words)), config="simple", weight=_WEIGHTS[index])
        for index, words in enumerate(parts)
    ]
    combined: Any = vectors[0]
    for vector in vectors[1:]:
        combined = combined + vector
    return combined
