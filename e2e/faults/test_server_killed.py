"""The web server dies in the middle of things: what was acknowledged is there, nothing is half there."""

import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import httpx
import pytest
from support.applicant import Applicant, checked, insist, photograph
from support.city import City
from support.inside import held_up, kill, kill_workers_only, one, until

BACK_WITHIN = 30  # seconds
_CASE = "SELECT (state, number IS NULL)::text FROM cases_case WHERE public_id = %s"
_STEPS = "SELECT count(*) FROM cases_casestep s JOIN cases_case c ON c.id = s.case_id WHERE c.public_id = %s"
_FILES = "SELECT count(*) FROM cases_casefile f JOIN cases_case c ON c.id = f.case_id WHERE c.public_id = %s"
_SUBMITTED = """
SELECT count(*) FROM audit_auditentry WHERE action = 'case.submit' AND subject = 'case:' || %s
"""


@contextmanager
def killed_while_writing(city: City, table: str, request: Callable[[], httpx.Response]) -> Iterator[None]:
    """``request`` is in its transaction, about to write ``table``, when the server dies. The block sees what is left."""
    with ThreadPoolExecutor(1) as pool:
        with held_up(city, table) as reached:
            sent = pool.submit(request)
            reached()
            kill(city, "web")
            with pytest.raises(httpx.TransportError):
                sent.result(20)
        yield


def test_during_submission(city: City, applicant: Applicant) -> None:
    case_id, key = applicant.ready(), secrets.token_hex(16)
    with killed_while_writing(city, "audit_auditentry", lambda: applicant.submit(case_id, key)):
        assert one(city, _CASE, case_id) == "(draft,t)"
        assert one(city, _STEPS, case_id) == 0

    first = checked(insist(lambda: applicant.submit(case_id, key), seconds=BACK_WITHIN)).json()
    again = checked(applicant.submit(case_id, key)).json()
    assert first["state"] == "submitted"
    assert first["number"] == again["number"]
    assert one(city, _STEPS, case_id) == 1
    assert one(city, _SUBMITTED, first["number"]) == 1


def test_answer_to_a_submission_is_lost(city: City, applicant: Applicant) -> None:
    case_id, key = applicant.ready(), secrets.token_hex(16)
    _send_and_hang_up(city, applicant, case_id, key)
    until(lambda: one(city, _CASE, case_id) == "(submitted,f)", seconds=10)
    kill(city, "web")

    answer = checked(insist(lambda: applicant.submit(case_id, key), seconds=BACK_WITHIN)).json()
    assert one(city, "SELECT number FROM cases_case WHERE public_id = %s", case_id) == answer["number"]
    assert one(city, _STEPS, case_id) == 1


def test_during_upload(city: City, applicant: Applicant) -> None:
    case_id, upload_id = applicant.draft(), secrets.token_hex(16)
    send = lambda: applicant.upload(case_id, "photo", upload_id)  # noqa: E731 - the same request each time
    with killed_while_writing(city, "cases_casefile", send):
        assert one(city, _FILES, case_id) == 0

    first = checked(insist(send, seconds=BACK_WITHIN)).json()
    assert checked(send()).json()["id"] == first["id"]
    assert one(city, _FILES, case_id) == 1
    assert _readable(applicant, case_id, first["id"])


def test_half_an_upload(city: City, applicant: Applicant) -> None:
    case_id, upload_id = applicant.draft(), secrets.token_hex(16)
    with _half_sent(applicant, case_id, upload_id):
        kill(city, "web")

    answer = insist(lambda: applicant.upload(case_id, "photo", upload_id), seconds=BACK_WITHIN)
    assert _readable(applicant, case_id, checked(answer).json()["id"])
    assert one(city, _FILES, case_id) == 1


@pytest.mark.parametrize("strike", [kill_workers_only, kill], ids=["workers", "whole server"])
def test_whatever_was_acknowledged_is_there(
    city: City, applicant: Applicant, strike: Callable[..., None]
) -> None:
    case_id = applicant.draft()
    acknowledged: list[str] = []

    def upload_eight() -> None:
        for _ in range(8):
            upload_id = secrets.token_hex(16)
            send = lambda upload_id=upload_id: applicant.upload(case_id, "lease_contract", upload_id)  # noqa: E731
            acknowledged.append(checked(insist(send, seconds=BACK_WITHIN)).json()["id"])

    uploads = threading.Thread(target=upload_eight)
    uploads.start()
    until(lambda: len(acknowledged) >= 3, seconds=20)
    strike(city) if strike is kill_workers_only else strike(city, "web")
    uploads.join(60)
    assert len(set(acknowledged)) == 8
    assert one(city, _FILES, case_id) == 8
    assert all(_readable(applicant, case_id, file_id) for file_id in acknowledged)


def _readable(applicant: Applicant, case_id: str, file_id: str) -> bool:
    return checked(applicant.http.get(f"/cases/{case_id}/files/{file_id}")).content[:2] == b"\xff\xd8"


def _send_and_hang_up(city: City, applicant: Applicant, case_id: str, key: str) -> None:
    request = applicant.http.build_request(
        "POST", f"/cases/{case_id}/submit", json={"consent": True}, headers={"Idempotency-Key": key}
    )
    with _connected(city.port) as connection:
        connection.sendall(_on_the_wire(request) + request.read())
        time.sleep(0.05)  # taken up, not yet answered


@contextmanager
def _half_sent(applicant: Applicant, case_id: str, upload_id: str) -> Iterator[None]:
    request = applicant.http.build_request(
        "POST",
        f"/cases/{case_id}/materials/photo/files",
        files={"file": ("photo.jpg", photograph(), "image/jpeg")},
        headers={"Upload-Id": upload_id},
    )
    body = request.read()
    with _connected(request.url.port or 80) as connection:
        connection.sendall(_on_the_wire(request) + body[: len(body) // 2])
        yield


def _connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def _on_the_wire(request: httpx.Request) -> bytes:
    lines = [f"{request.method} {request.url.raw_path.decode()} HTTP/1.1"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
