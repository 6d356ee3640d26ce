"""A hospital's registration as sandbox/ speaks it: JSON over signed HTTP."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from zhijian.appointments.adapters.base import OutsideSlot, PlaceTaken, SystemUnavailable
from zhijian.identity.adapters.gateway import Gateway

_TAKEN = {"code_5001", "code_5002", "code_5003"}


class Registration:
    def __init__(self, options: Mapping[str, str]) -> None:
        self.gateway = Gateway("registration", options)

    def slots(self, department: str) -> list[OutsideSlot]:
        answer = self._ask("slots", {"department": department})
        try:
            return [
                OutsideSlot(
                    str(row["id"]),
                    datetime.fromisoformat(row["starts_at"]),
                    datetime.fromisoformat(row["ends_at"]),
                    max(0, int(row["free"])),
                )
                for row in answer["slots"]
            ]
        except (KeyError, TypeError, ValueError):
            raise SystemUnavailable("answer_malformed") from None

    def hold(self, slot: str, *, name: str, id_number: str, reference: str) -> str:
        request = {"slot": slot, "name": name, "id_number": id_number, "reference": reference}
        order = self._ask("holds", request).get("order")
        if not isinstance(order, str) or not order:
            raise SystemUnavailable("answer_malformed")
        return order

    def confirm(self, order: str) -> None:
        self._ask("confirmations", {"order": order})

    def cancel(self, order: str) -> None:
        self._ask("cancellations", {"order": order})

    def _ask(self, what: str, request: Mapping[str, Any]) -> dict[str, Any]:
        try:
            # The client does not repeat it: the signature's nonce counts once.
            return self.gateway.ask(f"/registration/v1/{what}", request, idempotent=False)
        except SystemUnavailable as error:
            if str(error) in _TAKEN:
                raise PlaceTaken from None
            raise
