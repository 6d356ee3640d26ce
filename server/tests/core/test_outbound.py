"""The adapters' client against a real server that fails in every way a real one does."""

import logging
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from threading import Thread
from typing import Any

import pytest
from core.faulty_server import FaultyServer, faulty_server
from django.db import transaction

from zhijian.core.outbound import Breaker, Outbound, Permanent, Policy, Retryable, signed_headers
from zhijian.core.outbound.locks import CalledInTransaction
from zhijian.core.outbound.signing import signature


def test_nothing_outside_is_waited_for_while_rows_are_locked(
    client: Outbound, settings: Any, caplog: pytest.LogCaptureFixture, db: None
) -> None:
    assert client.get_json("/ok") is not None
    for call in (
        client.get_json,
        client.get_bytes,
        client.status_of,
        lambda path: client.post_json(path, b"{}"),
    ):
        with pytest.raises(CalledInTransaction), transaction.atomic():
            call("/ok")  # type: ignore[operator]
    settings.OUTBOUND_STRICT = False
    with transaction.atomic():
        client.get_json("/ok")
    assert "outside system called within a transaction" in caplog.messages


QUICK = Policy(
    connect=0.5,
    read=0.3,
    total=0.6,
    concurrency=2,
    wait_for_place=0.1,
    failures=3,
    rest=0.4,
    max_bytes=10_000,
)


@pytest.fixture
def server() -> Iterator[FaultyServer]:
    with faulty_server() as server:
        yield server


@pytest.fixture
def brittle(server: FaultyServer) -> Iterator[Outbound]:
    """Its circuit opens after three failures."""
    client = Outbound(name="trial", base_url=server.url, policy=QUICK)
    yield client
    client.close()


@pytest.fixture
def client(server: FaultyServer) -> Iterator[Outbound]:
    client = Outbound(name="trial", base_url=server.url, policy=replace(QUICK, failures=99))
    yield client
    client.close()


@contextmanager
def saying(answer: bytes) -> Iterator[Outbound]:
    """A client of a server that says exactly these bytes to who comes first."""

    def speak() -> None:
        connection, _ = listening.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as listening:
        speaker = Thread(target=speak)
        speaker.start()
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        client = Outbound(name="trial", base_url=address, policy=QUICK)
        yield client
        client.close()
        speaker.join()


def test_a_good_answer(client: Outbound) -> None:
    assert client.post_json("/ok", '{"姓":1}'.encode()) == {"echo": '{"姓":1}'}
    assert client.get_json("/ok") == {"echo": ""}


def test_bytes_come_as_they_are(client: Outbound) -> None:
    assert client.get_bytes("/html") == (b"<html>login</html>", "")
    assert client.get_bytes("/list") == (b"[1]", "")
    head = b"HTTP/1.1 200 OK\r\nContent-Type: Image/PNG; charset=x\r\nContent-Length: 2\r\n\r\n"
    with saying(head + b"\x89\x00") as other:
        assert other.get_bytes("/") == (b"\x89\x00", "image/png")


@pytest.mark.parametrize(
    ("path", "kind", "reason", "calls"),
    [
        ("/silent", Retryable, "timeout", 2),
        ("/reset", Retryable, "broken", 2),
        ("/drip", Retryable, "too_slow", 1),
        ("/503", Retryable, "http_503", 2),
        ("/404", Permanent, "http_404", 1),
        ("/302", Permanent, "http_302", 1),
        ("/huge", Permanent, "answer_too_large", 1),
    ],
)
def test_bytes_fail_as_objects_do(
    client: Outbound, server: FaultyServer, path: str, kind: type[Exception], reason: str, calls: int
) -> None:
    with pytest.raises(kind) as failure:
        client.get_bytes(path)
    assert failure.value.reason == reason  # type: ignore[attr-defined]
    assert server.calls[path.strip("/")] == calls


def test_bytes_open_the_circuit_as_objects_do(brittle: Outbound, server: FaultyServer) -> None:
    for _ in range(3):
        with pytest.raises(Retryable, match="http_503"):
            brittle.get_bytes("/503")
    with pytest.raises(Retryable, match="circuit_open"):
        brittle.get_bytes("/ok")
    assert server.calls["ok"] == 0


def test_an_answer_packed_wrongly() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n"
    with saying(head + b"plain") as client, pytest.raises(Permanent, match="not_decoded"):
        client.get_bytes("/")


def test_an_address_that_cannot_be_one(client: Outbound) -> None:
    with pytest.raises(Permanent, match="bad_address"):
        client.get_bytes("http://trial:port/?key=hush")


def test_who_has_used_up_the_time_is_not_asked_again(server: FaultyServer) -> None:
    client = Outbound(name="trial", base_url=server.url, policy=replace(QUICK, total=QUICK.read))
    with pytest.raises(Retryable, match="timeout"):
        client.get_bytes("/silent")
    client.close()
    assert server.calls["silent"] == 1


