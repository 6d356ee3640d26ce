"""The demo's consultations and ratings load through the actions, and tell a full story."""

import json
from collections import Counter
from typing import Any

import pytest
from demo import city
from django.conf import settings

from zhijian.audit.models import AuditEntry
from zhijian.consultations.loading import load_consultations
from zhijian.consultations.models import Answer, Comment, Consultation
from zhijian.consultations.queries.public import listed
from zhijian.consultations.queries.report import report
from zhijian.core.actor import SYSTEM
from zhijian.core.lights import Light
from zhijian.organizations.loading import load_organizations
from zhijian.publishing.models import PublishedDocument
from zhijian.ratings.loading import load_ratings
from zhijian.ratings.models import Rating, Rectification
from zhijian.ratings.queries.rectifications import light_of
from zhijian.ratings.rules.rectification import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded_city(settings: Any) -> None:
    settings.DEMO = True
    load_organizations(SYSTEM, city.document("organizations.json"))


@pytest.mark.usefixtures("loaded_city")
def test_consultations() -> None:
    rows = city.document("consultations.json")
    assert load_consultations(rows) == 3
    assert load_consultations(rows) == 0
    assert Answer.objects.count() == sum(row["answers"] for row in rows)
    assert {row.title[:3] for row in listed("open").items} == {"云州市", "您希望"}
    (closed,) = listed("closed").items
    done = Consultation.objects.get(pk=closed.pk)
    assert done.state == "answered"
    assert done.steps.count() == 7
    assert PublishedDocument.objects.filter(key=f"consultations/{done.public_id}/report").exists()
    assert len({group.outcome for group in done.groups.all()}) == 3
    assert Comment.objects.filter(state="pending").exists()  # work for the editor
    survey = Consultation.objects.get(department__code="zw")
    answered = {result.key: result.answered for result in report(survey).results}
    assert 0 < answered["q4"] < answered["q2"] < answered["q1"] == 46


@pytest.mark.usefixtures("loaded_city")
def test_ratings() -> None:
    rows = city.document("ratings.json") | {"cases": [], "tickets": []}
    assert load_ratings(rows) == len(rows["visits"])
    assert load_ratings(rows) == 0
    assert set(Rating.objects.values_list("stars", flat=True)) == {1, 2, 3, 4, 5}
    states = Counter(Rectification.objects.values_list("state", flat=True))
    assert states.keys() >= {
        State.OPEN,
        State.FIXING,
        State.FIXED,
        State.PUBLISHED,
        State.DISPUTED,
        State.DISMISSED,
    }
    lights = {light_of(order) for order in Rectification.objects.all()}
    assert Light.RED in lights
    assert Light.YELLOW in lights
    assert AuditEntry.objects.filter(action="rectification.dismiss").exists()
    assert PublishedDocument.objects.filter(key="ratings/figures", current=True).exists()


@pytest.mark.parametrize("name", ["consultations.json", "ratings.json"])
def test_laid_out_like_the_others(name: str) -> None:
    text = (settings.DEMO_ROOT / name).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n"
