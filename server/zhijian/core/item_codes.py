"""Codes of service items, wherever they are stored, typed or part of an address.

GB/T 39046 prints 24, 10 and 32 signs; the national platform gives 31 (实施编码), 12 (基本编码) and 33 (业务办理项编码),
and provinces add to them. So the lengths leave room.
"""

import unicodedata
from typing import Final

LENGTH: Final = 40
BASE_LENGTH: Final = 20
BUSINESS_LENGTH: Final = 50
PATTERN: Final = rf"^[0-9A-Za-z]{{1,{LENGTH}}}$"
BASE_PATTERN: Final = rf"^[0-9A-Za-z]{{1,{BASE_LENGTH}}}$"
BUSINESS_PATTERN: Final = rf"^[0-9A-Za-z]{{0,{BUSINESS_LENGTH}}}$"
RULES: Final = {
    PATTERN: f"为 1 至 {LENGTH} 位字母或数字（国家平台为 31 位）",
    BASE_PATTERN: f"为 1 至 {BASE_LENGTH} 位字母或数字（国家平台为 12 位）",
    BUSINESS_PATTERN: f"最多 {BUSINESS_LENGTH} 位字母或数字（国家平台为 33 位）",
}


def tidy(code: object) -> object:
    """As it is meant when pasted: without blanks and invisible signs, full-width signs made plain."""
    if not isinstance(code, str):
        return code
    plain = unicodedata.normalize("NFKC", code)
    return "".join(sign for sign in plain if not sign.isspace() and unicodedata.category(sign) != "Cf")
