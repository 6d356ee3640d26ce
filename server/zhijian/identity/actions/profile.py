"""What a citizen chooses for the app."""

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.errors import FieldError
from zhijian.identity import errors
from zhijian.identity.models import Citizen, Locale


@transaction.atomic
def update_settings(
    actor: Actor, *, citizen: Citizen, locale: str | None = None, elder_mode: bool | None = None
) -> Citizen:
    """Change language and elder mode; None leaves a setting as it is. Raises LocaleUnknown."""
    if locale is not None and locale not in Locale.values:
        raise errors.LocaleUnknown(fields=[FieldError("/locale", "unknown", errors.LocaleUnknown.title)])
    locked = Citizen.objects.select_for_update().get(pk=citizen.pk)
    wanted = {"locale": locale, "elder_mode": elder_mode}
    changed = {key: value for key, value in wanted.items() if value not in (None, getattr(locked, key))}
    for key, value in changed.items():
        setattr(locked, key, value)
    if changed:
        locked.save(update_fields=list(changed))
        record(actor, "citizen.settings", subject=f"citizen:{locked.public_id}", facts=changed)
    return locked
