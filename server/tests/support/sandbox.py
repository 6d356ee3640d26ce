"""The sandbox as a real process on a free port, and the server's adapters pointed at it."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from support.hermetic import opened

REPOSITORY = Path(__file__).resolve().parents[3]


@dataclass(frozen=True)
class Sandbox:
    url: str

    def fault(self, **systems: str) -> None:
        """fault(sms="timeout"): what the next calls meet."""
        self._call("POST", "/faults", systems)

    def messages(self, phone: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._call("GET", f"/messages?phone={phone}")
        return found

    def code(self, phone: str) -> str:
        """The newest log-in code sent to ``phone``."""
        return str(next(m["params"]["code"] for m in self.messages(phone) if "code" in m["params"]))

    def wechat_messages(self, openid: str = "") -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._call("GET", f"/wechat/messages?openid={openid}")
        return found

    def reset(self) -> None:
        self.fault(sms="ok", identity="ok", courier="ok", registration="ok", wechat="ok", tiles="ok")
        self._call("DELETE", "/messages")

    def _call(self, method: str, path: str, content: Any = None) -> Any:
        body = None if content is None else json.dumps(content).encode()
        request = urllib.request.Request(self.url + path, data=body, method=method)
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.load(answer)


@pytest.fixture(scope="session")
def sandbox_process() -> Iterator[Sandbox]:
    # Tests travel in time; the sandbox's clock stays.
    options = ["--port", "0", "--host", "127.0.0.1", "--tolerance", "200000"]
    command = [sys.executable, "-m", "sandbox", *options]
    with subprocess.Popen(command, cwd=REPOSITORY, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        port = opened(int(process.stdout.readline().split()[-1]))
        yield Sandbox(f"http://127.0.0.1:{port}")
        process.terminate()


@pytest.fixture
def sandbox(sandbox_process: Sandbox, settings: Settings) -> Iterator[Sandbox]:
    """Healthy and empty; the adapters wait 0.4 s for it."""
    from zhijian.identity.adapters import registry
    from zhijian.messaging.adapters import registry as messaging
    from zhijian.messaging.rules.channels import OUTSIDE

    settings.OUTSIDE = {
        name: options | {"url": sandbox_process.url, "read_seconds": "0.4"}
        for name, options in settings.OUTSIDE.items()
    }
    registry.adapter.cache_clear()
    messaging.adapter.cache_clear()
    sandbox_process.reset()
    yield sandbox_process
    sandbox_process.reset()
    for adapter in (registry.sms(), registry.identity_check()):
        adapter.gateway.outbound.close()  # type: ignore[attr-defined]
    for channel in OUTSIDE:
        messaging.adapter_of(channel).outbound.close()  # type: ignore[attr-defined]
    registry.adapter.cache_clear()
    messaging.adapter.cache_clear()
