"""What a citizen chooses: switches, quiet hours, topics, the use of personal attributes, tags."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import time

from django.db import transaction

from zhijian.audit.actions import record
from zhijian.core.actor import Actor
from zhijian.core.clock import now, today
from zhijian.core.errors import FieldError
from zhijian.identity.models import Citizen
from zhijian.messaging import errors
from zhijian.messaging.models import ConsentEntry, Preference, PurposeSwitch, Tag, TopicSubscription
from zhijian.messaging.queries.choices import districts
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.personal import TOPICS, age_band
from zhijian.messaging.rules.purposes import PURPOSES, is_locked
from zhijian.organizations.models import Region

ATTRIBUTES = "attributes"


@dataclass(frozen=True, slots=True)
class Switch:
    purpose: str
    channel: str
    on: bool


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to change; None leaves a part as it is. ``district`` "" names none."""

    switches: Sequence[Switch] = ()
    quiet: bool | None = None
    quiet_from: time | None = None
    quiet_to: time | None = None
    topics: Sequence[str] | None = None
    use_attributes: bool | None = None
    district: str | None = None


@transaction.atomic
def change_settings(actor: Actor, *, citizen: Citizen, wanted: Wanted) -> None:
    """All of it or nothing. Withdrawing the use of attributes erases district, age band and tags (PIPL art. 47).

    Raises SwitchWrong, SettingsWrong.
    """
    _check_switches(wanted.switches)
    preference = _preference(citizen)
    _change_preference(citizen, preference, wanted)
    for switch in wanted.switches:
        _move(citizen, switch)
    if wanted.topics is not None:
        _follow(citizen, wanted.topics)
    record(
        actor,
        "message.settings",
        subject=f"citizen:{citizen.public_id}",
        facts={
            "switches": [
                f"{one.purpose}.{one.channel}={'on' if one.on else 'off'}" for one in wanted.switches
            ]
        },
    )


@transaction.atomic
def switch_all_off(actor: Actor, *, citizen: Citizen) -> None:
    """The one easy switch: everything that isn't needed for a service that the person asked for."""
    preference = _preference(citizen)
    if preference.use_attributes:
        _withdraw(citizen, preference)
        preference.save()
    for purpose in PURPOSES.values():
        if not purpose.necessary:
            _move(citizen, Switch(purpose.code, Channel.INBOX, False))
    TopicSubscription.objects.filter(citizen=citizen).delete()
    record(actor, "message.all_off", subject=f"citizen:{citizen.public_id}")


@transaction.atomic
def add_tag(*, citizen: Citizen, code: str, why: str) -> None:
    """Only for who agreed to the use of attributes; a tag that was deleted stays deleted."""
    if Preference.objects.filter(citizen=citizen, use_attributes=True).exists():
        Tag.objects.get_or_create(
            citizen=citizen, code=code[:40], defaults={"why": why[:200], "created_at": now()}
        )


@transaction.atomic
def delete_tag(actor: Actor, *, tag: Tag) -> None:
    Tag.objects.filter(pk=tag.pk).update(deleted_at=now())
    record(actor, "message.tag_deleted", subject=f"tag:{tag.public_id}")


def refresh_age_bands() -> int:
    """People get older; how many are in another band than stored."""
    changed = 0
    people = Preference.objects.select_related("citizen").filter(use_attributes=True)
    for preference in people.exclude(citizen__id_index=None).iterator(chunk_size=500):
        band = age_band(preference.citizen.id_number, today=today())
        if band != preference.age_band:
            # Withdrawn since we read it: then nothing may be stored.
            changed += Preference.objects.filter(pk=preference.pk, use_attributes=True).update(age_band=band)
    return changed


def _preference(citizen: Citizen) -> Preference:
    Preference.objects.get_or_create(citizen=citizen)
    return Preference.objects.select_for_update().get(citizen=citizen)


def _change_preference(citizen: Citizen, preference: Preference, wanted: Wanted) -> None:
    for name in ("quiet", "quiet_from", "quiet_to"):
        value = getattr(wanted, name)
        if value is not None:
            setattr(preference, name, value)
    if wanted.use_attributes and not preference.use_attributes:
        preference.use_attributes, preference.consented_at = True, now()
        preference.age_band = age_band(citizen.id_number, today=today())
        _prove(citizen, ATTRIBUTES, given=True)
    elif wanted.use_attributes is False and preference.use_attributes:
        _withdraw(citizen, preference)
    if wanted.district is not None:
        preference.district = _district(wanted.district, preference)
    preference.save()


def _withdraw(citizen: Citizen, preference: Preference) -> None:
    preference.use_attributes, preference.consented_at = False, None
    preference.district, preference.age_band = None, ""
    Tag.objects.filter(citizen=citizen).delete()
    _prove(citizen, ATTRIBUTES, given=False)


def _district(code: str, preference: Preference) -> Region | None:
    if not code:
        return None
    if not preference.use_attributes:
        raise errors.SettingsWrong(
            fields=[FieldError("/attributes/district", "consent", "请先同意使用所在区，再选择")]
        )
    found = districts().filter(code=code).first()
    if found is None:
        raise errors.SettingsWrong(
            fields=[FieldError("/attributes/district", "unknown", "请从列表中选择所在区")]
        )
    return found


def _check_switches(switches: Iterable[Switch]) -> None:
    faults = []
    for place, switch in enumerate(switches):
        purpose = PURPOSES.get(switch.purpose)
        if purpose is None or switch.channel not in Channel.values:
            faults.append(FieldError(f"/switches/{place}", "unknown", "没有这个开关"))
        elif is_locked(purpose, switch.channel):
            words = f"“{purpose.label}”是办事必需的站内消息，不能关闭；可以关闭它的短信和微信"
            faults.append(FieldError(f"/switches/{place}", "locked", words))
    if faults:
        raise errors.SwitchWrong(fields=faults)


def _move(citizen: Citizen, switch: Switch) -> None:
    found, is_new = PurposeSwitch.objects.get_or_create(
        citizen=citizen,
        purpose=switch.purpose,
        channel=switch.channel,
        defaults={"on": switch.on, "changed_at": now()},
    )
    changed = (is_new and switch.on) or (not is_new and found.on != switch.on)
    if not is_new and changed:
        found.on, found.changed_at = switch.on, now()
        found.save(update_fields=["on", "changed_at"])
    if changed and switch.channel == Channel.INBOX:
        _prove(citizen, switch.purpose, given=switch.on)


def _follow(citizen: Citizen, topics: Sequence[str]) -> None:
    if not set(topics) <= set(TOPICS):
        raise errors.SettingsWrong(fields=[FieldError("/topics", "unknown", "请从列表中选择主题")])
    followed = TopicSubscription.objects.filter(citizen=citizen)
    followed.exclude(topic__in=topics).delete()
    moment = now()
    TopicSubscription.objects.bulk_create(
        (TopicSubscription(citizen=citizen, topic=topic, created_at=moment) for topic in set(topics)),
        ignore_conflicts=True,
    )


def _prove(citizen: Citizen, subject: str, *, given: bool) -> None:
    ConsentEntry.objects.create(citizen=citizen, subject=subject, given=given, at=now())
