"""What a citizen chooses, and the proof of it."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from identity.factories import CitizenFactory, id_number
from messaging.factories import consent, make_districts, want

from zhijian.audit.models import AuditEntry
from zhijian.core.crypto import blind_index
from zhijian.identity.models import Citizen
from zhijian.messaging import errors
from zhijian.messaging.actions import settings
from zhijian.messaging.actions.settings import Switch, Wanted
from zhijian.messaging.models import ConsentEntry, Preference, PurposeSwitch, Tag, TopicSubscription
from zhijian.messaging.queries.choices import tag_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> Citizen:
    number = id_number(born="19660101")
    found: Citizen = CitizenFactory(
        name="林试验", id_number=number, id_index=blind_index("id_number", number), real_name_level=1
    )
    return found


def change(citizen: Citizen, **wanted: Any) -> None:
    settings.change_settings(citizen.actor, citizen=citizen, wanted=Wanted(**wanted))


def proofs(citizen: Citizen) -> list[tuple[str, bool]]:
    return list(ConsentEntry.objects.filter(citizen=citizen).order_by("id").values_list("subject", "given"))


def test_consent_and_its_withdrawal_are_proved_once_each(citizen: Citizen) -> None:
    for on in (True, True, False, False, True):
        want(citizen, "policy", on=on)
    assert proofs(citizen) == [("policy", True), ("policy", False), ("policy", True)]
    assert AuditEntry.objects.filter(action="message.settings").count() == 5


def test_switching_off_what_was_never_on_proves_nothing(citizen: Citizen) -> None:
    want(citizen, "policy", on=False)
    assert proofs(citizen) == []


def test_the_proof_cannot_be_changed(citizen: Citizen) -> None:
    want(citizen, "policy")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ConsentEntry.objects.update(given=False)
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        ConsentEntry.objects.all().delete()


@pytest.mark.parametrize(
    ("purpose", "channel", "code"),
    [
        ("case_progress", "inbox", "locked"),
        ("emergency", "inbox", "locked"),
        ("spam", "inbox", "unknown"),
        ("policy", "fax", "unknown"),
    ],
)
def test_switches_that_cannot_be_moved_change_nothing_else(
    citizen: Citizen, purpose: str, channel: str, code: str
) -> None:
    switches = [Switch("policy", "inbox", True), Switch(purpose, channel, False)]
    with pytest.raises(errors.SwitchWrong) as refusal:
        change(citizen, switches=switches, quiet=False)
    assert [(fault.path, fault.code) for fault in refusal.value.fields] == [("/switches/1", code)]
    assert not PurposeSwitch.objects.exists()
    assert not Preference.objects.exists()


def test_the_database_refuses_to_switch_off_what_is_needed(citizen: Citizen) -> None:
    from zhijian.core.clock import now

    with pytest.raises(IntegrityError), transaction.atomic():
        PurposeSwitch.objects.create(
            citizen=citizen, purpose="case_progress", channel="inbox", on=False, changed_at=now()
        )


def test_attributes_only_by_consent_and_gone_with_it(citizen: Citizen) -> None:
    _, district, _ = make_districts()
    with pytest.raises(errors.SettingsWrong):
        change(citizen, district=district.code)
    consent(citizen, district=district)
    stored = Preference.objects.get()
    assert (stored.district, stored.age_band) == (district, "60-")
    settings.add_tag(citizen=citizen, code="养老", why="办过高龄津贴")
    change(citizen, use_attributes=False)
    stored.refresh_from_db()
    assert (stored.district, stored.age_band, stored.consented_at) == (None, "", None)
    assert not Tag.objects.exists()
    assert proofs(citizen) == [("attributes", True), ("attributes", False)]


def test_the_database_keeps_attributes_and_consent_together(citizen: Citizen) -> None:
    consent(citizen)
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.update(use_attributes=False, consented_at=None)


def test_only_the_citys_districts(citizen: Citizen) -> None:
    city, district, _ = make_districts()
    consent(citizen)
    for code in (city.code, "000000"):
        with pytest.raises(errors.SettingsWrong):
            change(citizen, district=code)
    change(citizen, district=district.code)
    change(citizen, district="")
    assert Preference.objects.get().district is None


def test_topics_are_followed_and_left(citizen: Citizen) -> None:
    change(citizen, topics=["housing", "health"])
    change(citizen, topics=["health", "culture", "culture"])
    followed = set(TopicSubscription.objects.values_list("topic", flat=True))
    assert followed == {"health", "culture"}
    with pytest.raises(errors.SettingsWrong):
        change(citizen, topics=["gossip"])
    assert TopicSubscription.objects.count() == 2
    change(citizen)
    assert TopicSubscription.objects.count() == 2


def test_a_deleted_tag_does_not_come_back(citizen: Citizen) -> None:
    settings.add_tag(citizen=citizen, code="养老", why="办过高龄津贴")
    assert not Tag.objects.exists()
    consent(citizen)
    settings.add_tag(citizen=citizen, code="养老", why="办过高龄津贴")
    tag = Tag.objects.get()
    settings.delete_tag(citizen.actor, tag=tag_of(citizen, tag.public_id))
    settings.add_tag(citizen=citizen, code="养老", why="又办了一次")
    with pytest.raises(errors.TagNotFound):
        tag_of(citizen, tag.public_id)


def test_one_switch_for_everything_that_can_be_off(citizen: Citizen) -> None:
    want(citizen, "policy", "city_activity")
    consent(citizen, topics=("health",))
    settings.switch_all_off(citizen.actor, citizen=citizen)
    assert not PurposeSwitch.objects.filter(channel="inbox", on=True).exists()
    assert not TopicSubscription.objects.exists()
    assert not Preference.objects.get().use_attributes
    assert proofs(citizen)[-3:] == [("attributes", False), ("policy", False), ("city_activity", False)]


def test_people_get_older(citizen: Citizen) -> None:
    number = id_number(2, born="20081103")
    youth = CitizenFactory(
        name="林少年", id_number=number, id_index=blind_index("id_number", number), real_name_level=1
    )
    consent(citizen)
    consent(youth)
    assert Preference.objects.get(citizen=youth).age_band == "0-17"
    assert settings.refresh_age_bands() == 0
    with time_machine.travel(date(2026, 11, 4)):
        assert settings.refresh_age_bands() == 1
    assert Preference.objects.get(citizen=youth).age_band == "18-34"
