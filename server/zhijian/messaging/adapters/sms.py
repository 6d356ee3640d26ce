"""The SMS gateway as sandbox/ speaks it: approved templates, a signature, a client's own id for each message."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from zhijian.core.outbound import Outbound, OutboundError, Policy, signed_headers
from zhijian.messaging.adapters.base import Letter, Refused, TryLater
from zhijian.messaging.adapters.failing import translated
from zhijian.messaging.rules.delivery import Reason

_TEMPLATE = "NOTICE"
_BUSY = frozenset({"2005", "2003"})  # flow control; refused by the operator for now
_NO_NUMBER = "2002"


class GatewaySms:
    knows_repeats = True

    def __init__(self, options: Mapping[str, str]) -> None:
        self._options = options
        self.outbound = Outbound(
            name="sms_notice", base_url=options["url"], policy=Policy(read=float(options["read_seconds"]))
        )

    def send(self, letter: Letter) -> str:
        answer = self._ask(
            "/sms/v1/messages",
            {
                "client_id": letter.key,
                "phone": letter.address,
                "template_id": _TEMPLATE,
                "params": dict(letter.content),
            },
        )
        code = answer.get("code")
        if code in _BUSY:
            raise TryLater(f"code_{code}")
        if code != "0":
            raise Refused(Reason.NO_ADDRESS if code == _NO_NUMBER else Reason.BAD_CONTENT)
        return str(answer.get("message_id", ""))

    def reports(self, receipts: Collection[str]) -> dict[str, bool]:
        answer = self._ask("/sms/v1/reports", {"message_ids": sorted(receipts)})
        found = answer.get("reports")
        if answer.get("code") != "0" or not isinstance(found, dict):
            raise TryLater(f"code_{answer.get('code')}")
        return {receipt: state == "delivered" for receipt, state in found.items() if state != "pending"}

    def _ask(self, path: str, request: Mapping[str, Any]) -> dict[str, Any]:
        body = json.dumps(request, ensure_ascii=False).encode()
        headers = signed_headers(app_id=self._options["app_id"], secret=self._options["secret"], body=body)
        try:
            # The signature counts once, so the client must not repeat the call; our queue does, with a new one.
            return self.outbound.post_json(path, body, headers=headers, idempotent=False)
        except OutboundError as error:
            raise translated(error) from None
