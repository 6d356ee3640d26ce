"""A name and id number check, as a police information service offers it to government platforms."""

import json
import re
from pathlib import Path
from typing import Any

_INVENTED = "9901"  # no division has this code: whoever has it was made up for a trial
_WEIGHTS = [pow(2, 17 - place, 11) for place in range(17)]


class IdentityRegister:
    """Knows the demo's people by name; accepts any other invented number with a sound check digit."""

    def __init__(self, people: Path) -> None:
        self._names: dict[str, str] = {}
        if people.exists():
            for person in json.loads(people.read_text(encoding="utf-8")):
                self._names[person["id_number"]] = person["name"]

    def check(self, request: dict[str, Any]) -> dict[str, str]:
        """``result``: match, mismatch (known by another name) or unknown."""
        name, number = str(request.get("name", "")), str(request.get("id_number", ""))
        if not name or not re.fullmatch(r"[0-9]{17}[0-9X]", number) or not _sound(number):
            return {"code": "3001", "message": "name or id number malformed"}
        known = self._names.get(number)
        if known is not None:
            return {"code": "0", "result": "match" if known == name else "mismatch"}
        return {"code": "0", "result": "match" if number.startswith(_INVENTED) else "unknown"}


def _sound(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11] == number[17]
