"""Refusals that life cycles share. Each domain has its own of them, with its own code: :func:`of`."""

from typing import TypeVar

from zhijian.core.errors import Conflict, Forbidden, Invalid, Problem

P = TypeVar("P", bound=Problem)


class StateForbids(Conflict):
    code = "lifecycle.state_forbids"
    title = "现在的状态不能进行这项操作，请刷新后查看"


class NotNow(Conflict):
    code = "lifecycle.not_now"
    title = "现在还不能进行这项操作"


class PostForbids(Forbidden):
    code = "lifecycle.post_forbids"
    title = "您的岗位不能进行这项操作"


class WordsMissing(Invalid):
    code = "lifecycle.words_missing"
    title = "请补充必须填写的内容"


def of(domain: str, kind: type[P], *, reason: str = "", title: str = "") -> type[P]:
    """The refusal ``kind`` of ``domain``; its code says the same ``reason`` unless another is given."""
    code = f"{domain}.{reason or kind.code.partition('.')[2]}"
    here = {"code": code, "title": title or kind.title, "__module__": f"zhijian.{domain}.errors"}
    return type(kind.__name__, (kind,), here)
