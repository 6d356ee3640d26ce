"""Creates that a phone may safely send again: one Idempotency-Key, one effect, one answer."""

import hashlib
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.db import connection, transaction
from django.http import HttpRequest
from ninja import Schema, Status

from zhijian.core.clock import now
from zhijian.core.errors import Invalid
from zhijian.core.models import IdempotencyRecord
from zhijian.core.tasks import task

KEPT = timedelta(days=7)
_RECORD = """
    INSERT INTO core_idempotencyrecord (actor, key, fingerprint, created_at)
    VALUES (%(actor)s, %(key)s, %(fingerprint)s, %(at)s) ON CONFLICT DO NOTHING
"""


class KeyMissing(Invalid):
    code = "core.idempotency_key_missing"
    status = 400
    title = "请求缺少防重复标识，请更新应用后再试"


class KeyReused(Invalid):
    code = "core.idempotency_key_reused"
    title = "这次提交与之前的内容不一致，请刷新页面后重新提交"


def idempotent(view: Callable[..., Any]) -> Callable[..., Any]:
    """For a view with ``request.auth.actor``: the header ``Idempotency-Key`` is required (8 to 80 characters).

    The first request's answer is stored in the transaction of its effect; a repeat, also one at the same time,
    gets that answer. A refusal is not stored: the person may mend and send again with the same key.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        owner = _owner(request)
        fingerprint = hashlib.sha256(
            f"{request.method} {request.path}\n".encode() + _body(request)
        ).hexdigest()
        with transaction.atomic():
            if not _first(**owner, fingerprint=fingerprint):
                return _replay(IdempotencyRecord.objects.get(**owner), fingerprint)
            status, answer = _split(view(request, *args, **kwargs))
            body = answer.model_dump(mode="json") if answer else None
            IdempotencyRecord.objects.filter(**owner).update(status=status, body=body)
            return Status(status, answer)

    return wrapped


def _first(**record: str) -> bool:
    """Whether nobody sent this before; waits while a twin of the request is at work."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, record | {"at": now()})
        return bool(cursor.rowcount)


def was_answered(request: HttpRequest) -> bool:
    """Whether this request was answered before: then a view need not prepare anything for it. Raises KeyMissing."""
    return IdempotencyRecord.objects.filter(**_owner(request)).exists()


def _owner(request: HttpRequest) -> dict[str, str]:
    key = request.headers.get("Idempotency-Key", "")
    if not 8 <= len(key) <= 80:
        raise KeyMissing
    return {"actor": request.auth.actor.key, "key": key}  # type: ignore[attr-defined]


def _body(request: HttpRequest) -> bytes:
    return b"" if (request.content_type or "").startswith("multipart/") else request.body


def _split(result: Any) -> tuple[int, Schema | None]:
    if isinstance(result, Status):
        return result.status_code, result.value
    return result if isinstance(result, tuple) else (200, result)


def _replay(record: IdempotencyRecord, fingerprint: str) -> Status[Any]:
    if record.fingerprint != fingerprint:
        raise KeyReused
    return Status(record.status or 200, record.body)


@task(queue="upkeep", cron="17 3 * * *")
def forget_old_keys() -> None:
    IdempotencyRecord.objects.filter(created_at__lt=now() - KEPT).delete()
