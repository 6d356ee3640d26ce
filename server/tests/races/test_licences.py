"""Licences under real threads: numbers, one licence a case, one PDF."""

from collections.abc import Callable

import pytest
from identity.factories import CitizenFactory
from licences.factories import LicenceFactory
from organizations.factories import DepartmentFactory
from support.threads import at_once

from zhijian.core.actor import SYSTEM
from zhijian.core.files import StoredFile
from zhijian.licences import actions
from zhijian.licences.models import Licence
from zhijian.licences.rules import Content

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def issue() -> Callable[[str], Licence]:
    citizen, department = CitizenFactory.create(real_named=True), DepartmentFactory.create()

    def issue(case_number: str) -> Licence:
        return actions.issue(
            SYSTEM,
            citizen=citizen,
            department=department,
            licence_type="residence_permit",
            name="居住证",
            content=Content(),
            case_number=case_number,
        )

    return issue


def test_numbers_are_unique_and_without_gaps(issue: Callable[[str], Licence]) -> None:
    results = at_once([lambda n=n: issue(f"YZ{n}") for n in range(8)])  # type: ignore[misc]
    numbers = sorted(licence.number[-6:] for licence in results if isinstance(licence, Licence))
    assert numbers == [f"{n:06}" for n in range(1, 9)]


def test_case_issued_by_two_at_once_has_one_licence(issue: Callable[[str], Licence]) -> None:
    first, second = at_once([lambda: issue("YZ1"), lambda: issue("YZ1")])
    assert isinstance(first, Licence)
    assert first == second
    assert Licence.objects.count() == 1


def test_two_workers_make_one_document() -> None:
    licence = LicenceFactory.create()
    results = at_once([lambda: actions.make_document(SYSTEM, licence_id=licence.public_id)] * 3)
    assert len({result.file_id for result in results if isinstance(result, Licence)}) == 1
    assert StoredFile.objects.count() == 1
