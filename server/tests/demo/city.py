"""The demo city's files, read once, and the check characters of the numbers in them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from zhijian.catalog.spec import ItemSpec

DEMO = Path(__file__).resolve().parents[3] / "demo"
ITEM_FILES = sorted((DEMO / "items").glob("*.json"))

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100 leaves out I, O, S, V, Z
_CREDIT_WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


@cache
def document(name: str) -> Any:
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


@cache
def item(path: Path) -> ItemSpec:
    return ItemSpec.model_validate_json(path.read_text(encoding="utf-8"))


def items() -> list[ItemSpec]:
    return [item(path) for path in ITEM_FILES]


def codes(rows: list[dict[str, Any]]) -> list[str]:
    return [row["code"] for row in rows]


def credit_code_is_valid(code: str) -> bool:
    """Unified social credit code 统一社会信用代码: 18 characters, the last one checks the others (GB 32100)."""
    if len(code) != 18 or set(code) - set(_CREDIT_ALPHABET):
        return False
    total = sum(
        _CREDIT_ALPHABET.index(character) * weight
        for character, weight in zip(code, _CREDIT_WEIGHTS, strict=False)
    )
    return _CREDIT_ALPHABET[-total % 31] == code[17]
