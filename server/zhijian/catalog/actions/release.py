"""From an approved draft to a version in force, and its end: what the desk of items does around Wagtail's own part."""

import hashlib
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from zhijian.audit.actions import record
from zhijian.catalog import authoring, documents
from zhijian.catalog.actions.compilation import compile_catalogue
from zhijian.catalog.actions.indexing import forget_item, index_item
from zhijian.catalog.events import ItemPublished, ItemWithdrawn
from zhijian.catalog.forms import compile_form
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.catalog.queries.items import current_version_of
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.core.events import emit
from zhijian.core.zone import CHINA
from zhijian.publishing.actions import canonical, publish_document, retract_document

REPLACED = "由新版本替代"
EXPIRED = "已到计划取消日期"


def subject(item: ServiceItem) -> str:
    return f"item:{item.code}"


def plan(revision: Any) -> None:
    """The item's own 计划生效日期 and 计划取消日期 are the schedule."""
    planned = revision.as_object()
    begin = _midnight(planned.effective_from)
    end = _midnight(planned.effective_to + timedelta(days=1)) if planned.effective_to else None
    revision.content["go_live_at"] = begin.isoformat() if begin and begin > now() else None
    revision.content["expire_at"] = end.isoformat() if end else None
    revision.save(update_fields=["content"])


def planned(item: ServiceItem) -> dict[str, Any]:
    return {"effective_from": str(item.effective_from)}


def _midnight(day: Any) -> datetime | None:
    return datetime.combine(day, time(), CHINA) if day else None


@transaction.atomic
def release(actor: Actor, *, item: ServiceItem, catalogue: bool = True) -> ItemVersion:
    """Make the live row a version in force, with its documents and its place in search.

    Nothing new is made when the content equals the version in force.
    """
    ServiceItem.objects.select_for_update().get(pk=item.pk)
    spec = authoring.to_spec(item)
    content_hash = hashlib.sha256(canonical(spec.model_dump_json_ready())).hexdigest()
    present = current_version_of(item)
    if present and present.content_hash == content_hash:
        return present
    moment = now()
    if present:
        _end(present, moment, REPLACED)
    version = ItemVersion(
        item=item,
        number=(item.versions.aggregate(last=Max("number"))["last"] or 0) + 1,
        code=item.code,
        name=item.name,
        department=item.department,
        spec=spec.model_dump_json_ready(),
        form=compile_form(spec.form),
        content_hash=content_hash,
        valid_from=moment,
        published_at=moment,
        published_by=actor.label,
    )
    version.document = publish_document(f"items/{item.code}", documents.item_document(version)).path
    version.save()
    index_item(version, spec)
    if catalogue:
        compile_catalogue()
    facts = {"version": version.number, "hash": content_hash}
    record(actor, "item.published", subject=subject(item), facts=facts)
    emit(ItemPublished(code=item.code, version=version.number))
    return version


def take_out(actor: Actor, item: ServiceItem, reason: str) -> None:
    """The item's version ends, and leaves catalogue, search and index. Cases under way keep it."""
    reason = reason or EXPIRED
    for version in item.versions.filter(valid_to=None):
        _end(version, now(), reason)
    retract_document(f"items/{item.code}")
    forget_item(item)
    compile_catalogue()
    record(actor, "item.withdrawn", subject=subject(item), facts={"reason": reason})
    emit(ItemWithdrawn(code=item.code, reason=reason))


def _end(version: ItemVersion, moment: datetime, reason: str) -> None:
    ItemVersion.objects.filter(pk=version.pk).update(
        valid_to=max(moment, version.valid_from), end_reason=reason
    )
