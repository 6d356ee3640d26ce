"""WeChat's server side of subscribe messages 订阅消息: code for openid, access token, one call a message."""

import hashlib
import re
import secrets
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

KEPT = 200
APP_ID, LIFETIME = "zhijian", 7200  # seconds
TEMPLATES = {
    "CASE_PROGRESS": ("thing1", "phrase2", "thing3"),
    "CASE_CORRECTION": ("thing1", "number2", "time3", "thing4"),
    "CASE_RESULT": ("thing1", "thing2"),
    "LICENCE_EXPIRY": ("thing1", "time2", "thing3"),
    "BOOKING_NOTICE": ("thing1", "time2", "thing3"),
    "TICKET_REPLY": ("thing1", "phrase2", "thing3"),
    "CITY_NOTICE": ("thing1", "thing2"),
}
_LIMITS = {"thing": 20, "phrase": 5, "number": 32, "character_string": 32}
_CHINA = ZoneInfo("Asia/Shanghai")
Answer = dict[str, Any]


@dataclass(frozen=True)
class Message:
    openid: str
    template_id: str
    page: str
    data: dict[str, str]
    sent_at: str


class Wechat:
    def __init__(self, *, secret: str, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._secret = secret
        self._monotonic = monotonic
        self._lock = Lock()
        self._token, self._until = "", 0.0
        self._messages: deque[Message] = deque(maxlen=KEPT)

    def session(self, query: dict[str, str]) -> Answer:
        """``jscode2session``: the same code always belongs to the same person here."""
        if not self._knows(query.get("appid"), query.get("secret")):
            return _refusal(40013, "invalid appid")
        code = query.get("js_code", "")
        if not re.fullmatch(r"[A-Za-z0-9_-]{6,64}", code):
            return _refusal(40029, "invalid code")
        openid = "o" + hashlib.sha256(code.encode()).hexdigest()[:27]
        return {"openid": openid, "session_key": secrets.token_hex(8)}

    def stable_token(self, request: Answer) -> Answer:
        """One token for all who ask, until it ends."""
        if not self._knows(request.get("appid"), request.get("secret")):
            return _refusal(40125, "invalid appsecret")
        with self._lock:
            now = self._monotonic()
            if now >= self._until:
                self._token, self._until = secrets.token_urlsafe(48), now + LIFETIME
            return {"access_token": self._token, "expires_in": int(self._until - now)}

    def end_token(self) -> None:
        with self._lock:
            self._until = 0.0

    def send(self, token: str, request: Answer, fault: str) -> Answer:
        """``errcode`` 0, or why not. ``fault``: "reject" plays a user who allows nothing, "limit" a used-up quota."""
        if not self._is_current(token):
            return _refusal(40001, "invalid credential, access_token is invalid or not latest")
        openid, template = str(request.get("touser", "")), str(request.get("template_id", ""))
        refusal = _fault_of(openid, template, request.get("data"))
        if refusal:
            return refusal
        if fault in {"reject", "limit"}:
            return _refusal(
                *(
                    (43101, "user refuse to accept the msg")
                    if fault == "reject"
                    else (45009, "reach max api daily quota limit")
                )
            )
        values = {name: part["value"] for name, part in request["data"].items()}
        sent_at = datetime.now(_CHINA).isoformat(timespec="seconds")
        with self._lock:
            self._messages.appendleft(
                Message(openid, template, str(request.get("page", "")), values, sent_at)
            )
        return {"errcode": 0, "errmsg": "ok", "msgid": secrets.randbelow(10**15)}

    def messages(self, openid: str = "") -> list[Answer]:
        """Newest first."""
        with self._lock:
            kept = list(self._messages)
        return [asdict(message) for message in kept if not openid or message.openid == openid]

    def clear(self) -> None:
        with self._lock:
            self._messages.clear()

    def _knows(self, app_id: Any, secret: Any) -> bool:
        return app_id == APP_ID and secret == self._secret

    def _is_current(self, token: str) -> bool:
        with self._lock:
            return token == self._token and self._monotonic() < self._until


def _fault_of(openid: str, template: str, data: Any) -> Answer | None:
    if not re.fullmatch(r"o[0-9a-f]{27}", openid):
        return _refusal(40003, "invalid openid")
    if template not in TEMPLATES:
        return _refusal(40037, "invalid template_id")
    if not isinstance(data, dict) or set(data) != set(TEMPLATES[template]):
        return _refusal(47003, "argument invalid! fields differ from the template's")
    for name, part in data.items():
        value = part.get("value") if isinstance(part, dict) else None
        limit = _LIMITS.get(re.sub(r"\d+$", "", name), 64)
        if not isinstance(value, str) or not value or len(value) > limit:
            return _refusal(47003, f"argument invalid! data.{name}.value invalid")
    return None


def _refusal(code: int, words: str) -> Answer:
    return {"errcode": code, "errmsg": words}
