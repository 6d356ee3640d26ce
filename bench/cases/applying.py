"""A whole application as an app makes it: a draft, its form, three photographs, the submission."""

import secrets

from support.applicant import ANSWERS, ITEM, MATERIALS, photograph
from support.city import City

from bench.cases.people import person, token_of
from bench.client import Client
from bench.figures import Value, latency
from bench.progress import say

TIMES = 40
_FIRST = 2_000  # of persons; those before are left to the other measurements
_WARM_UP = 5
_CASES = "/api/v1/cases"


def applications(city: City) -> dict[str, Value]:
    """What opening the draft takes, and the sum of all six answers."""
    say(f"cases: {TIMES} whole applications …")
    taken = [_apply(city, number) for number in range(_FIRST, _FIRST + _WARM_UP + TIMES)][_WARM_UP:]
    return {
        **latency("draft_create", [seconds[0] for seconds in taken]),
        **latency("application_flow", [sum(seconds) for seconds in taken]),
    }


def _apply(city: City, number: int) -> list[float]:
    with Client(city.port, headers={"Authorization": f"Bearer {token_of(number)}"}) as client:
        for draft in client.get(f"{_CASES}?state=draft").json()["items"]:  # an open one would be given again
            client.send("DELETE", f"{_CASES}/{draft['id']}", None, expect=204)
        opening = {"item_code": ITEM, "answers": ANSWERS}
        opened = client.send("POST", _CASES, opening, expect=201, Idempotency_Key=secrets.token_hex(16))
        path = f"{_CASES}/{opened.json()['id']}"
        saved = client.send("PATCH", f"{path}/form", {"values": person(number).form()}, expect=200)
        photographs = [
            client.upload(f"{path}/materials/{code}/files", f"{code}.jpg", photograph(), expect=201)
            for code in MATERIALS
        ]
        consent, key = {"consent": True}, secrets.token_hex(16)
        submitted = client.send("POST", f"{path}/submit", consent, expect=200, Idempotency_Key=key)
    return [answer.seconds for answer in (opened, saved, *photographs, submitted)]
