"""What the demo city lets people book now."""

import secrets
from datetime import date
from typing import Any

from support.applicant import Applicant, checked
from support.city import City


def bookable(city: City) -> dict[str, Any]:
    """The first item done at a hall with times to move a booking among, and a place of it."""
    for item in city.get("/public/catalog.json")["items"]:
        if item["bookable"] and item["handling"] == "visit":
            for place in city.get(f"/api/v1/booking/items/{item['code']}/places"):
                if (
                    place["next_free"]
                    and len(free_times(city, item["code"], place["group"], place["next_free"])) > 2
                ):
                    return {"code": item["code"], "place": place}
    raise LookupError("nothing can be booked: is the demo's supply of slots loaded?")


def free_times(city: City, item: str, group: str, moment: str) -> list[Any]:
    """The free ordinary times on the day of ``moment``."""
    times = city.get(f"/api/v1/booking/groups/{group}/times?item={item}&date={moment[:10]}")
    return [time for time in times if time["state"] == "open" and time["free"] > 0 and not time["rush"]]


def booked(
    applicant: Applicant, group: str, item: str, answers: dict[str, str], *, day: date, nth: int
) -> Any:
    """The ``nth`` time of a day held and confirmed, without a screen; the booking."""
    http = applicant.http
    query = {"item": item, "date": day.isoformat()}
    times = checked(http.get(f"/booking/groups/{group}/times", params=query)).json()
    return confirmed(applicant, times[nth]["slot"], answers)


def confirmed(applicant: Applicant, slot: str, answers: dict[str, str] | None = None) -> Any:
    """A slot held and confirmed; the booking."""
    http, body = applicant.http, {"slot": slot, "answers": answers or {}}
    held = checked(http.post("/bookings", json=body, headers=_key())).json()
    return checked(http.post(f"/bookings/{held['id']}/confirm", json={}, headers=_key())).json()


def moved(applicant: Applicant, booking: Any, slot: str) -> Any:
    address = f"/bookings/{booking['id']}/change"
    return checked(applicant.http.post(address, json={"slot": slot}, headers=_key())).json()


def _key() -> dict[str, str]:
    return {"Idempotency-Key": secrets.token_hex(16)}
