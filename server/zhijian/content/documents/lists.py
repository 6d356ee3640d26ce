"""The documents that name many articles. Entries carry the times at which they end or come down, so that a reader
drops them in time even when nobody has compiled since."""

from collections.abc import Sequence
from typing import Any

from zhijian.content.codes import KIND_EN, Kind
from zhijian.content.models import Topic
from zhijian.content.queries.lists import Entry

JSON = dict[str, Any]
LATEST = 30
OF_A_KIND = 500


def index_document(entries: Sequence[Entry]) -> JSON:
    """The front page of content: what is on top, what is new, and which sections there are."""
    pinned = sorted((one for one in entries if one.pinned), key=lambda one: one.pinned_order)
    return {
        "pinned": [one.as_json() for one in pinned],
        "latest": [one.as_json() for one in entries[:LATEST]],
        "kinds": [_section(kind, entries) for kind in Kind],
        "feed": "/public/content/feed.xml",
    }


def _section(kind: Kind, entries: Sequence[Entry]) -> JSON:
    own = [one for one in entries if one.kind == kind]
    return {
        "kind": kind.value,
        "label": kind.label,
        "label_en": KIND_EN[kind],
        "total": len(own),
        "newest_on": own[0].published_on if own else None,
        "document": f"/public/content/kinds/{kind.value}.json",
        "feed": f"/public/content/feed-{kind.value}.xml",
    }


def kind_document(kind: Kind, entries: Sequence[Entry]) -> JSON:
    """A section's list, newest first; what is older than the newest 500 is found by search."""
    own = [one for one in entries if one.kind == kind]
    return {
        "kind": kind.value,
        "label": kind.label,
        "label_en": KIND_EN[kind],
        "total": len(own),
        "articles": [one.as_json() for one in own[:OF_A_KIND]],
    }


def topics_document(entries: Sequence[Entry]) -> JSON:
    """Each topic that has articles, with the 专题 that introduces it, if there is one."""
    topics = []
    for topic in Topic.objects.all():
        own = [one for one in entries if topic.slug in one.topics]
        if own:
            cover = next((one.id for one in own if one.kind == Kind.TOPIC), None)
            topics.append(
                {
                    "slug": topic.slug,
                    "name": topic.name,
                    "name_en": topic.name_en,
                    "cover": cover,
                    "articles": [one.as_json() for one in own if one.kind != Kind.TOPIC],
                }
            )
    return {"topics": topics}


def by_item_document(entries: Sequence[Entry]) -> JSON:
    """Item code → the articles that concern it, newest first."""
    items: dict[str, list[JSON]] = {}
    for one in entries:
        for code, change in one.items:
            items.setdefault(code, []).append(
                {
                    "id": one.id,
                    "title": one.title,
                    "kind": one.kind.value,
                    "change": change,
                    "published_on": one.published_on,
                }
            )
    return {"items": items}
