"""Rows that do not open, in every list and page: shown as unreadable, while the others and the page stay."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from appointments.day_factories import make_booking
from appointments.day_factories import make_manager as make_hall_manager
from appointments.day_factories import make_world as make_hall
from cases.factories import make_citizen, make_world, reviewing_case, submitted_case
from django.db import connection
from django.test import Client
from identity.factories import CitizenFactory, bearer
from tickets.factories import handling, make_city

from zhijian.cases.models import Case
from zhijian.core import crypto
from zhijian.core.installation import encrypted_columns
from zhijian.core.unreadable import WORDS, UnreadableText, shown_as_such
from zhijian.identity.models import Citizen
from zhijian.messaging.models import Message

pytestmark = pytest.mark.django_db
_SPOIL = "UPDATE {0} SET {1} = set_byte({1}, length({1}) - 1, 255 - get_byte({1}, length({1}) - 1)) WHERE {2}"


def spoil(where: str = "true", *, table: str = "") -> None:
    """Change the last byte of every sealed value, of one table or all: as under a foreign key."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # some tables only grow
        for field in encrypted_columns():
            name = field.model._meta.db_table
            if table in ("", name):
                cursor.execute(_SPOIL.format(name, field.column, f"{field.column} IS NOT NULL AND {where}"))
        cursor.execute("SET LOCAL session_replication_role = origin")


def opens(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers or None)
    assert answer.status_code == 200, (address, answer.content[:300].decode())
    return answer.content.decode()


def test_one_row_under_a_foreign_key_leaves_the_queue_to_the_others(client: Client) -> None:
    world = make_world()
    sound, spoiled = submitted_case(world), submitted_case(replace(world, citizen=make_citizen()))
    spoil(f"id = {spoiled.citizen_id}", table="identity_citizen")
    client.force_login(world.office.window)
    page = opens(client, "/console/cases/")
    assert sound.number in page
    assert spoiled.number in page
    assert world.citizen.masked_name in page
    assert WORDS in page


def test_the_queue_comes_back_after_claiming_beside_an_unreadable_row(client: Client) -> None:
    world = make_world()
    sound, spoiled = submitted_case(world), submitted_case(replace(world, citizen=make_citizen()))
    spoil(f"id = {spoiled.citizen_id}", table="identity_citizen")
    client.force_login(world.office.window)
    answer = client.post(
        "/console/cases/bulk/",
        {"claim": sound.number, "next": "/console/cases/"},
        headers={"HX-Request": "true"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"已认领 {sound.number}" in page
    assert WORDS in page


def test_officers_pages_of_cases_open(client: Client) -> None:
    world = make_world()
    case = reviewing_case(world)
    spoil()
    client.force_login(world.office.officer)
    for address in ("/console/", "/console/cases/", f"/console/cases/{case.number}/"):
        opens(client, address)


def test_officers_pages_of_requests_open(client: Client) -> None:
    city = make_city()
    ticket = handling(city)
    spoil()
    client.force_login(city.officer)
    for address in ("/console/tickets/", f"/console/tickets/{ticket.number}/"):
        assert WORDS in opens(client, address)


def test_pages_of_a_halls_day_open(client: Client) -> None:
    world = make_hall()
    manager = make_hall_manager(world)
    make_booking(world)
    spoil()
    client.force_login(manager)
    for address in ("/console/arrivals/", "/console/hall-day/"):
        opens(client, address)


def test_citizens_lists_open(client: Client, run_tasks: Callable[[], int]) -> None:
    world = make_world()
    case = submitted_case(world)
    run_tasks()
    assert Message.objects.exists()
    who = bearer(world.citizen)
    spoil()
    for address in ("me", "cases", f"cases/{case.public_id}", "messages", "tickets", "bookings", "licences"):
        opens(client, f"/api/v1/{address}", **who)


def test_what_changes_something_refuses_instead(client: Client) -> None:
    world = make_world()
    case = submitted_case(world)
    who = bearer(world.citizen)
    spoil()
    answer = client.post(
        f"/api/v1/cases/{case.public_id}/withdraw",
        {"reason": "不办了"},
        content_type="application/json",
        headers=who,
    )
    assert (answer.status_code, answer.json()["code"]) == (503, "core.unreadable")
    with pytest.raises(crypto.Undecryptable):
        Case.objects.get(pk=case.pk)


def test_a_stand_in_that_is_saved_keeps_what_the_column_holds() -> None:
    citizen = CitizenFactory(real_named=True)
    spoil()
    stored = "SELECT name FROM identity_citizen WHERE id = %s"
    with connection.cursor() as cursor:
        before = bytes(cursor.execute(stored, [citizen.pk]).fetchone()[0])
        with shown_as_such():
            found = Citizen.objects.get(pk=citizen.pk)
        assert isinstance(found.name, UnreadableText)
        assert found.masked_name == found.masked_phone == WORDS
        found.save()
        assert bytes(cursor.execute(stored, [citizen.pk]).fetchone()[0]) == before
