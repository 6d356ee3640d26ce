"""Real threads, real transactions: one code opens one session, one person is registered once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connections
from identity.factories import CitizenFactory, id_number, phone
from support.sandbox import Sandbox

from zhijian.core.errors import Problem
from zhijian.identity import actions
from zhijian.identity.models import Citizen, LoginCode, Session

pytestmark = pytest.mark.django_db(transaction=True)
VISITOR = actions.VISITOR


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """Run the calls in as many threads, started together; "ok" or the code of the refusal for each, sorted."""
    barrier = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> str:
        barrier.wait(5)
        try:
            call()
        except Problem as problem:
            return problem.code
        else:
            return "ok"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return sorted(pool.map(run, calls))


def test_one_code_opens_one_session(sandbox: Sandbox) -> None:
    actions.request_code(VISITOR, phone=phone(1), address="192.0.2.1")
    code = sandbox.code(phone(1))
    outcomes = at_once(*[lambda: actions.log_in(VISITOR, phone=phone(1), code=code)] * 6)
    assert outcomes == ["identity.code_used"] * 5 + ["ok"]
    assert Session.objects.count() == Citizen.objects.count() == 1


def test_guesses_at_once_are_all_counted(sandbox: Sandbox) -> None:
    actions.request_code(VISITOR, phone=phone(1), address="192.0.2.1")
    outcomes = at_once(*[lambda: actions.log_in(VISITOR, phone=phone(1), code="wrong")] * 8)
    assert outcomes == ["identity.code_locked"] * 3 + ["identity.code_wrong"] * 5
    assert LoginCode.objects.get().attempts == 5


def test_one_message_a_minute_also_when_asked_at_once(sandbox: Sandbox) -> None:
    ask = [lambda: actions.request_code(VISITOR, phone=phone(1), address="192.0.2.1")] * 5
    assert at_once(*ask) == ["identity.codes_too_often"] * 4 + ["ok"]
    assert len(sandbox.messages(phone(1))) == 1


def test_one_number_for_two_citizens_at_once(sandbox: Sandbox) -> None:
    citizens = [CitizenFactory() for _ in range(2)]

    def confirm(citizen: Citizen) -> Callable[[], Any]:
        return lambda: actions.check_real_name(
            citizen.actor, citizen=citizen, name="林试验", id_number=id_number(51)
        )

    assert at_once(*map(confirm, citizens)) == ["identity.id_number_taken", "ok"]
    assert Citizen.objects.filter(real_name_level=1).count() == 1
