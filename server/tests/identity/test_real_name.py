"""The real-name check against the sandbox's register."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from identity.factories import CitizenFactory, bearer, id_number
from support.sandbox import Sandbox
from time_machine import TimeMachineFixture

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now, today
from zhijian.identity import actions, errors
from zhijian.identity.models import Citizen

pytestmark = pytest.mark.django_db
NUMBER = id_number(41)


def confirm(client: Client, headers: dict[str, Any], name: str = "林试验", number: str = NUMBER) -> Any:
    content = {"name": name, "id_number": number}
    return client.post("/api/v1/me/real-name", content, content_type="application/json", headers=headers)


def known_person() -> dict[str, Any]:
    people = json.loads((django_settings.DEMO_ROOT / "people.json").read_text(encoding="utf-8"))
    return next(person for person in people if not person["real_name"])


def test_a_name_and_number_that_match_are_confirmed(client: Client, sandbox: Sandbox) -> None:
    citizen = CitizenFactory()
    answer = confirm(client, bearer(citizen), " 林试验 ", NUMBER.lower())
    assert answer.status_code == 200
    assert answer.json()["real_name"] is True
    assert answer.json()["name_masked"] == "林**"
    citizen.refresh_from_db()
    assert (citizen.name, citizen.id_number) == ("林试验", NUMBER)
    assert AuditEntry.objects.filter(action="citizen.real_named", outcome="done").count() == 1


def test_repeating_it_changes_nothing(client: Client, sandbox: Sandbox) -> None:
    own = bearer(CitizenFactory())
    assert confirm(client, own).content == confirm(client, own).content
    assert AuditEntry.objects.filter(action="citizen.real_named").count() == 1


@pytest.mark.parametrize(
    ("name", "number", "paths"),
    [
        ("林试验", NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1"), ["/id_number"]),
        ("林试验", NUMBER[:-1], ["/id_number"]),
        ("林试验", "", ["/id_number"]),
        ("林试验", id_number(born="19901315"), ["/id_number"]),
        ("林1", NUMBER, ["/name"]),
        ("", "x", ["/name", "/id_number"]),
    ],
)
def test_what_cannot_be_right_is_named_and_not_asked_for(
    client: Client, sandbox: Sandbox, name: str, number: str, paths: list[str]
) -> None:
    sandbox.fault(identity="500")
    answer = confirm(client, bearer(CitizenFactory()), name, number)
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.real_name_wrong")
    assert [field["path"] for field in answer.json()["fields"]] == paths
    assert all(not field["message"].isascii() for field in answer.json()["fields"])


def test_another_name_than_the_registers_is_refused(client: Client, sandbox: Sandbox) -> None:
    person = known_person()
    own = bearer(CitizenFactory())
    answer = confirm(client, own, "别试验", person["id_number"])
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.real_name_mismatch")
    assert AuditEntry.objects.get(action="citizen.real_named").facts == {"reason": "mismatch"}
    assert confirm(client, own, person["name"], person["id_number"]).status_code == 200


def test_a_number_outside_the_register_is_refused(client: Client, sandbox: Sandbox) -> None:
    answer = confirm(client, bearer(CitizenFactory()), number=id_number(region="110105"))
    assert answer.json()["code"] == "identity.real_name_mismatch"


def test_one_number_belongs_to_one_citizen(client: Client, sandbox: Sandbox) -> None:
    assert confirm(client, bearer(CitizenFactory())).status_code == 200
    second = CitizenFactory()
    answer = confirm(client, bearer(second))
    assert (answer.status_code, answer.json()["code"]) == (409, "identity.id_number_taken")
    assert "大厅" in answer.json()["title"]
    second.refresh_from_db()
    assert (second.name, second.id_number, second.real_name) == ("", "", False)


def test_a_stranger_cannot_learn_that_a_number_is_taken(client: Client, sandbox: Sandbox) -> None:
    person = known_person()
    confirm(client, bearer(CitizenFactory()), person["name"], person["id_number"])
    answer = confirm(client, bearer(CitizenFactory()), "别试验", person["id_number"])
    assert answer.json()["code"] == "identity.real_name_mismatch"


def test_who_is_confirmed_stays_that_person(client: Client, sandbox: Sandbox) -> None:
    own = bearer(CitizenFactory(real_named=True))
    answer = confirm(client, own, "林试验", id_number(977))
    assert (answer.status_code, answer.json()["code"]) == (409, "identity.already_real_named")


def test_a_child_is_sent_to_its_guardian(client: Client, sandbox: Sandbox) -> None:
    young = f"{today().year - 10}0101"
    answer = confirm(client, bearer(CitizenFactory()), number=id_number(born=young))
    assert (answer.status_code, answer.json()["code"]) == (422, "identity.guardian_needed")
    assert "监护人" in answer.json()["title"]


def test_ten_checks_a_day(client: Client, sandbox: Sandbox, time_machine: TimeMachineFixture) -> None:
    person, own = known_person(), bearer(CitizenFactory())
    for _ in range(10):
        assert confirm(client, own, "别试验", person["id_number"]).status_code == 422
    answer = confirm(client, own, person["name"], person["id_number"])
    assert (answer.status_code, answer.json()["code"]) == (429, "identity.real_name_too_often")
    time_machine.move_to(now() + timedelta(seconds=86_400))
    assert confirm(client, own, person["name"], person["id_number"]).status_code == 200


@pytest.mark.parametrize("fault", ["timeout", "500", "reject"])
def test_with_the_register_down_nothing_is_lost(client: Client, sandbox: Sandbox, fault: str) -> None:
    citizen = CitizenFactory()
    own = bearer(citizen)
    sandbox.fault(identity=fault)
    answer = confirm(client, own)
    assert (answer.status_code, answer.json()["code"]) == (503, "identity.check_unavailable")
    citizen.refresh_from_db()
    assert (citizen.checks, citizen.real_name) == (0, False)
    sandbox.fault(identity="ok")
    assert confirm(client, own).status_code == 200


def test_two_accounts_at_once_are_decided_by_the_database(sandbox: Sandbox) -> None:
    one, two = CitizenFactory(), CitizenFactory()
    actions.check_real_name(one.actor, citizen=one, name="林试验", id_number=NUMBER)
    with pytest.raises(errors.IdNumberTaken):
        actions.check_real_name(two.actor, citizen=two, name="林试验", id_number=NUMBER)
    assert Citizen.objects.exclude(id_index=None).get() == one