@pytest.mark.parametrize(
    ("path", "kind", "reason"),
    [
        ("/silent", Retryable, "timeout"),
        ("/reset", Retryable, "broken"),
        ("/drip", Retryable, "too_slow"),
        ("/500", Retryable, "http_500"),
        ("/503", Retryable, "http_503"),
        ("/429", Retryable, "http_429"),
        ("/400", Permanent, "http_400"),
        ("/403", Permanent, "http_403"),
        ("/302", Permanent, "http_302"),
        ("/huge", Permanent, "answer_too_large"),
        ("/html", Permanent, "not_json"),
        ("/list", Permanent, "not_an_object"),
    ],
)
def test_failures_are_told_apart(
    client: Outbound, server: FaultyServer, path: str, kind: type[Exception], reason: str
) -> None:
    started = time.monotonic()
    with pytest.raises(kind) as failure:
        client.post_json(path, b"{}")
    assert failure.value.reason == reason  # type: ignore[attr-defined]
    assert time.monotonic() - started < 2
    assert server.calls[path.strip("/")] == 1, "what may have arrived is not sent twice"


def test_nobody_listens() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        client = Outbound(name="trial", base_url=f"http://127.0.0.1:{unused.getsockname()[1]}", policy=QUICK)
        with pytest.raises(Retryable, match="unreachable"):
            client.post_json("/ok", b"{}")
        client.close()


def test_an_idempotent_call_is_tried_again(client: Outbound, server: FaultyServer) -> None:
    assert client.post_json("/once_reset", b"{}", idempotent=True) == {}
    assert server.calls["once_reset"] == 2
    with pytest.raises(Retryable):
        client.get_json("/503")
    assert server.calls["503"] == 2


def test_one_slow_system_holds_few_threads(client: Outbound, server: FaultyServer) -> None:
    with ThreadPoolExecutor(5) as pool:
        calls = [pool.submit(client.post_json, "/silent", b"{}") for _ in range(5)]
        reasons = sorted(call.exception().reason for call in calls)  # type: ignore[union-attr]
    assert reasons == ["busy", "busy", "busy", "timeout", "timeout"]
    assert server.calls["silent"] == 2


def test_the_circuit_opens_rests_and_closes(brittle: Outbound, server: FaultyServer) -> None:
    server.healthy = False
    for _ in range(3):
        with pytest.raises(Retryable, match="http_503"):
            brittle.post_json("/sometimes", b"{}")
    with pytest.raises(Retryable, match="circuit_open"):
        brittle.post_json("/sometimes", b"{}")
    assert server.calls["sometimes"] == 3, "an open circuit asks nobody"
    server.healthy = True
    time.sleep(QUICK.rest + 0.05)
    assert brittle.post_json("/sometimes", b"{}") == {}
    assert not brittle.breaker.is_open


def test_refusals_do_not_open_the_circuit(brittle: Outbound) -> None:
    for _ in range(5):
        with pytest.raises(Permanent):
            brittle.post_json("/400", b"{}")
    assert not brittle.breaker.is_open


def test_one_probe_goes_out_after_the_rest() -> None:
    moment = [0.0]
    breaker = Breaker(failures=2, rest=10, monotonic=lambda: moment[0])
    breaker.failed()
    assert breaker.admit()
    breaker.failed()
    assert [breaker.admit(), breaker.admit()] == [False, False]
    moment[0] = 10
    assert [breaker.admit(), breaker.admit()] == [True, False]
    breaker.failed()
    moment[0] = 19
    assert not breaker.admit()
    moment[0] = 20
    assert breaker.admit()
    breaker.succeeded()
    assert [breaker.admit(), breaker.admit()] == [True, True]


def test_neither_logs_nor_errors_tell_what_was_sent(
    client: Outbound, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), pytest.raises(Retryable) as failure:
        client.post_json("/503", b'{"phone": "19900001234"}', headers={"X-Secret": "hush"})
    told = caplog.text + str(failure.value) + str([vars(entry) for entry in caplog.records])
    assert "outside system failed" in told
    assert "19900001234" not in told
    assert "hush" not in told


def test_signatures_change_with_every_part() -> None:
    base = signature("app", "1", "n", b"body", secret="s")
    assert base == signature("app", "1", "n", b"body", secret="s")
    others = [
        signature("app2", "1", "n", b"body", secret="s"),
        signature("app", "2", "n", b"body", secret="s"),
        signature("app", "1", "m", b"body", secret="s"),
        signature("app", "1", "n", b"body!", secret="s"),
        signature("app", "1", "n", b"body", secret="t"),
    ]
    assert len({base, *others}) == 6
    one, two = (signed_headers(app_id="app", secret="s", body=b"") for _ in range(2))
    assert one["X-Nonce"] != two["X-Nonce"]
