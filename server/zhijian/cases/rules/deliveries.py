"""送达方式: what each way needs, of what the item and its halls offer."""

from collections.abc import Collection, Mapping
from typing import Any

from zhijian.cases.rules.grounds import DeliveryMethod
from zhijian.core import numbers
from zhijian.core.errors import FieldError

_LENGTHS = {"hall": 40, "address": 200, "receiver": 50, "phone": 20}
_WORDS = {"address": "收件地址", "receiver": "收件人", "phone": "联系电话", "hall": "领取的大厅"}
_NEEDS: Mapping[str, tuple[str, ...]] = {
    DeliveryMethod.ELECTRONIC: (),
    DeliveryMethod.PICKUP: ("hall",),
    DeliveryMethod.COURIER: ("address", "receiver", "phone"),
}


def wrong(given: Mapping[str, Any], *, courier: bool, halls: Collection[str]) -> list[FieldError]:
    """What is wrong with a choice; empty = it can be kept."""
    method = str(given.get("method") or "")
    if method not in _NEEDS:
        return [FieldError("/method", "required", "请选择送达方式")]
    if method == DeliveryMethod.COURIER and not courier:
        return [FieldError("/method", "not_offered", "该事项不支持快递，请选择其他送达方式")]
    if method == DeliveryMethod.PICKUP and not halls:
        return [FieldError("/method", "not_offered", "该事项没有窗口领取，请选择其他送达方式")]
    given = {name: _text(given, name) for name in _LENGTHS}
    errors = [
        FieldError(f"/{name}", "required", f"请填写{_WORDS[name]}")
        for name in _NEEDS[method]
        if not given[name]
    ]
    errors += [
        FieldError(f"/{name}", "too_long", f"{_WORDS[name]}最多{limit}个字，请删去{over}个字")
        for name, limit in _LENGTHS.items()
        if (over := len(given[name]) - limit) > 0
    ]
    if method == DeliveryMethod.COURIER and given["phone"] and not numbers.is_phone(given["phone"]):
        errors.append(
            FieldError(
                "/phone",
                "bad_phone",
                "联系电话请填写11位手机号码，或带区号的固定电话；境外号码请从+或00和国家或地区代码写起",
            )
        )
    if method == DeliveryMethod.PICKUP and given["hall"] and given["hall"] not in halls:
        errors.append(FieldError("/hall", "unknown", "请从办理地点中选择领取的大厅"))
    return errors


def tidy(given: Mapping[str, Any]) -> dict[str, str]:
    """Only what the method needs: nothing more is stored."""
    method = str(given["method"])
    return {"method": method} | {name: _text(given, name) for name in _NEEDS[method]}


def _text(given: Mapping[str, Any], name: str) -> str:
    words = str(given.get(name) or "").strip()
    return numbers.phone(words) if name == "phone" else words
