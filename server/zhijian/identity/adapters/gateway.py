"""SMS gateway and identity check as sandbox/ speaks them: JSON over signed HTTP, a code in every answer."""

import json
from collections.abc import Mapping
from typing import Any

from zhijian.core.outbound import Outbound, OutboundError, Policy, signed_headers
from zhijian.identity.adapters.base import SystemUnavailable, Verdict


class Gateway:
    """One signed service. ``options``: url, app_id, secret, read_seconds (how long an answer may take)."""

    def __init__(self, name: str, options: Mapping[str, str]) -> None:
        self._options = options
        self.outbound = Outbound(
            name=name, base_url=options["url"], policy=Policy(read=float(options["read_seconds"]))
        )

    def ask(self, path: str, request: Mapping[str, Any], *, idempotent: bool) -> dict[str, Any]:
        """The answer if the service took the request. Raises SystemUnavailable."""
        body = json.dumps(request, ensure_ascii=False).encode()
        headers = signed_headers(app_id=self._options["app_id"], secret=self._options["secret"], body=body)
        try:
            answer = self.outbound.post_json(path, body, headers=headers, idempotent=idempotent)
        except OutboundError as error:
            raise SystemUnavailable(error.reason) from None
        if answer.get("code") != "0":
            raise SystemUnavailable(f"code_{answer.get('code')}")
        return answer


class GatewaySms:
    def __init__(self, options: Mapping[str, str]) -> None:
        self.gateway = Gateway("sms", options)

    def send_code(self, *, phone: str, code: str, minutes: int) -> None:
        params = {"code": code, "minutes": str(minutes)}
        request = {"phone": phone, "template_id": "LOGIN_CODE", "params": params}
        # Not idempotent: a person who gets two messages asks which one counts.
        self.gateway.ask("/sms/v1/messages", request, idempotent=False)


class GatewayIdentityCheck:
    def __init__(self, options: Mapping[str, str]) -> None:
        self.gateway = Gateway("identity_check", options)

    def check(self, *, name: str, id_number: str) -> Verdict:
        # Not retried by the client: the signature's nonce counts once, so a repeat would be refused as a replay.
        request = {"name": name, "id_number": id_number}
        answer = self.gateway.ask("/identity/v1/checks", request, idempotent=False)
        try:
            return Verdict(answer.get("result", ""))
        except ValueError:
            raise SystemUnavailable("verdict_unknown") from None
