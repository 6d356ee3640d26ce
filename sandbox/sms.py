"""An operator's SMS gateway: approved templates only, parameters filled in by the gateway."""

import json
import os
import re
import secrets
from collections import deque
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

KEPT = 200
TEMPLATES = {
    "LOGIN_CODE": "您的登录验证码是{code}，{minutes}分钟内有效。请勿告诉他人，工作人员不会向您索要。",
    "CASE_NOTICE": "{title}：{words}",
    "NOTICE": "{title}：{words}",
}
_DEMO = Path(__file__).resolve().parents[1] / "demo" / "organizations.json"
_CHINA = ZoneInfo("Asia/Shanghai")


def signature() -> str:
    """What the operators know the sender by: as configured, else from the city's name."""
    if given := os.environ.get("SMS_SIGNATURE"):
        return given
    name = os.environ.get("CITY_NAME") or json.loads(_DEMO.read_text())["city"]["name"]
    return f"【{name.removesuffix('市')}政务】"


@dataclass(frozen=True)
class Message:
    id: str
    phone: str
    text: str
    template_id: str
    params: dict[str, str]
    sent_at: str


class SmsGateway:
    def __init__(self) -> None:
        self._lock = Lock()
        self._messages: deque[Message] = deque(maxlen=KEPT)
        self._accepted: dict[str, str] = {}

    def send(self, request: dict[str, Any]) -> dict[str, str]:
        """The gateway's answer: code "0" and a message id, or a code of refusal.

        A ``client_id`` that was accepted before is answered as then, and nothing is sent again.
        """
        client_id = str(request.get("client_id", ""))
        with self._lock:
            if client_id in self._accepted:
                return {"code": "0", "message": "accepted", "message_id": self._accepted[client_id]}
        template = TEMPLATES.get(str(request.get("template_id")))
        phone, params = str(request.get("phone", "")), request.get("params")
        if not isinstance(params, dict):
            params = {}
        if template is None:
            return {"code": "2001", "message": "template not approved"}
        if not re.fullmatch(r"1[3-9][0-9]{9}", phone):
            return {"code": "2002", "message": "not a mobile number"}
        try:
            text = signature() + template.format_map(params)
        except KeyError:
            return {"code": "2004", "message": "template parameters missing"}
        sent_at = datetime.now(_CHINA).isoformat(timespec="seconds")
        message = Message(
            secrets.token_hex(8), phone, text, str(request["template_id"]), dict(params), sent_at
        )
        with self._lock:
            self._messages.appendleft(message)
            if client_id:
                self._accepted[client_id] = message.id
        return {"code": "0", "message": "accepted", "message_id": message.id}

    def reports(self, request: dict[str, Any]) -> dict[str, Any]:
        """What became of messages: all arrive, except on phones that end in 0000, which are off."""
        wanted = request.get("message_ids")
        if not isinstance(wanted, list) or len(wanted) > KEPT:
            return {"code": "2006", "message": f"message_ids: a list of at most {KEPT}"}
        with self._lock:
            kept = {message.id: message for message in self._messages}
        states = {
            str(key): "undelivered" if kept[key].phone.endswith("0000") else "delivered"
            for key in wanted
            if key in kept
        }
        return {"code": "0", "reports": states}

    def messages(self, phone: str = "") -> list[dict[str, Any]]:
        """Newest first."""
        with self._lock:
            kept = list(self._messages)
        return [asdict(message) for message in kept if not phone or message.phone == phone]

    def clear(self) -> None:
        with self._lock:
            self._messages.clear()
            self._accepted.clear()
