"""Pictures: taken before their ticket exists, cleaned of place and device, swept up when nobody uses them."""

from collections.abc import Sequence

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core import locks
from zhijian.core.clock import now
from zhijian.core.errors import FieldError
from zhijian.core.files import IMAGES, discard, intake
from zhijian.core.files.actions import Upload
from zhijian.core.locks import Lock
from zhijian.core.words import tidy
from zhijian.tickets import errors
from zhijian.tickets.models import Photo, Ticket
from zhijian.tickets.rules.limits import PHOTO_LIFETIME, PHOTO_MAX_BYTES, PHOTOS_WAITING
from zhijian.tickets.rules.wording import MAX_PHOTOS
from zhijian.tickets.senders import Sender

KIND = "ticket_photo"
_BATCH = 500


@transaction.atomic
def upload(*, sender: Sender, file: Upload) -> Photo:
    """Keep a picture for the ticket that ``sender`` is writing. Raises the problems of core.files, TooManyPhotos."""
    locks.take(Lock.TICKET_SENDER, f"photos:{sender.key}")
    waiting = Photo.objects.filter(
        owner=sender.key, ticket__isnull=True, uploaded_at__gt=now() - PHOTO_LIFETIME
    )
    if waiting.count() >= PHOTOS_WAITING:
        raise errors.TooManyPhotos
    stored = intake(file, allowed=IMAGES, max_bytes=PHOTO_MAX_BYTES, kind=KIND)
    photo = Photo.objects.create(file=stored, owner=sender.key, uploaded_at=now())
    actor = sender.citizen.actor if sender.citizen else None
    if actor:  # a nameless picture leaves no trace of who gave it
        record(actor, "ticket.photo_given", subject=f"photo:{photo.public_id}")
    return photo


@transaction.atomic
def remove(*, sender: Sender, photo_id: str) -> None:
    """Take back a picture that no ticket has yet. Raises PhotoNotFound."""
    photo = Photo.objects.filter(public_id=tidy(photo_id), owner=sender.key, ticket__isnull=True).first()
    if photo is None:
        raise errors.PhotoNotFound
    _delete(photo)


def give(ticket: Ticket, sender: Sender, photo_ids: Sequence[str]) -> None:
    """Hand the sender's waiting pictures to ``ticket``. Raises TicketWrong for one that isn't theirs or isn't there."""
    wanted = list(dict.fromkeys(photo_ids))
    if not wanted:
        return
    waiting = Photo.objects.filter(
        public_id__in=wanted,
        owner=sender.key,
        ticket__isnull=True,
        uploaded_at__gt=now() - PHOTO_LIFETIME,
    )
    if len(wanted) > MAX_PHOTOS or waiting.update(ticket=ticket, owner="") != len(wanted):
        message = f"最多{MAX_PHOTOS}张图片" if len(wanted) > MAX_PHOTOS else "有图片已失效，请重新上传"
        raise errors.TicketWrong(fields=[FieldError("/photos", "photos", message)])


def sweep() -> int:
    """Delete pictures that no ticket took in a day; returns how many."""
    old = Photo.objects.filter(ticket__isnull=True, uploaded_at__lt=now() - PHOTO_LIFETIME)
    stale = list(old.select_related("file")[:_BATCH])
    for photo in stale:
        with transaction.atomic():
            _delete(photo)
    return len(stale)


def _delete(photo: Photo) -> None:
    file = photo.file
    photo.delete()
    discard(file)
