"""No test reaches a port that this run did not open: another copy of the platform may run beside it.

Ports that this process binds are its own, also after they are closed. A port that a child process opened is named by
:func:`opened`. A connection elsewhere is refused, and :func:`strangers` tells the test that made it.
"""

import atexit
import socket
from ipaddress import ip_address
from typing import Any

_ours: set[int] = set()
_strangers: list[str] = []
_connect, _connect_ex, _bind, _find = (
    socket.socket.connect,
    socket.socket.connect_ex,
    socket.socket.bind,
    socket.getaddrinfo,
)


def guard() -> None:
    """From now on, for the whole process."""
    socket.socket.bind = _noted_bind  # type: ignore[method-assign]
    socket.socket.connect = _guarded_connect  # type: ignore[method-assign]
    socket.socket.connect_ex = _guarded_connect_ex  # type: ignore[method-assign]
    socket.getaddrinfo = _guarded_find


def opened(port: int) -> int:
    """A child process of this run listens there."""
    _ours.add(port)
    return port


def closed_port() -> int:
    """A port where nobody answers as long as this process lives: bound, never listened on."""
    holder = socket.socket()
    _bind(holder, ("127.0.0.1", 0))
    atexit.register(holder.close)
    return opened(int(holder.getsockname()[1]))


def strangers() -> list[str]:
    """What was asked for elsewhere since the last call."""
    found = list(_strangers)
    _strangers.clear()
    return found


def _noted_bind(self: socket.socket, address: Any) -> None:
    _bind(self, address)
    if self.family in {socket.AF_INET, socket.AF_INET6}:
        opened(int(self.getsockname()[1]))


def _guarded_connect(self: socket.socket, address: Any) -> None:
    _refuse_strange(self, address)
    _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: Any) -> int:
    _refuse_strange(self, address)
    return _connect_ex(self, address)


def _refuse_strange(self: socket.socket, address: Any) -> None:
    if self.family not in {socket.AF_INET, socket.AF_INET6}:
        return
    host, port = str(address[0]), int(address[1])
    if not (_is_here(host) and port in _ours):
        _strangers.append(f"{host}:{port}")
        raise ConnectionRefusedError(f"{host}:{port} was not opened by this run of the tests")


def _guarded_find(host: Any, *rest: Any, **options: Any) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    if name and not _is_here(name) and not _is_numeric(name):
        _strangers.append(name)
        raise socket.gaierror(socket.EAI_NONAME, f"{name} is not asked for by tests")
    return _find(host, *rest, **options)


def _is_here(host: str) -> bool:
    return host in {"localhost", "::1"} or host.startswith("127.")


def _is_numeric(host: str) -> bool:
    """An address asks nobody for its name; whether it is reached is the connection's affair."""
    try:
        return bool(ip_address(host))
    except ValueError:
        return False
