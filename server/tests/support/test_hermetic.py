"""The guard around the tests' connections."""

import socket

import pytest
from django.conf import settings

from support import hermetic


def test_a_port_of_this_run_is_reached() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with socket.create_connection(server.getsockname(), timeout=5):
            pass
    assert hermetic.strangers() == []


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_another_port_is_refused_and_reported(host: str) -> None:
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((host, 1), timeout=5)
    found = hermetic.strangers()
    assert found
    assert all(one.endswith(":1") for one in found)


def test_a_name_of_the_world_is_neither_looked_up_nor_reached() -> None:
    with pytest.raises(socket.gaierror):
        socket.create_connection(("example.org", 80), timeout=5)
    assert hermetic.strangers() == ["example.org"]


def test_an_address_of_the_world_is_not_reached() -> None:
    with socket.socket() as plain:
        for connect in (plain.connect, plain.connect_ex):
            with pytest.raises(ConnectionRefusedError):
                connect(("192.0.2.1", 80))
    assert hermetic.strangers() == ["192.0.2.1:80", "192.0.2.1:80"]


def test_nobody_plays_the_outside_systems_unless_a_test_asks() -> None:
    port = int(settings.SANDBOX_URL.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError, match="Connection refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)
    assert hermetic.strangers() == []
