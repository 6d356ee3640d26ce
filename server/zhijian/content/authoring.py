"""Between the typed article and the rows that the console edits."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from zhijian.catalog.models import ServiceItem
from zhijian.content import models as tables
from zhijian.content.errors import ContentInvalid
from zhijian.content.models import Article, Media, Topic
from zhijian.content.rules import Schedule, richtext
from zhijian.content.spec import ArticleSpec
from zhijian.core.api_messages import field_errors
from zhijian.core.errors import FieldError
from zhijian.organizations.models import Department, Region

_PLAIN = (
    "kind", "title", "title_en", "document_number", "issued_on", "effective_from", "effective_to", "review_by",
    "summary", "plain_summary", "body", "read_aloud",
)  # fmt: skip


def parse(data: Any) -> ArticleSpec:
    """An article from JSON values. Raises :class:`ContentInvalid` naming every fault in Chinese."""
    try:
        return ArticleSpec.model_validate(data)
    except ValidationError as error:
        found = field_errors([dict(one) for one in error.errors()])
        raise ContentInvalid(fields=[replace(one, message=_titled(one)) for one in found]) from error


def _titled(fault: FieldError) -> str:
    info = ArticleSpec.model_fields.get(fault.path.split("/")[1])
    return f"{info.title}：{fault.message}" if info and info.title else fault.message


def to_spec(article: Article) -> ArticleSpec:
    """What the article's present values say. Raises :class:`ContentInvalid` when they make no article."""
    data: dict[str, Any] = {name: getattr(article, name) for name in _PLAIN}
    data |= {
        "department": article.department.code,
        "region": article.region.code if article.region else None,
        "audiences": list(article.audiences),
        "topics": sorted(topic.slug for topic in article.topics.all()),
        "policy": article.policy.public_id if article.policy else None,
        "supersedes": article.supersedes.public_id if article.supersedes else None,
        "items": [{"code": row.item.code, "change": row.change} for row in _rows(article.item_links, "item")],
        "media": [
            {"media": row.media.public_id, "caption": row.caption}
            for row in _rows(article.media_uses, "media")
        ],
        "corrections": [{"on": row.on, "text": row.text} for row in article.corrections.all()],
    }
    return parse(data)


def schedule_of(article: Article) -> Schedule:
    return Schedule(
        publish_at=article.go_live_at,
        expires_at=article.expire_at,
        pinned_until=article.pinned_until if article.pinned else None,
    )


def fill(article: Article, spec: ArticleSpec) -> None:
    """Give ``article`` (not saved here) the values of ``spec``, its body cleaned.

    Raises :class:`ContentInvalid` for what isn't there: department, region, topic, item, file, other article.
    """
    for name in _PLAIN:
        setattr(article, name, getattr(spec, name))
    article.body = richtext.clean(spec.body)
    article.audiences = [audience.value for audience in spec.audiences]
    article.department = _one(Department.objects.filter(code=spec.department), "department", "部门")
    article.region = _one(Region.objects.filter(code=spec.region), "region", "区域") if spec.region else None
    article.policy = _article(spec.policy, "policy")
    article.supersedes = _article(spec.supersedes, "supersedes")
    article.topics = [_one(Topic.objects.filter(slug=slug), "topics", "主题") for slug in spec.topics]
    items = {row.code: row for row in ServiceItem.objects.filter(code__in=[link.code for link in spec.items])}
    article.item_links = [
        tables.ArticleItem(
            item=_of(items, link.code, f"items/{row}/code"), change=link.change, sort_order=row
        )
        for row, link in enumerate(spec.items)
    ]
    files = {
        row.public_id: row for row in Media.objects.filter(public_id__in=[use.media for use in spec.media])
    }
    article.media_uses = [
        tables.ArticleMedia(
            media=_of(files, use.media, f"media/{row}/media"), caption=use.caption, sort_order=row
        )
        for row, use in enumerate(spec.media)
    ]
    article.corrections = [
        tables.ArticleCorrection(on=one.on, text=one.text, sort_order=row)
        for row, one in enumerate(spec.corrections)
    ]


def media_kinds(article: Article) -> list[str]:
    """The kind of each file that the article uses, in order."""
    return [row.media.kind for row in _rows(article.media_uses, "media")]


def _rows(manager: Any, related: str) -> Iterable[Any]:
    rows: Iterable[Any] = manager.select_related(related).all()
    return rows


def _article(public_id: str | None, path: str) -> Article | None:
    if public_id is None:
        return None
    found: Article = _one(Article.objects.filter(public_id=public_id), path, "文章")
    return found


def _one(rows: Any, path: str, word: str) -> Any:
    found = rows.first()
    if found is None:
        raise _missing(path, f"没有这个{word}")
    return found


def _of(rows: dict[str, Any], key: str, path: str) -> Any:
    if key not in rows:
        raise _missing(path, f"没有找到“{key}”")
    return rows[key]


def _missing(path: str, message: str) -> ContentInvalid:
    return ContentInvalid(fields=[FieldError(path=f"/{path}", code="unknown", message=message)])
