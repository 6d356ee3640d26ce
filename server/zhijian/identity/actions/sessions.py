"""Sessions: opening, keeping alive, ending."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import transaction

from zhijian.audit.actions import record, record_refusal
from zhijian.core.actor import Actor
from zhijian.core.clock import now
from zhijian.identity import errors, queries, rules
from zhijian.identity.models import Citizen, Session

SEEN_EVERY = timedelta(minutes=5)


def open_session(citizen: Citizen, *, device: str) -> tuple[str, Session]:
    """A new session and its bearer token of 256 random bits. Called in the transaction that used the code."""
    token, moment = secrets.token_urlsafe(32), now()
    session = Session.objects.create(
        citizen=citizen,
        token_hash=queries.token_hash(token),
        device=rules.clean_device(device),
        created_at=moment,
        last_seen_at=moment,
        expires_at=moment + timedelta(days=settings.CITIZEN_SESSION_DAYS),
    )
    record(citizen.actor, "session.started", subject=f"session:{session.public_id}")
    return token, session


def touch_session(session: Session) -> None:
    """Note that the session is in use, at most each 5 minutes: reads stay reads."""
    moment = now()
    if moment - session.last_seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=session.pk).update(last_seen_at=moment)


@transaction.atomic
def end_session(actor: Actor, *, citizen: Citizen, public_id: str) -> None:
    """Log one device of this citizen out. Raises SessionNotFound, also for another person's session (audited)."""
    session = (
        Session.objects.select_for_update()
        .filter(citizen=citizen, public_id=public_id, ended_at=None)
        .first()
    )
    if session is None:
        raise errors.SessionNotFound(
            attempt=lambda: record_refusal(actor, "session.ended", subject=f"session:{public_id[:26]}")
        )
    session.ended_at = now()
    session.save(update_fields=["ended_at"])
    record(actor, "session.ended", subject=f"session:{session.public_id}")


@transaction.atomic
def end_other_sessions(actor: Actor, *, citizen: Citizen, keep: Session) -> int:
    """Log every other device of this citizen out; returns how many."""
    others = Session.objects.filter(citizen=citizen, ended_at=None).exclude(pk=keep.pk)
    count = others.update(ended_at=now())
    if count:
        record(actor, "session.others_ended", subject=f"citizen:{citizen.public_id}", facts={"count": count})
    return count
