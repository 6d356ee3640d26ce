"""送达方式: what each way needs, of what the item and its halls offer."""

from collections.abc import Collection, Mapping
from typing import Any

from zhijian.cases.rules.grounds import DeliveryMethod
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
    errors = [
        FieldError(f"/{name}", "required", f"请填写{_WORDS[name]}")
        for name in _NEEDS[method]
        if not str(given.get(name) or "").strip()
    ]
    errors += [
        FieldError(f"/{name}", "too_long", f"{_WORDS[name]}太长，请缩短")
        for name, limit in _LENGTHS.items()
        if len(str(given.get(name) or "")) > limit
    ]
    if method == DeliveryMethod.PICKUP and given.get("hall") and given["hall"] not in halls:
        errors.append(FieldError("/hall", "unknown", "请从办理地点中选择领取的大厅"))
    return errors


def tidy(given: Mapping[str, Any]) -> dict[str, str]:
    """Only what the method needs: nothing more is stored."""
    method = str(given["method"])
    return {"method": method} | {name: str(given[name]).strip() for name in _NEEDS[method]}
