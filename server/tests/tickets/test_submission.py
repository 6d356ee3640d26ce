"""Sending: what is checked, what is kept, what keeps floods away."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import transaction
from identity.factories import CitizenFactory
from organizations.factories import RegionFactory
from support.dump import tables_with
from tickets.factories import (
    BODY,
    City,
    anonymous,
    draft,
    make_category,
    make_city,
    outlined,
    picture,
    published,
    sender,
    submitted,
    with_questions,
)

from zhijian.audit.models import AuditEntry
from zhijian.core.clock import now
from zhijian.core.files.errors import FileTooLarge, ImageTooLarge, TypeNotAllowed
from zhijian.core.geo import Point
from zhijian.core.models import CalendarYear
from zhijian.tickets import actions, errors
from zhijian.tickets.actions import flood, photos, upkeep
from zhijian.tickets.models import Photo, Sending, Ticket
from zhijian.tickets.queries.similar import suggestions
from zhijian.tickets.rules.limits import PHOTO_LIFETIME
from zhijian.tickets.rules.states import State

pytestmark = pytest.mark.django_db
SECRET = "星湖旧事"


@pytest.fixture
def city() -> City:
    return make_city()


def test_a_ticket_gets_number_clocks_and_a_step(city: City) -> None:
    ticket = submitted(city)
    assert ticket.number.startswith("SQ2026110200SB")
    assert ticket.contact_due_at is not None
    assert ticket.due_at is not None
    assert ticket.contact_due_at.isoformat() == "2026-11-03T23:59:59+08:00"
    assert ticket.due_at.isoformat() == "2026-11-09T23:59:59+08:00"
    assert ticket.sort_at == ticket.contact_due_at
    assert [step.action for step in ticket.steps.all()] == ["submit"]
    assert AuditEntry.objects.filter(action="ticket.submit", subject=f"ticket:{ticket.number}").exists()


def test_what_people_write_is_sealed_and_nobody_nameless_is_stored(city: City) -> None:
    device = sender(device="device-of-nobody")
    sent = actions.submit(sender=device, draft=draft(city, title=SECRET, body=f"{BODY}{SECRET}"))
    assert tables_with([SECRET, "device-of-nobody", sent.receipt, sent.receipt.replace("-", "")]) == set()
    ticket = sent.ticket
    assert (ticket.citizen, ticket.anonymous) == (None, True)
    entry = AuditEntry.objects.get(action="ticket.submit")
    assert (entry.actor_key, entry.actor_label) == (f"ticket:{ticket.public_id}", "匿名反映人")
    assert not Sending.objects.filter(sender__contains=ticket.public_id).exists()


@pytest.mark.parametrize(
    ("changes", "problem", "path"),
    [
        ({"title": "灯"}, errors.TicketWrong, "/title"),
        ({"title": "长" * 61}, errors.TicketWrong, "/title"),
        ({"body": "坏了"}, errors.TicketWrong, "/body"),
        ({"body": "长" * 2001}, errors.TicketWrong, "/body"),
        ({"category": "nothing"}, errors.CategoryWrong, "/category"),
        ({"answers": {"x": 1}}, errors.TicketWrong, "/answers"),
        ({"photos": ["nobody-has-this"]}, errors.TicketWrong, "/photos"),
        ({"place": actions.Place(kind="map")}, errors.TicketWrong, "/place"),
        ({"place": actions.Place(kind="hall", hall="moon")}, errors.TicketWrong, "/place/hall"),
        ({"place": actions.Place(kind="address", address="路")}, errors.TicketWrong, "/place/address"),
        ({"place": actions.Place(region="000000")}, errors.TicketWrong, "/place/region"),
        ({"place": actions.Place(kind="map", latitude=39.9, longitude=116.4)}, errors.OutsideCity, "/place"),
    ],
)
def test_wrong_tickets_are_refused_whole(
    city: City, changes: dict[str, Any], problem: Any, path: str
) -> None:
    with pytest.raises(problem) as refused:
        submitted(city, **changes)
    assert path in {fault.path for fault in refused.value.fields}
    assert not Ticket.objects.exists()
    assert not Sending.objects.exists()


def test_a_category_asks_its_own_questions(city: City) -> None:
    with_questions()
    with pytest.raises(errors.TicketWrong) as refused:
        submitted(city, category="asking", answers={"side": "up", "more": 1})
    assert {fault.path for fault in refused.value.fields} == {"/answers/side", "/answers/more"}
    ticket = submitted(city, category="asking", answers={"side": "east", "number": ""})
    assert ticket.answers == {"side": "east"}


def test_branches_and_closed_categories_take_nothing(city: City) -> None:
    street = make_category("street")
    make_category("hole", parent=street)
    make_category("closed", active=False)
    for code in ("street", "closed"):
        with pytest.raises(errors.CategoryWrong):
            submitted(city, category=code)


def test_a_required_place_and_a_needless_one(city: City) -> None:
    make_category("must", place="required")
    with pytest.raises(errors.TicketWrong):
        submitted(city, category="must")
    make_category("never", place="none")
    ticket = submitted(city, category="never", place=actions.Place(kind="hall", hall="city"))
    assert (ticket.place_kind, ticket.hall) == ("none", None)


def test_a_point_on_the_map_tells_the_region(city: City) -> None:
    """Routing by region then works for whoever only put a pin; a region that somebody chose stays."""
    quarter = RegionFactory(code="990199001", name="试验街道", parent=city.region)
    other = RegionFactory(code="990199002", name="另一街道", parent=city.region)
    outlined(quarter, south=31.0, west=112.3, side=0.1)
    place = actions.Place(kind="map", latitude=31.05, longitude=112.31)
    assert submitted(city, place=place).region == quarter
    assert submitted(city, place=replace(place, region=other.code)).region == other
    assert submitted(city, place=replace(place, latitude=31.1001)).region is None


def test_pictures_come_first_and_go_with_their_sender(city: City) -> None:
    me, other = sender(city.citizen), sender(device="other")
    mine, theirs = photos.upload(sender=me, file=picture()), photos.upload(sender=other, file=picture("blue"))
    with pytest.raises(errors.TicketWrong):
        submitted(city, photos=[mine.public_id, theirs.public_id])
    ticket = submitted(city, photos=[mine.public_id, mine.public_id])
    mine.refresh_from_db()
    assert (mine.ticket, mine.owner) == (ticket, "")
    with pytest.raises(errors.TicketWrong):
        submitted(city, photos=[mine.public_id])
    with pytest.raises(errors.PhotoNotFound):
        photos.remove(sender=me, photo_id=theirs.public_id)
    photos.remove(sender=other, photo_id=theirs.public_id)
    assert list(Photo.objects.all()) == [mine]


def test_pictures_lose_their_metadata_and_odd_files_are_refused(city: City) -> None:
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile
    from PIL import Image

    content = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Phone of somebody"
    Image.new("RGB", (32, 32)).save(content, "JPEG", exif=exif)
    photo = photos.upload(sender=sender(), file=SimpleUploadedFile("x.jpg", content.getvalue()))
    assert b"somebody" not in photo.file.read()
    with pytest.raises(TypeNotAllowed):
        photos.upload(sender=sender(), file=SimpleUploadedFile("x.jpg", b"<script>alert(1)</script>"))
    with pytest.raises(FileTooLarge):
        photos.upload(sender=sender(), file=SimpleUploadedFile("x.jpg", b"\xff\xd8\xff" + b"0" * (11 << 20)))
    with pytest.raises(ImageTooLarge):
        photos.upload(sender=sender(), file=picture(size=(9000, 9000)))


def test_pictures_nobody_used_are_swept(city: City) -> None:
    photos.upload(sender=sender(), file=picture())
    with time_machine.travel(now() + PHOTO_LIFETIME + timedelta(minutes=1)):
        assert photos.sweep() == 1
    assert not Photo.objects.exists()


def test_a_flood_from_one_device_ends_and_others_go_on(city: City) -> None:
    for count in range(3):
        actions.submit(sender=sender(), draft=draft(city, body=f"{BODY}{count}"))
    with pytest.raises(errors.SentTooOften) as refused:
        actions.submit(sender=sender(), draft=draft(city, body=f"{BODY}再一次"))
    assert 0 < (refused.value.retry_after or 0) <= 600
    actions.submit(sender=sender(device="other"), draft=draft(city, body=f"{BODY}别人"))
    with time_machine.travel(now() + timedelta(minutes=11)):
        actions.submit(sender=sender(), draft=draft(city, body=f"{BODY}过后"))
    assert Ticket.objects.count() == 5


def test_many_devices_at_one_address_end_too(city: City) -> None:
    for device in range(60):
        flood.count(sender(device=f"d{device}"), city.category)
    with pytest.raises(errors.SentTooOften), transaction.atomic():
        flood.count(sender(device="d61"), city.category)
    flood.count(sender(device="d61", address="10.0.0.2"), city.category)


def test_the_same_about_one_category_ends_within_a_day(city: City) -> None:
    start = now()
    for count in range(6):
        with time_machine.travel(start + timedelta(minutes=20 * count)):
            flood.count(sender(city.citizen), city.category)
    with time_machine.travel(start + timedelta(minutes=200)):
        with pytest.raises(errors.SentTooOften), transaction.atomic():
            flood.count(sender(city.citizen), city.category)
        flood.count(sender(city.citizen), make_category("other"))
    with time_machine.travel(start + timedelta(days=3)):
        assert flood.forget() == 7


def test_the_same_words_of_one_person_are_sent_once(city: City) -> None:
    ticket = submitted(city, body=BODY)
    with pytest.raises(errors.AlreadySent) as refused:
        submitted(city, body=BODY + " ！")
    assert refused.value.extra["ticket_id"] == ticket.public_id


def test_mass_duplicates_become_one_matter(city: City) -> None:
    first = submitted(city, body=BODY)
    people = CitizenFactory.create_batch(3, real_named=True)
    for person in people:
        sent = actions.submit(sender=sender(person), draft=draft(city, body=BODY))
        assert (sent.ticket.state, sent.ticket.merged_into) == (State.MERGED, first)
    nameless, _ = anonymous(city, body=BODY)
    assert nameless.merged_into == first
    assert set(first.followers.values_list("citizen_id", flat=True)) == {one.pk for one in people}
    with time_machine.travel(now() + timedelta(days=8)):
        assert submitted(city, body=BODY).state == State.SUBMITTED


def test_like_ones_are_suggested_public_ones_to_see_others_as_a_number(city: City) -> None:
    place = actions.Place(kind="map", latitude=31.05, longitude=112.31)
    seen = published(city, submitted_at_department(city, place=place), knowledge=False, answer="")
    submitted(city, place=place)
    submitted(city, place=actions.Place(kind="map", latitude=31.15, longitude=112.31))
    found = suggestions(category="lamps", text="公园南门路灯坏了晚上很黑", point=Point(31.0501, 112.3101))
    assert [publication.ticket for publication, _ in found.public] == [seen]
    assert found.others == 1
    assert suggestions(category="lamps", text="完全不相干的话题呀").public == []
    assert suggestions(category="other", text=BODY).public == []


def submitted_at_department(city: City, **fields: Any) -> Ticket:
    return actions.dispatch(
        city.dispatcher.actor, ticket=submitted(city, **fields), department=city.department
    )


def test_a_year_without_calendar_takes_the_ticket_and_fills_in_later(city: City) -> None:
    CalendarYear.objects.filter(year=2026).delete()
    ticket = submitted(city)
    assert (ticket.due_at, ticket.calendar_gap) == (None, 2026)
    CalendarYear.objects.create(year=2026, source="补录")
    assert upkeep.rewind(ticket=ticket).due_at is not None
