"""A hospital's registration system, as a health platform offers it to government services: times, holds, orders."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from threading import Lock
from typing import Any

_CHINA = timezone(timedelta(hours=8))
_DAYS, _CAPACITY = 7, 3
_HOLD = timedelta(minutes=10)
_HOURS = (8, 9, 10, 14, 15, 16)
Answer = dict[str, Any]


class Registration:
    """Any department is known; each hour of the next week sees three patients. Orders live as long as the process."""

    def __init__(self, now: Callable[[], datetime] = lambda: datetime.now(_CHINA)) -> None:
        self._now = now
        self._lock = Lock()
        self._orders: dict[str, dict[str, Any]] = {}
        self._by_reference: dict[str, str] = {}

    def slots(self, request: Answer) -> Answer:
        department = str(request.get("department", ""))
        if not department:
            return {"code": "5000", "message": "department missing"}
        with self._lock:
            return {"code": "0", "slots": [self._slot(department, start) for start in self._starts()]}

    def hold(self, request: Answer) -> Answer:
        """One order a reference: a repeated request gets the same one."""
        slot, reference = str(request.get("slot", "")), str(request.get("reference", ""))
        if not (slot and reference and request.get("name") and request.get("id_number")):
            return {"code": "5000", "message": "request incomplete"}
        with self._lock:
            if reference in self._by_reference:
                return {"code": "0", "order": self._by_reference[reference]}
            if self._taken(slot) >= _CAPACITY:
                return {"code": "5001", "message": "no place left"}
            order = secrets.token_hex(8)
            self._orders[order] = {"slot": slot, "state": "held", "until": self._now() + _HOLD}
            self._by_reference[reference] = order
            return {"code": "0", "order": order}

    def confirm(self, request: Answer) -> Answer:
        with self._lock:
            order = self._orders.get(str(request.get("order")))
            if order is None or order["state"] == "cancelled":
                return {"code": "5002", "message": "no such order"}
            if order["state"] == "held" and order["until"] <= self._now():
                return {"code": "5003", "message": "hold has run out"}
            order["state"] = "confirmed"
            return {"code": "0"}

    def cancel(self, request: Answer) -> Answer:
        with self._lock:
            order = self._orders.get(str(request.get("order")))
            if order is not None:
                order["state"] = "cancelled"
            return {"code": "0"}

    def _starts(self) -> list[datetime]:
        midnight = self._now().replace(hour=0, minute=0, second=0, microsecond=0)
        days = (midnight + timedelta(days=day) for day in range(1, _DAYS + 1))
        return [day.replace(hour=hour) for day in days for hour in _HOURS]

    def _slot(self, department: str, start: datetime) -> Answer:
        key = f"{department}@{start:%Y%m%d%H}"
        return {
            "id": key,
            "starts_at": start.isoformat(),
            "ends_at": (start + timedelta(hours=1)).isoformat(),
            "free": _CAPACITY - self._taken(key),
        }

    def _taken(self, slot: str) -> int:
        moment = self._now()
        return sum(
            order["slot"] == slot
            and (order["state"] == "confirmed" or (order["state"] == "held" and order["until"] > moment))
            for order in self._orders.values()
        )
