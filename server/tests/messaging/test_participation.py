"""The end of a consultation and new policies: told to those who asked, and to nobody else."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from cases.factories import make_citizen, make_world, submitted_case, withdrawn_case
from consultations.factories import Desk, answered, published, take_part
from content.factories import make_offices, make_policy, make_published, make_topic
from identity.factories import CitizenFactory
from messaging.factories import want
from procrastinate.contrib.django import app
from support.tasks import run_pending

from zhijian.audit.models import AuditEntry
from zhijian.consultations import actions as consultations
from zhijian.consultations.models import Contact
from zhijian.content.events import ArticlePublished
from zhijian.core.events import emit
from zhijian.identity.models import Citizen
from zhijian.messaging import subscriptions
from zhijian.messaging.actions.settings import Wanted, change_settings
from zhijian.messaging.models import Message
from zhijian.messaging.queries.inbox import why
from zhijian.messaging.rules.personal import TOPICS, topics_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("nothing_leaves")]


@pytest.fixture(autouse=True)
def _time_goes_on() -> Iterator[None]:
    with time_machine.travel("2026-11-02T09:00:00+08:00"):
        yield


def test_who_asked_is_told_what_was_adopted_and_then_forgotten() -> None:
    row = answered(Desk())
    asked = set(Contact.objects.values_list("citizen_key", flat=True))
    assert len(asked) == 1
    run_pending()
    message = Message.objects.get()
    assert (message.template, message.citizen.public_id) == ("consultation.answered", asked.pop())
    assert message.link == f"/pages/consultation/detail?id={row.public_id}"
    assert row.title in message.body
    assert all(why(message))
    assert not Contact.objects.exists()


def test_nobody_of_the_staff_can_read_who_was_told() -> None:
    answered(Desk())
    run_pending()
    key = Message.objects.get().citizen.public_id
    for entry in AuditEntry.objects.filter(actor_kind__in=["staff", "system"]):
        assert key not in f"{entry.subject}{entry.facts}"


def test_who_did_not_ask_hears_nothing() -> None:
    desk = Desk()
    row = published(desk)
    take_part(row)
    asked = take_part(row, notify=True, values={"q1": "no", "q3": 3, "q4": {"safe": "low", "cheap": "low"}})
    consultations.withdraw(desk.reviewer.actor, consultation=row, reason="上位法已修改，不再制定")
    run_pending()
    assert list(Message.objects.values_list("template", "citizen")) == [("consultation.withdrawn", asked.pk)]


def test_a_repeated_task_tells_nobody_twice() -> None:
    row = answered(Desk())
    contact = Contact.objects.get()
    run_pending()
    contact.save(force_insert=True)  # as if the list had not been forgotten before the worker was lost
    app.tasks[f"{subscriptions.__name__}.base.consultation.answered"].func(consultation_id=row.public_id)
    assert Message.objects.count() == 1
    assert not Contact.objects.exists()


def follower(*topics: str, on: bool = True) -> Citizen:
    citizen: Citizen = CitizenFactory()
    if on:
        want(citizen, "policy")
    change_settings(citizen.actor, citizen=citizen, wanted=Wanted(topics=topics))
    return citizen


def told() -> set[int]:
    run_pending()
    return set(Message.objects.filter(template="policy.published").values_list("citizen", flat=True))


@pytest.fixture
def offices() -> Any:
    return make_offices()


def test_a_new_policy_goes_to_who_follows_its_topics_and_wants_it(offices: Any) -> None:
    make_topic("newcomer")
    make_topic("health", "医疗健康")
    both = follower("residence", "health")
    one = follower("health")
    follower("culture")
    follower("residence", on=False)
    article = make_policy(topics=["newcomer", "health"])
    assert told() == {both.pk, one.pk}
    message = Message.objects.filter(citizen=both).get()
    assert message.link == f"/pages/content/article?id={article.public_id}"
    assert article.title in message.body
    assert all(why(message))


def test_it_goes_to_who_has_a_case_that_it_touches_and_says_so() -> None:
    world = make_world()
    applicant, withdrawn, silent = world.citizen, make_citizen(), make_citizen()
    for citizen in (applicant, withdrawn):
        want(citizen, "policy")
    change_settings(applicant.actor, citizen=applicant, wanted=Wanted(topics=("health",)))
    submitted_case(world)
    withdrawn_case(replace(world, citizen=withdrawn))
    submitted_case(replace(world, citizen=silent))
    make_topic("health", "医疗健康")
    make_policy(topics=["health"], items=[{"code": world.version.code, "change": "材料减少一份"}])
    run_pending()
    news = Message.objects.filter(purpose="policy")
    assert list(news.values_list("template", "citizen")) == [("policy.of_a_case", applicant.pk)]
    assert "正在办" in why(news.get())[0]


def test_other_kinds_and_changed_ones_are_no_news(offices: Any) -> None:
    make_topic("health", "医疗健康")
    follower("health")
    make_published(topics=["health"])
    assert told() == set()
    article = make_policy(topics=["health"])
    assert len(told()) == 1
    Message.objects.all().delete()
    emit(ArticlePublished(article_id=article.public_id, kind="policy", topics=["health"], number=2))
    assert told() == set()


def test_who_switched_it_off_meanwhile_hears_nothing(offices: Any) -> None:
    make_topic("health", "医疗健康")
    person = follower("health")
    make_policy(topics=["health"])
    change_settings(person.actor, citizen=person, wanted=Wanted(topics=[]))
    assert told() == set()


@pytest.mark.parametrize(
    ("articles", "ours"),
    [
        ([], set()),
        (["housing"], {"housing"}),
        (["birth", "newcomer"], {"childcare", "education", "residence"}),
        (["service"], set()),
    ],
)
def test_topics_of_articles_in_our_words(articles: list[str], ours: set[str]) -> None:
    assert topics_of(articles) == ours
    assert ours <= TOPICS.keys()
