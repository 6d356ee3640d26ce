"""From an approved draft to a version in force, and its end."""

import hashlib
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max

from zhijian.audit.actions import record
from zhijian.catalog import authoring, documents
from zhijian.catalog.actions.common import locked, refuse, staff_of, subject
from zhijian.catalog.actions.compilation import compile_catalogue
from zhijian.catalog.actions.indexing import forget_item, index_item
from zhijian.catalog.actions.review import check_publishable
from zhijian.catalog.errors import ReasonMissing
from zhijian.catalog.events import ItemPublished, ItemWithdrawn
from zhijian.catalog.forms import compile_form
from zhijian.catalog.models import ItemVersion, ServiceItem
from zhijian.catalog.queries.review import current_version_of, standing, state_of
from zhijian.catalog.rules import may_withdraw
from zhijian.core.actor import SYSTEM, Actor
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.events import emit
from zhijian.core.zone import CHINA
from zhijian.organizations.models import Staff
from zhijian.organizations.rules import Post
from zhijian.publishing.actions import canonical, publish_document, retract_document

REPLACED = "由新版本替代"
EXPIRED = "已到计划取消日期"


@transaction.atomic
def publish(actor: Actor, *, item: ServiceItem, catalogue: bool = True) -> ItemVersion:
    """Put the newest draft into force now, without review: for the system's own loading only.

    ``catalogue=False`` leaves the catalogue document to the caller, who publishes many items. Raises
    :class:`SpecInvalid`; refuses staff (they submit for review).
    """
    if actor.kind != "system":
        refuse(may_withdraw(state_of(item), standing(item, _staff(actor)), live=False), actor, item)
    row = locked(item)
    if row.live and not row.has_unpublished_changes:
        return release(actor, item=row, catalogue=catalogue)
    draft = row.get_latest_revision_as_object()
    check_publishable(draft)
    revision = row.latest_revision or draft.save_revision(changed=True)
    super(ServiceItem, draft).publish(revision, skip_permission_checks=True, log_action=True)
    return release(
        actor, item=ServiceItem.objects.select_related("department").get(pk=item.pk), catalogue=catalogue
    )


def _staff(actor: Actor) -> Staff:
    staff = staff_of(actor)
    assert staff is not None
    return staff


@transaction.atomic
def publish_revision(item: ServiceItem, *, revision: Any, user: Staff | None, **options: Any) -> None:
    """Wagtail's publication, of an approved revision or of one whose planned day has come.

    The item's own 计划生效日期 and 计划取消日期 are the schedule.
    """
    actor = user.actor_as(Post.REVIEWER) if user else SYSTEM
    options["skip_permission_checks"] = (
        True  # the review was the permission; the console offers no other way here
    )
    check_publishable(revision.as_object())
    _set_schedule(revision)
    super(ServiceItem, item).publish(revision, user=user, **options)
    row = ServiceItem.objects.select_related("department").get(pk=item.pk)
    if row.live and row.live_revision_id == revision.pk:
        release(actor, item=row)
    else:
        day = str(revision.as_object().effective_from)
        record(actor, "item.scheduled", subject=subject(row), facts={"effective_from": day})


def _set_schedule(revision: Any) -> None:
    planned = revision.as_object()
    begin = _midnight(planned.effective_from)
    end = _midnight(planned.effective_to + timedelta(days=1)) if planned.effective_to else None
    revision.content["go_live_at"] = begin.isoformat() if begin and begin > now() else None
    revision.content["expire_at"] = end.isoformat() if end else None
    revision.save(update_fields=["content"])


def _midnight(day: Any) -> datetime | None:
    return datetime.combine(day, time(), CHINA) if day else None


@transaction.atomic
def release(actor: Actor, *, item: ServiceItem, catalogue: bool = True) -> ItemVersion:
    """Make the live row a version in force, with its documents and its place in search.

    Nothing new is made when the content equals the version in force.
    """
    locked(item)
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


@transaction.atomic
def withdraw(actor: Actor, *, item: ServiceItem, reason: str) -> ServiceItem:
    """停用: take a published item out of force now. Cases under way keep their version.

    Raises :class:`ReasonMissing`, :class:`NotYourItem` or :class:`WrongState`.
    """
    if not reason.strip():
        raise ReasonMissing(fields=[FieldError(path="/reason", code="required", message="请填写停用原因")])
    staff, row = staff_of(actor), locked(item)
    if staff:
        refuse(may_withdraw(state_of(row), standing(row, staff), live=row.live), actor, row)
    super(ServiceItem, row).unpublish(user=None, log_action="wagtail.unpublish")
    _take_out(actor, row, reason.strip()[:200])
    return row


@transaction.atomic
def end_publication(item: ServiceItem, *, set_expired: bool, user: Staff | None) -> None:
    """Wagtail's unpublication, when the planned end has come."""
    row = locked(item)
    super(ServiceItem, row).unpublish(set_expired=set_expired, user=None)
    _take_out(user.actor if user else SYSTEM, row, EXPIRED)


def _take_out(actor: Actor, item: ServiceItem, reason: str) -> None:
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
