"""What a refusal leaves behind outlives the roll-back, wherever the refusal is answered, and nobody has to call it."""

import re
from pathlib import Path

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from zhijian.audit.actions import record_refusal
from zhijian.audit.models import AuditEntry
from zhijian.core.actor import SYSTEM
from zhijian.core.afterwards import afterwards
from zhijian.core.errors import Forbidden, Problem
from zhijian.core.middleware import Afterwards
from zhijian.core.tasks import task

pytestmark = pytest.mark.django_db


@transaction.atomic
def refused() -> None:
    raise Forbidden(attempt=lambda: record_refusal(SYSTEM, "test.refused", subject="test:1"))


def audited() -> int:
    return AuditEntry.objects.filter(action="test.refused", outcome="refused").count()


def test_of_a_request_that_answers_the_refusal_itself() -> None:
    def view(request: HttpRequest) -> HttpResponse:
        try:
            refused()
        except Problem as problem:
            assert audited() == 0
            return HttpResponse(status=problem.status)
        raise AssertionError

    assert Afterwards(view)(HttpRequest()).status_code == 403
    assert audited() == 1


def test_of_a_background_task() -> None:
    registered = task(queue="upkeep")(refused)
    with pytest.raises(Forbidden):
        registered.func()
    assert audited() == 1


def test_once_also_when_one_scope_lies_in_another() -> None:
    with pytest.raises(Forbidden), afterwards(), afterwards():
        refused()
    assert audited() == 1


def test_one_that_fails_does_not_keep_the_others_from_being_done(caplog: pytest.LogCaptureFixture) -> None:
    def broken() -> None:
        raise RuntimeError

    with afterwards():
        Forbidden(attempt=broken)
        with pytest.raises(Forbidden):
            refused()
    assert audited() == 1
    assert "could not be done" in caplog.text


def test_without_a_scope_the_caller_has_it() -> None:
    with pytest.raises(Forbidden) as problem:
        refused()
    assert audited() == 0
    problem.value.tell()
    problem.value.tell()
    assert audited() == 1


def test_nobody_calls_it_by_hand() -> None:
    source = Path(__file__).parents[2]
    called = re.compile(r"\b(?:problem|refused|refusal|error|fault)\w*\.tell\(\)")
    found = [
        path
        for folder in ("zhijian", "config")
        for path in (source / folder).rglob("*.py")
        if called.search(path.read_text())
    ]
    assert found == []
