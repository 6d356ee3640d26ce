"""Numbers 编号 by which people speak of a case or request: prefix, day, item, sequence, check character. Pure.

Example ``YZ20261122-0042-000017-M``, written without hyphens. The check character (ISO/IEC 7064 MOD 37,36)
finds any single mistyped character and almost every pair typed in the wrong order.
"""

import re
from datetime import date
from typing import Final

_ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_M: Final = len(_ALPHABET)
SEQUENCE_DIGITS: Final = 6
_SHAPE: Final = re.compile(r"[0-9A-Z]{12,40}")


def compose(*, prefix: str, day: date, item_code: str, sequence: int) -> str:
    """Build a number. ``sequence`` is at most 999999 and unlike any other of that day."""
    item = re.sub(r"[^0-9A-Z]", "", item_code.upper())[-4:].rjust(4, "0")
    body = f"{prefix}{day:%Y%m%d}{item}{sequence:0{SEQUENCE_DIGITS}d}"
    return body + check_character(body)


def check_character(body: str) -> str:
    rest = _M
    for character in body:
        rest = (rest + _ALPHABET.index(character)) % _M or _M
        rest = rest * 2 % (_M + 1)
    return _ALPHABET[(_M + 1 - rest) % _M]


def plausible(number: str) -> bool:
    return bool(_SHAPE.fullmatch(number)) and check_character(number[:-1]) == number[-1]
