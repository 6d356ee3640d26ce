"""Every readable article as a short entry, without its body: what lists, feeds and topics are made of."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhijian.content.codes import Kind, MediaKind
from zhijian.content.models import Media
from zhijian.content.queries.articles import readable
from zhijian.core.clock import local_date
from zhijian.core.zone import CHINA
from zhijian.publishing.queries import addresses_of

_READ = (
    "article__public_id", "article__pinned", "article__pinned_order", "article__pinned_until", "article__expire_at",
    "article__department__code", "article__department__name", "article__department__name_en", "published_at", "spec__kind", "spec__title",
    "spec__title_en", "spec__summary", "spec__plain_summary", "spec__document_number", "spec__effective_from",
    "spec__effective_to", "spec__region", "spec__topics", "spec__audiences", "spec__items", "spec__media",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """``image``: address and words of its first picture. ``items``: (code, change)."""

    id: str
    kind: Kind
    title: str
    published_at: datetime
    pinned: bool
    pinned_order: int
    pinned_until: datetime | None
    expires_at: datetime | None
    department: dict[str, str]
    topics: tuple[str, ...]
    items: tuple[tuple[str, str], ...]
    image: tuple[str, str] | None
    spec: dict[str, Any]

    @property
    def published_on(self) -> str:
        return local_date(self.published_at).isoformat()

    def as_json(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "kind": self.kind.value,
            "kind_label": self.kind.label,
            "title": self.title,
            "published_on": self.published_on,
            "department": self.department,
            "topics": list(self.topics),
            "image": {"src": self.image[0], "alt": self.image[1]} if self.image else None,
            "pinned": self.pinned,
            "pinned_until": _moment(self.pinned_until),
            "expires_at": _moment(self.expires_at),
            **self.spec,
        }


def entries() -> list[Entry]:
    """Newest first. Three queries, however many articles."""
    rows = list(readable().values(*_READ))
    pictures = _pictures({use["media"] for row in rows for use in row["spec__media"]})
    return [_entry(row, pictures) for row in rows]


def _pictures(ids: set[str]) -> dict[str, tuple[str, str]]:
    found = Media.objects.filter(public_id__in=ids, kind=MediaKind.IMAGE)
    media = list(found.values_list("public_id", "file_id", "alt"))
    addresses = addresses_of([file for _, file, _ in media], preview=True)
    return {public_id: (addresses[file], alt) for public_id, file, alt in media if file in addresses}


def _entry(row: dict[str, Any], pictures: dict[str, tuple[str, str]]) -> Entry:
    shown = ("title_en", "summary", "plain_summary", "document_number", "effective_from", "effective_to", "region",
             "audiences")  # fmt: skip
    return Entry(
        id=row["article__public_id"],
        kind=Kind(row["spec__kind"]),
        title=row["spec__title"],
        published_at=row["published_at"],
        pinned=row["article__pinned"],
        pinned_order=row["article__pinned_order"],
        pinned_until=row["article__pinned_until"],
        expires_at=row["article__expire_at"],
        department={name: row[f"article__department__{name}"] for name in ("code", "name", "name_en")},
        topics=tuple(row["spec__topics"]),
        items=tuple((one["code"], one["change"]) for one in row["spec__items"]),
        image=next((pictures[use["media"]] for use in row["spec__media"] if use["media"] in pictures), None),
        spec={name: row[f"spec__{name}"] for name in shown},
    )


def _moment(value: datetime | None) -> str | None:
    return value.astimezone(CHINA).isoformat(timespec="seconds") if value else None
