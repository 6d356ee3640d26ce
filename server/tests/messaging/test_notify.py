"""Telling one person something: once, in their language, by the channels that they allow."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from identity.factories import CitizenFactory
from messaging.factories import CONCLUDED, ITEM, reader, tell, tell_urgently, want

from zhijian.core.actor import SYSTEM
from zhijian.core.clock import now
from zhijian.identity.models import Citizen
from zhijian.messaging import errors
from zhijian.messaging.actions import notify
from zhijian.messaging.actions.inbox import delete_message
from zhijian.messaging.models import Delivery, Message
from zhijian.messaging.rules.channels import Channel
from zhijian.messaging.rules.delivery import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def citizen() -> Citizen:
    found: Citizen = CitizenFactory()
    return found


def test_the_inbox_has_it_at_once(citizen: Citizen) -> None:
    message = tell(citizen, link="/pages/case/detail?id=x")
    stored = Message.objects.get()
    assert (stored.pk, stored.title, stored.purpose) == (message.pk, "您的事办好了", "case_progress")
    assert "居住证办理" in (stored.body or "")
    assert stored.happened_at == now()


def test_in_the_citizens_language() -> None:
    message = tell(CitizenFactory(locale="en"))
    assert message.title == "It is done"
    assert "Residence permit" in (message.body or "")


def test_told_once_for_a_key_and_person(citizen: Citizen) -> None:
    first, again = tell_urgently(citizen), tell_urgently(citizen)
    assert first == again
    assert Delivery.objects.count() == 1
    tell_urgently(citizen, key="2")
    tell_urgently(CitizenFactory())
    assert Message.objects.count() == 3


def test_what_was_deleted_is_not_told_again(citizen: Citizen) -> None:
    message = tell(citizen)
    delete_message(citizen.actor, message=message)
    tell(citizen)
    stored = Message.objects.get()
    assert (stored.title, stored.body, stored.outside) == (None, None, None)


@pytest.mark.parametrize(
    ("variables", "fault"),
    [
        ({}, "missing"),
        ({"item": None}, "missing"),
        ({"item": ITEM, "extra": "x"}, "unknown"),
        ({"item": 7}, "type"),
        ({"item": {"en": "x"}}, "type"),
    ],
)
def test_variables_that_do_not_fit_tell_nothing(
    citizen: Citizen, variables: dict[str, Any], fault: str
) -> None:
    with pytest.raises(errors.VariablesWrong) as refusal:
        notify(SYSTEM, citizen=citizen, template="case.concluded", variables=variables, dedupe_key="1")
    assert refusal.value.fields[0].code == fault
    assert not Message.objects.exists()


def test_unknown_template_and_foreign_link(citizen: Citizen) -> None:
    with pytest.raises(errors.TemplateUnknown):
        notify(SYSTEM, citizen=citizen, template="case.nothing", variables={}, dedupe_key="1")
    with pytest.raises(errors.LinkWrong):
        tell(citizen, link="https://elsewhere.example/")
    assert not Message.objects.exists()


def test_only_templates_with_words_for_a_channel_use_it(citizen: Citizen) -> None:
    tell(citizen)
    assert [one.channel for one in Delivery.objects.all()] == [Channel.WECHAT]
    tell(citizen, key="2", template="case.suspended")
    assert Delivery.objects.count() == 1


def test_quiet_hours_put_off_what_can_wait(citizen: Citizen) -> None:
    with time_machine.travel("2026-11-02T23:30:00+08:00", tick=False):
        tell(citizen)
        tell_urgently(citizen, key="2")
    calm, urgent = Delivery.objects.order_by("id")
    assert calm.due_at == datetime(2026, 11, 3, 0, tzinfo=UTC)  # eight in the morning in China
    assert urgent.due_at == datetime(2026, 11, 2, 15, 30, tzinfo=UTC)
    assert calm.state == urgent.state == State.QUEUED


def test_news_told_late_stands_where_it_belongs(citizen: Citizen) -> None:
    happened = now() - timedelta(days=9)
    assert tell(citizen, happened_at=happened).happened_at == happened


def test_consent_comes_first() -> None:
    from zhijian.messaging.queries.templates import shipped
    from zhijian.messaging.rules.templates import Template

    template = shipped()["case.concluded"]
    asked = Template(**{name: getattr(template, name) for name in template.__slots__} | {"purpose": "policy"})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("zhijian.messaging.actions.telling.template_of", lambda code: asked)
        stranger, willing = CitizenFactory(), reader("policy")
        for person in (stranger, willing):
            notify(SYSTEM, citizen=person, template="x", variables=CONCLUDED, dedupe_key="1")
        assert [message.citizen for message in Message.objects.all()] == [willing]
        want(willing, "policy", on=False)
        assert notify(SYSTEM, citizen=willing, template="x", variables=CONCLUDED, dedupe_key="2") is None


def test_what_is_stored_is_sealed(citizen: Citizen) -> None:
    from support.dump import tables_with

    tell_urgently(citizen)
    assert tables_with(["居住证办理"]) == set()
