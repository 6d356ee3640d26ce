"""Sending a ticket: somebody logged in reports a hole in the road at a point of the map, which goes on at once."""

import secrets
from typing import Any

from support.city import City

from bench.cases.people import make_citizens, token_of
from bench.client import Client, Unexpected
from bench.database import connect
from bench.figures import Value, latency
from bench.progress import say

TIMES = 45
_WARM_UP = 5
_CONTROL = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
_PATH = "/api/v1/tickets"
_PLACE = {"kind": "map", "latitude": 31.0521, "longitude": 112.3106, "address": "望湖路口"}


def measure(city: City) -> dict[str, Value]:
    connect()
    from zhijian.tickets.models import Sending

    make_citizens(_WARM_UP + TIMES)
    Sending.objects.all().delete()  # all come from one address, which may not send as many in an hour
    say(f"tickets: sending {TIMES} …")
    seconds = [_send(city, token_of(number)) for number in range(_WARM_UP + TIMES)]
    return latency("ticket_submit", seconds[_WARM_UP:]) | {"ticket_submit_queries": _queries()}


def _send(city: City, token: str) -> float:
    with Client(city.port, headers={"Authorization": f"Bearer {token}"}) as client:
        client.get("/api/v1/me")  # the phone's connection is open by then
        answer = client.send("POST", _PATH, _ticket(), expect=201, Idempotency_Key=secrets.token_hex(16))
    if answer.json()["ticket"]["state"] != "dispatched":
        raise Unexpected("the ticket was not sent on")
    return answer.seconds


def _queries() -> int:
    """Statements of one request, without those that begin and end transactions; a first one warms caches up."""
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    headers = {"Authorization": f"Bearer {token_of(0)}"}

    def send() -> None:
        key = {"Idempotency-Key": secrets.token_hex(16)}
        answer = Browser().post(_PATH, _ticket(), content_type="application/json", headers=headers | key)
        if answer.status_code != 201:
            raise Unexpected(f"{_PATH}: {answer.status_code}")

    send()
    with CaptureQueriesContext(connection) as captured:
        send()
    return sum(not query["sql"].startswith(_CONTROL) for query in captured)


def _ticket() -> dict[str, Any]:
    """Each in words of its own: the same words would join the ticket before."""
    body = f"路口有一个坑，骑车经过时要避让，晚上看不清，请安排修补。{secrets.token_hex(8)}"
    return {
        "category": "street-road",
        "title": "路面有坑",
        "body": body,
        "place": _PLACE,
        "share_consent": True,
    }
