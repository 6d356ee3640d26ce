"""One article, whole: everything that its page shows, each code with its word."""

from typing import Any

from zhijian.content.codes import KIND_EN, Audience, Kind
from zhijian.content.documents.parts import Files, attachments, body_parts
from zhijian.content.models import Article, ArticleVersion, Ending, Topic
from zhijian.content.queries.relations import Relations
from zhijian.content.rules import comparison, speech
from zhijian.content.spec import ArticleSpec
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Department

JSON = dict[str, Any]
_LONGEST_COMPARED = 300  # clauses; a longer text has no clauses worth aligning


def article_document(version: ArticleVersion, *, files: Files, relations: Relations) -> JSON:
    """``state`` is published or expired; an expired article stays readable, marked as over."""
    spec, article = version.typed(), version.article
    expired = version.ended_as == Ending.EXPIRED
    return _head(version, spec) | {
        "state": "expired" if expired else "published",
        "expired_at": _moment(version.ended_at) if expired else None,
        "region": _region(article),
        "document_number": spec.document_number,
        "issued_on": _day(spec.issued_on),
        "effective_from": _day(spec.effective_from),
        "effective_to": _day(spec.effective_to),
        "summary": spec.summary,
        "plain_summary": spec.plain_summary,
        "parts": body_parts(spec, files),
        "attachments": attachments(spec, files),
        "read_aloud": spec.read_aloud or speech.read_aloud(spec.body),
        "audiences": [{"code": one.value, "label": Audience(one).label} for one in spec.audiences],
        "topics": list(Topic.objects.filter(slug__in=spec.topics).values("slug", "name", "name_en")),
        "items": relations.items,
        "policy": relations.policy,
        "interpretations": relations.interpretations,
        "supersedes": relations.supersedes,
        "superseded_by": relations.superseded_by,
        "related": relations.of_topics,
        "corrections": [{"on": _day(one.on), "text": one.text} for one in spec.corrections],
        "comparison": _comparison(spec, relations),
        "version": version.number,
        "expires_at": _moment(article.expire_at),
        "document_hash": version.content_hash,
    }


def tombstone(version: ArticleVersion) -> JSON:
    """What stays of a revoked article: title, when and why. Never its text."""
    return _head(version, version.typed()) | {
        "state": "revoked",
        "revoked_at": _moment(version.ended_at),
        "reason": version.end_reason,
    }


def _head(version: ArticleVersion, spec: ArticleSpec) -> JSON:
    article = version.article
    return {
        "id": article.public_id,
        "kind": spec.kind.value,
        "kind_label": spec.kind.label,
        "kind_label_en": KIND_EN[Kind(spec.kind)],
        "title": spec.title,
        "title_en": spec.title_en,
        "department": _department(article.department),
        "published_at": _moment(_first_published(version)),
        "updated_at": _moment(version.published_at),
        "page": f"/public/content/{article.public_id}.html",
        "card": f"/public/content/{article.public_id}.png",
    }


def _first_published(version: ArticleVersion) -> Any:
    """When people could read the article first; for a draft's preview, now."""
    first = ArticleVersion.objects.filter(article_id=version.article_id).order_by("number").first()
    return first.published_at if first else version.published_at


def _comparison(spec: ArticleSpec, relations: Relations) -> JSON | None:
    """What changed against the former policy: for whom, from when, which services, clause by clause."""
    former = relations.former
    if former is None:
        return None
    before, after = comparison.clauses(former.body), comparison.clauses(spec.body)
    if max(len(before), len(after)) > _LONGEST_COMPARED:
        return None
    rows = comparison.compare(before, after)
    kinds = [row.kind for row in rows]
    return {
        "former": relations.supersedes,
        "for_whom": [Audience(one).label for one in spec.audiences] or ["所有人"],
        "from_when": _day(spec.effective_from),
        "opens": relations.items,
        "counts": {kind: kinds.count(kind) for kind in ("same", "changed", "added", "removed")},
        "rows": [_row(row) for row in comparison.changes(rows)],
    }


def _row(row: comparison.Row) -> JSON:
    before, after = row.before, row.after
    return {
        "kind": row.kind,
        "label_before": before.label if before else "",
        "label_after": after.label if after else "",
        "before": before.text if before else "",
        "after": after.text if after else "",
        "segments": _segments(before.text, after.text) if before and after else [],
    }


def _segments(before: str, after: str) -> list[list[str]]:
    return [[segment.op, segment.text] for segment in comparison.segments(before, after)]


def _department(row: Department) -> JSON:
    return {name: getattr(row, name) for name in ("code", "name", "name_en", "phone")}


def _region(article: Article) -> JSON | None:
    region = article.region
    return {"code": region.code, "name": region.name} if region else None


def _moment(value: Any) -> str | None:
    return value.astimezone(CHINA).isoformat(timespec="seconds") if value else None


def _day(value: Any) -> str | None:
    return value.isoformat() if value else None
