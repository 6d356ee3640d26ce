"""WeChat subscribe messages 订阅消息: an access token, one call a message, refusals told by ``errcode``."""

import json
import time
from collections.abc import Callable, Collection, Mapping
from threading import Lock
from typing import Any, Final
from urllib.parse import urlencode

from zhijian.core.outbound import Outbound, OutboundError, Policy
from zhijian.messaging.adapters.base import Letter, Refused, TryLater
from zhijian.messaging.adapters.failing import translated
from zhijian.messaging.rules.delivery import Reason

_TOKEN_WRONG = frozenset({40001, 40014, 42001})
_LATER = frozenset({-1, 45009, 45011, *_TOKEN_WRONG})
_CONSENT_GONE = 43101
_REASONS: Final = {
    _CONSENT_GONE: Reason.REFUSED,
    40003: Reason.NO_ADDRESS,
    47003: Reason.BAD_CONTENT,
    40037: Reason.BAD_CONTENT,
}
_EARLY = 300  # seconds before its end at which a token is asked for anew


class WechatSubscribe:
    """``options``: url, app_id, secret, read_seconds. WeChat does not know repeats: each call is a message."""

    knows_repeats = False

    def __init__(
        self, options: Mapping[str, str], *, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._options = options
        self._monotonic = monotonic
        self._lock = Lock()
        self._token, self._token_until = "", 0.0
        self.outbound = Outbound(
            name="wechat", base_url=options["url"], policy=Policy(read=float(options["read_seconds"]))
        )

    def send(self, letter: Letter) -> str:
        values = {name: {"value": value} for name, value in letter.content["data"].items()}
        request = {
            "touser": letter.address,
            "template_id": letter.content["template_id"],
            "page": letter.link.lstrip("/"),
            "data": values,
            "lang": "zh_CN",
        }
        answer = self._send(request)
        if answer.get("errcode") in _TOKEN_WRONG:  # refused before anything was sent: safe to repeat at once
            self._forget_token()
            answer = self._send(request)
        code = answer.get("errcode", 0)
        if code in _LATER:
            raise TryLater(f"errcode_{code}")
        if code != 0:
            raise Refused(_REASONS.get(code, Reason.BAD_CONTENT), consent_gone=code == _CONSENT_GONE)
        return str(answer.get("msgid", ""))

    def reports(self, receipts: Collection[str]) -> dict[str, bool]:
        """WeChat tells nothing after it took a message."""
        return {}

    def address_of(self, code: str) -> str:
        query = urlencode(
            {
                "appid": self._options["app_id"],
                "secret": self._options["secret"],
                "js_code": code,
                "grant_type": "authorization_code",
            }
        )
        try:
            answer = self.outbound.get_json(f"/sns/jscode2session?{query}")
        except OutboundError as error:
            raise TryLater(error.reason) from None
        openid = answer.get("openid")
        if not isinstance(openid, str) or not openid:
            raise Refused(Reason.NO_ADDRESS)
        return openid

    def _send(self, request: Mapping[str, Any]) -> dict[str, Any]:
        path = f"/cgi-bin/message/subscribe/send?{urlencode({'access_token': self._access_token()})}"
        return self._post(path, request)

    def _access_token(self) -> str:
        with self._lock:
            if self._monotonic() >= self._token_until:
                # The stable endpoint answers all our processes the same token; the older one would end the others'.
                answer = self._post(
                    "/cgi-bin/stable_token",
                    {
                        "grant_type": "client_credential",
                        "appid": self._options["app_id"],
                        "secret": self._options["secret"],
                    },
                    token=True,
                )
                if not answer.get("access_token"):
                    raise TryLater(f"token_{answer.get('errcode')}")
                self._token = str(answer["access_token"])
                self._token_until = self._monotonic() + float(answer.get("expires_in", 0)) - _EARLY
            return self._token

    def _forget_token(self) -> None:
        with self._lock:
            self._token_until = 0.0

    def _post(self, path: str, request: Mapping[str, Any], *, token: bool = False) -> dict[str, Any]:
        body = json.dumps(request, ensure_ascii=False).encode()
        try:
            return self.outbound.post_json(path, body, idempotent=token)
        except OutboundError as error:
            # Without a token nothing was sent, whatever went wrong.
            raise (TryLater(error.reason) if token else translated(error)) from None
