"""A citizen's phone without its screen: logs in, applies and uploads over HTTP."""

import io
import itertools
import secrets
import time
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import httpx
from PIL import Image

from support.city import City

ITEM = "990100GA0002000"  # 居住证申领
ANSWERS = {"reason": "live", "housing": "rent", "first": "first"}
MATERIALS = ("id_card", "photo", "lease_contract")


@dataclass(frozen=True)
class Person:
    """Invented: the id number has the unassigned prefix 9901."""

    phone: str
    name: str
    id_number: str

    def form(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "id_number": self.id_number,
            "ethnicity": "汉族",
            "registered_address": "远山省青川市白石镇梧桐街12号",
            "education": "bachelor",
            "residence_address": "云州市澄湖区望湖路88号3幢502室",
            "residence_since": "2025-03-01",
            "checker": "visit",
            "phone": self.phone,
            "declaration": True,
        }


class Applicant:
    """Answers are httpx responses; ``checked`` ones raise unless they are successes."""

    def __init__(self, city: City, person: Person, token: str) -> None:
        self.person = person
        self.token = token
        self.http = httpx.Client(
            base_url=f"{city.app}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=60
        )

    @classmethod
    def logged_in(cls, city: City, person: Person) -> Self:
        """By the one-time code that the sandbox's SMS page shows; verified by name and id number."""
        with httpx.Client(timeout=20) as http:
            checked(http.post(f"{city.app}/api/v1/login-codes", json={"phone": person.phone}))
            messages = checked(http.get(f"{city.sandbox}/messages", params={"phone": person.phone})).json()
            code = next(message["params"]["code"] for message in messages if "code" in message["params"])
            login = {"phone": person.phone, "code": code, "device": "测试手机"}
            token = checked(http.post(f"{city.app}/api/v1/sessions", json=login)).json()["token"]
        applicant = cls(city, person, token)
        if not applicant.me()["real_name"]:
            names = {"name": person.name, "id_number": person.id_number}
            checked(applicant.http.post("/me/real-name", json=names))
        return applicant

    def me(self) -> dict[str, Any]:
        return dict(checked(self.http.get("/me")).json())

    def begun(self, item_code: str, answers: dict[str, str]) -> str:
        """An empty draft of any item; its id."""
        key = {"Idempotency-Key": secrets.token_hex(16)}
        body = {"item_code": item_code, "answers": answers}
        return str(checked(self.http.post("/cases", json=body, headers=key)).json()["id"])

    def draft(self) -> str:
        """Opens a draft of the residence permit and fills its form in; returns its id."""
        case_id = self.begun(ITEM, ANSWERS)
        checked(
            self.http.patch(f"/cases/{case_id}/form", json={"values": self.person.form(), "page": "contact"})
        )
        return case_id

    def ready(self) -> str:
        """A draft that lacks nothing but its submission."""
        case_id = self.draft()
        for code in MATERIALS:
            checked(self.upload(case_id, code, secrets.token_hex(16)))
        return case_id

    def submitted(self, **delivery: str) -> dict[str, Any]:
        """A case that waits for acceptance. ``delivery``: method and what it needs; electronic without."""
        case_id = self.ready()
        if delivery:
            checked(self.http.put(f"/cases/{case_id}/delivery", json=delivery))
        return dict(checked(self.submit(case_id, secrets.token_hex(16))).json())

    def upload(
        self, case_id: str, code: str, upload_id: str, *, content: bytes | None = None
    ) -> httpx.Response:
        name, mime = f"{self.person.name}{code}.jpg", "image/jpeg"
        return self.http.post(
            f"/cases/{case_id}/materials/{code}/files",
            files={"file": (name, content or photograph(), mime)},
            headers={"Upload-Id": upload_id},
        )

    def submit(self, case_id: str, key: str) -> httpx.Response:
        return self.http.post(
            f"/cases/{case_id}/submit", json={"consent": True}, headers={"Idempotency-Key": key}
        )

    def case(self, case_id: str) -> dict[str, Any]:
        return dict(checked(self.http.get(f"/cases/{case_id}")).json())


def checked(answer: httpx.Response) -> httpx.Response:
    if not answer.is_success:
        raise AssertionError(
            f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:500]}"
        )
    return answer


def insist(attempt: Any, *, seconds: float) -> httpx.Response:
    """Repeat ``attempt`` as an app does while it gets no connection or a 5xx; the last answer otherwise."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            answer: httpx.Response = attempt()
            if answer.status_code < 500 or time.monotonic() > deadline:
                return answer
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)


@cache
def photograph(width: int = 1200, height: int = 900) -> bytes:
    """A JPEG of a scan's size, without a scan's content."""
    soft = Image.effect_noise((width // 8, height // 8), 40).resize((width, height))
    image = soft.convert("RGB")
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


_numbers = itertools.count(secrets.randbelow(10_000))


def stranger() -> Person:
    """Somebody whom no other test of this run knows; another run on the same city meets others."""
    return invented(next(_numbers) % 10_000)


def invented(number: int) -> Person:
    """The same person for the same ``number`` (0 to 9999)."""
    first_17 = f"9901011990{number // 500 % 12 + 1:02d}{number // 25 % 28 + 1:02d}{number % 1000:03d}"
    total = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(first_17))
    surname, given = "赵钱孙李周吴郑王冯陈"[number % 10], "晓雯立群思远清和若谷"
    name = surname + given[number // 10 % 10] + given[number // 100 % 10]
    return Person(f"1990009{number:04d}", name, first_17 + "10X98765432"[total % 11])
