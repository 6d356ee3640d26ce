"""Refusals. Each carries a stable code for programs and a Chinese sentence for people (RFC 9457 when on HTTP)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from zhijian.core.afterwards import put_off


@dataclass(frozen=True, slots=True)
class FieldError:
    """What is wrong with one value. ``path`` is a JSON pointer into what was sent."""

    path: str
    code: str
    message: str


class Problem(Exception):
    """Base of all refusals: subclass it in a domain's ``errors.py`` with a code ``domain.reason``."""

    code: ClassVar[str] = "core.problem"
    status: ClassVar[int] = 400
    title: ClassVar[str] = "这次操作没有完成"

    def __init__(
        self,
        detail: str = "",
        *,
        fields: Sequence[FieldError] = (),
        extra: Mapping[str, Any] | None = None,
        retry_after: int | None = None,
        attempt: Callable[[], None] | None = None,
    ) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.fields = tuple(fields)
        self.extra = dict(extra or {})
        self.retry_after = retry_after
        self._attempt = attempt
        if attempt:
            put_off(self.tell)

    def tell(self) -> None:
        """Do, once, what the refusal leaves behind: record the attempt, give back what was taken. Requests and
        background tasks do this by themselves (:mod:`zhijian.core.afterwards`), after the roll-back."""
        attempt, self._attempt = self._attempt, None
        if attempt:
            attempt()

    def as_json(self) -> dict[str, Any]:
        body: dict[str, Any] = {
            "type": f"urn:zhijian:problem:{self.code}",
            "code": self.code,
            "status": self.status,
            "title": self.title,
        }
        if self.detail:
            body["detail"] = self.detail
        if self.fields:
            body["fields"] = [asdict(field) for field in self.fields]
        return body | self.extra


class InternalStepRefused(RuntimeError):
    """A step that the platform takes by itself is not in the table for the state that it met. That is a fault of the
    platform, so it is no :class:`Problem`: nobody who made a request may read it as a refusal of what they asked."""


class NotFound(Problem):
    code = "core.not_found"
    status = 404
    title = "没有找到您要的内容"


class Forbidden(Problem):
    code = "core.forbidden"
    status = 403
    title = "您没有权限进行这项操作"


class Unauthorized(Problem):
    code = "core.unauthorized"
    status = 401
    title = "请先登录"


class Invalid(Problem):
    code = "core.invalid"
    status = 422
    title = "有内容需要修改"


class Conflict(Problem):
    code = "core.conflict"
    status = 409
    title = "内容已经变化，请刷新后再试"


class TooMany(Problem):
    code = "core.too_many"
    status = 429
    title = "操作太频繁，请稍后再试"


class Unavailable(Problem):
    code = "core.unavailable"
    status = 503
    title = "服务暂时不可用，您填写的内容没有丢失，请稍后再试"


class OperatorNeeded(Unavailable):
    """Only whoever runs the system can help. Background work waits for them, however long it takes."""


class TooLarge(Problem):
    code = "core.too_large"
    status = 413
    title = "提交的内容太大"
