"""Asking for tiles of an invented city."""

from django.http import HttpResponse
from django.test import Client

HALL = {"latitude": 30.5, "longitude": 120.5}
Z, X, Y = 12, 3419, 1684  # over the hall
HERE, BESIDE = (Z, X, Y), (Z, X + 1, Y)


def ask(z: object, x: object, y: object, *, layer: object = 0, **headers: str) -> HttpResponse:
    return Client().get(f"/api/v1/map/tiles/{layer}/{z}/{x}/{y}", headers=headers)  # type: ignore[return-value]


def code(answer: HttpResponse) -> str:
    """Of a refusal, which nobody may keep."""
    assert answer["Content-Type"] == "application/problem+json"
    assert answer["Cache-Control"] == "no-store"
    return str(answer.json()["code"])  # type: ignore[attr-defined]
