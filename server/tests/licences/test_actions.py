"""Issuing, the PDF that follows, revoking."""

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
import time_machine
from cryptography.hazmat.primitives import hashes
from django.db import IntegrityError, transaction
from identity.factories import CitizenFactory
from licences.factories import LicenceFactory
from organizations.factories import DepartmentFactory
from pypdf import PdfReader

from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.errors import Problem
from zhijian.core.files import StoredFile
from zhijian.core.zone import CHINA
from zhijian.identity.models import Citizen
from zhijian.licences import actions
from zhijian.licences.models import Licence, LicenceSequence
from zhijian.licences.rules import Content
from zhijian.organizations.models import Department

pytestmark = pytest.mark.django_db
NOON = datetime(2025, 3, 7, 12, tzinfo=CHINA)


@pytest.fixture
def citizen() -> Citizen:
    return CitizenFactory.create(real_named=True, name="陈静")


@pytest.fixture
def department() -> Department:
    return DepartmentFactory.create(name="云州市公安局")


@pytest.fixture
def issue(citizen: Citizen, department: Department) -> Callable[..., Licence]:
    def issue(**changes: object) -> Licence:
        arguments = {
            "citizen": citizen,
            "department": department,
            "licence_type": "residence_permit",
            "name": "居住证",
            "content": Content(facts=[("居住地址", "云州市澄湖区书院路18号")]),
            "validity_months": 12,
        }
        return actions.issue(SYSTEM, **(arguments | changes))

    return issue


@time_machine.travel(NOON, tick=False)
def test_issue_numbers_dates_and_tells(issue: Callable[..., Licence]) -> None:
    licence = issue(case_number="YZ2025030700001")
    assert licence.number == "JZZ2025000001"
    assert (licence.issued_on, licence.valid_from, licence.valid_to) == (
        date(2025, 3, 7),
        date(2025, 3, 7),
        date(2026, 3, 6),
    )
    assert len(licence.verify_code) == 20
    assert licence.file is None
    entry = AuditEntry.objects.get(action="licence.issued")
    assert entry.subject == "licence:JZZ2025000001"
    assert "陈静" not in str(entry.facts)


@time_machine.travel(NOON, tick=False)
def test_numbers_run_by_kind_and_year(issue: Callable[..., Licence]) -> None:
    numbers = [issue().number, issue(licence_type="no_crime").number, issue().number]
    numbers += [issue(valid_from=date(2026, 1, 1)).number, issue(licence_type="other").number]
    assert numbers == ["JZZ2025000001", "ZM2025000001", "JZZ2025000002", "JZZ2026000001", "ZM2025000002"]


def test_case_gets_one_licence_of_a_type_however_often_it_is_asked(issue: Callable[..., Licence]) -> None:
    first, again = issue(case_number="YZ1"), issue(case_number="YZ1")
    assert first == again
    assert issue(case_number="YZ1", licence_type="other") != first
    assert issue(case_number="") != issue(case_number="")
    with pytest.raises(IntegrityError), transaction.atomic():
        LicenceFactory.create(case_number="YZ1", licence_type="residence_permit")


def test_without_term(issue: Callable[..., Licence]) -> None:
    assert issue(validity_months=0).valid_to is None


def test_database_refuses_a_term_that_ends_before_it_begins() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LicenceFactory.create(valid_to=date(2020, 1, 1))


@time_machine.travel(NOON, tick=False)
def test_document_follows_and_says_what_was_issued(
    issue: Callable[..., Licence], run_tasks: Callable[[], int]
) -> None:
    licence = issue()
    assert run_tasks() >= 1
    licence.refresh_from_db()
    assert licence.file is not None
    content = licence.file.read()
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(content)
    assert licence.digest == sm3.finalize().hex()
    words = PdfReader(io.BytesIO(content)).pages[0].extract_text()
    for expected in (
        licence.number,
        licence.verify_code,
        "陈静",
        licence.citizen.id_number,
        "云州市澄湖区书院路18号",
        "2026年3月6日",
    ):
        assert expected in "".join(words.split())
    assert (licence.file.name, licence.file.kind, licence.file.pages) == ("居住证.pdf", "licence", 1)


def test_document_is_made_once(issue: Callable[..., Licence]) -> None:
    licence = issue()
    first = actions.make_document(SYSTEM, licence_id=licence.public_id)
    again = actions.make_document(SYSTEM, licence_id=licence.public_id)
    assert first.file_id == again.file_id
    assert StoredFile.objects.filter(kind="licence").count() == 1
    assert AuditEntry.objects.filter(action="licence.document_made").count() == 1


def test_worker_that_dies_in_the_middle_leaves_nothing_half_made(
    issue: Callable[..., Licence], run_tasks: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = issue()

    def die(*args: object, **kwargs: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(actions, "emit", die)
        with pytest.raises(SystemExit), transaction.atomic():
            actions.make_document(SYSTEM, licence_id=licence.public_id)
    licence.refresh_from_db()
    assert (licence.file, licence.digest) == (None, "")
    assert not StoredFile.objects.exists()
    run_tasks()
    licence.refresh_from_db()
    assert licence.file is not None


@pytest.mark.parametrize(("approval", "template"), [(True, "approval"), (False, "certificate")])
def test_other_kinds_are_printed_too(issue: Callable[..., Licence], approval: bool, template: str) -> None:
    content = Content(
        paragraphs=["经审查，决定准予许可。"], statement="特此证明。", conditions=["按期延续。"]
    )
    licence = issue(
        licence_type="x", name="准予决定书", approval=approval, content=content, validity_months=0
    )
    assert licence.template == template
    made = actions.make_document(SYSTEM, licence_id=licence.public_id)
    assert made.file is not None
    words = "".join(PdfReader(io.BytesIO(made.file.read())).pages[0].extract_text().split())
    assert ("特此证明" in words, "准予许可" in words) == (not approval, approval)


@pytest.mark.parametrize(
    ("approval", "usual"), [(True, "经审查，符合规定的条件"), (False, "兹证明以上所列事项。")]
)
def test_usual_words_stand_where_the_office_gave_none(
    issue: Callable[..., Licence], approval: bool, usual: str
) -> None:
    licence = issue(licence_type="x", name="认定书", approval=approval)
    made = actions.make_document(SYSTEM, licence_id=licence.public_id)
    assert made.file is not None
    assert usual in "".join(PdfReader(io.BytesIO(made.file.read())).pages[0].extract_text().split())


def test_revoke_ends_it_and_says_why(issue: Callable[..., Licence]) -> None:
    revoked = actions.revoke(SYSTEM, licence=issue(), reason="  持证人申请注销 ")
    assert (revoked.status, revoked.revoke_reason) == ("revoked", "持证人申请注销")
    assert revoked.revoked_at is not None
    with pytest.raises(Problem) as refusal:
        actions.revoke(SYSTEM, licence=revoked, reason="又一次")
    assert refusal.value.code == "licences.already_revoked"


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_revoke_asks_why(issue: Callable[..., Licence], reason: str) -> None:
    with pytest.raises(Problem) as refusal:
        actions.revoke(SYSTEM, licence=issue(), reason=reason)
    assert refusal.value.code == "licences.reason_missing"


def test_sequence_gives_back_the_number_of_an_issue_that_failed(issue: Callable[..., Licence]) -> None:
    issue()
    with transaction.atomic():
        issue()
        transaction.set_rollback(True)
    assert issue().number.endswith("000002")
    assert LicenceSequence.objects.get().last == 2
