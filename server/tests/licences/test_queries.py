"""Who sees which licence, and what a stranger learns from a code."""

from datetime import date, datetime

import pytest
import time_machine
from identity.factories import CitizenFactory
from licences.factories import LicenceFactory

from zhijian.audit.models import AuditEntry
from zhijian.core.errors import Problem
from zhijian.core.zone import CHINA
from zhijian.licences import queries
from zhijian.licences.rules import State

pytestmark = pytest.mark.django_db


def test_held_by_is_ones_own_newest_first(django_assert_num_queries: object) -> None:
    citizen = CitizenFactory.create(real_named=True)
    older = LicenceFactory.create(citizen=citizen, issued_on=date(2024, 1, 1))
    newer = LicenceFactory.create(citizen=citizen)
    LicenceFactory.create()
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = list(queries.held_by(citizen))
        assert [licence.department.name for licence in found]
    assert found == [newer, older]


def test_anothers_licence_is_not_found_and_the_attempt_is_kept() -> None:
    stranger, licence = CitizenFactory.create(real_named=True), LicenceFactory.create()
    with pytest.raises(Problem) as refusal:
        queries.of_citizen(stranger, licence.public_id)
    assert (refusal.value.code, refusal.value.status) == ("licences.not_found", 404)
    refusal.value.tell()
    entry = AuditEntry.objects.get(action="licence.foreign")
    assert (entry.actor_key, entry.outcome) == (stranger.public_id, "refused")


def test_unknown_licence_is_not_found() -> None:
    with pytest.raises(Problem):
        queries.of_citizen(CitizenFactory.create(real_named=True), "0" * 26)


def test_document_that_is_not_made_yet_says_so() -> None:
    with pytest.raises(Problem) as refusal:
        queries.document(LicenceFactory.create())
    assert refusal.value.code == "licences.document_not_ready"
    assert refusal.value.retry_after == 5


@pytest.mark.parametrize(
    ("day", "found"),
    [(date(2026, 2, 3), 0), (date(2026, 2, 4), 1), (date(2026, 3, 6), 1), (date(2026, 3, 7), 0)],
)
def test_expiring_within_thirty_days(day: date, found: int) -> None:
    LicenceFactory.create(valid_to=date(2026, 3, 6))
    LicenceFactory.create(valid_to=None)
    LicenceFactory.create(
        valid_to=date(2026, 3, 6), status="revoked", revoked_at=datetime(2026, 1, 1, tzinfo=CHINA)
    )
    assert queries.expiring(day).count() == found


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        (datetime(2025, 3, 6, 23, 59, tzinfo=CHINA), State.PENDING),
        (datetime(2025, 3, 7, 0, 1, tzinfo=CHINA), State.VALID),
        (datetime(2026, 3, 6, 23, 59, tzinfo=CHINA), State.VALID),
        (datetime(2026, 3, 7, 0, 1, tzinfo=CHINA), State.EXPIRED),
    ],
)
def test_verification_by_the_day_in_china(moment: datetime, state: State) -> None:
    licence = LicenceFactory.create()
    with time_machine.travel(moment, tick=False):
        assert queries.verification(licence.verify_code).state == state


def test_verification_masks_the_holder_and_the_number(django_assert_num_queries: object) -> None:
    licence = LicenceFactory.create(
        citizen=CitizenFactory.create(real_named=True, name="欧阳明远"), number="JZZ2025000042"
    )
    with django_assert_num_queries(1):  # type: ignore[operator]
        found = queries.verification(licence.verify_code)
    assert found.holder_masked == "欧***"
    assert found.number_masked == "*********0042"
    assert licence.citizen.id_number not in str(found)


@pytest.mark.parametrize("code", ["", "0" * 20, "x' OR 1=1 --", "长" * 500])
def test_unknown_code_is_an_answer(code: str) -> None:
    assert queries.verification(code).state == State.UNKNOWN
