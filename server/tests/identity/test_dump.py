"""A dump of the database holds no phone, name or id number in clear."""

import pytest
from django.test import Client
from identity.factories import bearer, id_number, phone
from organizations.factories import StaffFactory
from support.dump import tables_with
from support.sandbox import Sandbox

from zhijian.identity import actions, queries
from zhijian.identity.models import Citizen
from zhijian.organizations.rules import Post
from zhijian.privacy.actions import reveal

pytestmark = pytest.mark.django_db
NAME, NUMBER, PHONE = "林试验", id_number(61), phone(61)


def test_nothing_personal_is_in_clear(client: Client, sandbox: Sandbox) -> None:
    actions.request_code(actions.VISITOR, phone=PHONE, address="192.0.2.61")
    citizen = actions.log_in(actions.VISITOR, phone=PHONE, code=sandbox.code(PHONE)).session.citizen
    actions.check_real_name(citizen.actor, citizen=citizen, name=NAME, id_number=NUMBER)
    confirmed = queries.citizen_by_phone(PHONE)
    assert confirmed
    staff = StaffFactory(posts=[Post.CASE_OFFICER])
    reveal(staff.actor, staff=staff, citizen=confirmed, fields=["name"], reason=f"核对{NAME}的材料")
    client.get("/api/v1/me", headers=bearer(confirmed))
    assert tables_with([NAME, NUMBER, PHONE, "192.0.2.61", sandbox.code(PHONE) + "x"]) == set()
    assert Citizen.objects.get().name == NAME, "and still it is there for who has the key"


def test_the_search_finds_what_is_in_clear() -> None:
    StaffFactory(name="显试验")
    assert "organizations_staff" in tables_with(["显试验"])
