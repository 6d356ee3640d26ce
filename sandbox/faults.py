"""Faults that tests and demos switch on, by system."""

import time
from threading import Lock

SYSTEMS = ("sms", "identity", "courier", "registration", "wechat", "tiles")
KINDS = ("ok", "timeout", "reject", "500", "limit", "token", "page")
_HOLD = 30.0  # seconds a "timeout" keeps the caller waiting, unless it is switched off meanwhile


class Faults:
    def __init__(self) -> None:
        self._lock = Lock()
        self._present = dict.fromkeys(SYSTEMS, "ok")

    def present(self) -> dict[str, str]:
        with self._lock:
            return dict(self._present)

    def switch(self, wanted: dict[str, str]) -> None:
        """Raises ValueError for a system or fault that doesn't exist; then nothing changes."""
        for system, kind in wanted.items():
            if system not in SYSTEMS or kind not in KINDS:
                raise ValueError(f"{system}: {kind}")
        with self._lock:
            self._present.update(wanted)

    def of(self, system: str) -> str:
        """The fault to answer with; a "timeout" has already been sat out."""
        started = time.monotonic()
        while self.present()[system] == "timeout" and time.monotonic() - started < _HOLD:
            time.sleep(0.05)
        return self.present()[system]
