"""Shapes, check digits and masks of personal data. Pure."""

import math
import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from zhijian.core import names, numbers
from zhijian.core.unreadable import UnreadableText

RESEND_AFTER = 60
"""Seconds between two codes to one phone."""
CODE_ATTEMPTS = 5
REAL_NAME_CHECKS_PER_DAY = 10
ID_NUMBER_WORDS = {
    "shape": "身份证号应为18位数字，最后一位可以是X",
    "birth_date": "身份证号中的出生日期不存在，请核对第7到14位",
    "checksum": "身份证号有误，请逐位核对",
}
ADULT_CARE_AGE = 14
"""Below this age a guardian's consent is needed (PIPL art. 31)."""

_ID_NUMBER = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = tuple(pow(2, 17 - place, 11) for place in range(17))
_CHECK_CHARACTERS = "10X98765432"


def clean_phone(text: str) -> str:
    """The 11 digits of a mainland mobile number, however it was written; "" if it isn't one."""
    return numbers.mobile(text)


def clean_name(text: str) -> str:
    """A name as registers write it; "" when none could hold it. Whether it is the person's the register decides."""
    return names.person(text)


def clean_id_number(text: str) -> str:
    return numbers.id_number(text)


def check_character(first_17: str) -> str:
    """ISO 7064 MOD 11-2 check character of an id number (GB 11643)."""
    return _CHECK_CHARACTERS[
        sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True)) % 11
    ]


def birth_date(id_number: str) -> date | None:
    """The date of birth that an id number states; None if no such day exists."""
    try:
        return date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
    except ValueError:
        return None


def id_number_fault(id_number: str, *, today: date) -> str | None:
    """Why this cannot be a citizen's id number: ``shape``, ``birth_date`` or ``checksum``; None if it can."""
    if not _ID_NUMBER.fullmatch(id_number):
        return "shape"
    born = birth_date(id_number)
    if born is None or born > today or born.year < 1900:
        return "birth_date"
    return None if check_character(id_number[:17]) == id_number[17] else "checksum"


def age_on(born: date, day: date) -> int:
    """Full years of age. Born on 29 February: a year older on 1 March in other years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def needs_guardian(id_number: str, *, today: date) -> bool:
    born = birth_date(id_number)
    return born is not None and age_on(born, today) < ADULT_CARE_AGE


def mask_name(name: str) -> str:
    """张三 → 张*, 欧阳静静 → 欧**静 would tell too much: only the first character stays, and of a single one nothing."""
    if isinstance(name, UnreadableText):
        return name
    return name[:1] + "*" * (len(name) - 1) if len(name) > 1 else "*" * len(name)


def mask_id(id_number: str) -> str:
    """110101199001011234 → 1101**********1234; anything shorter than 9 is hidden whole."""
    if isinstance(id_number, UnreadableText):
        return id_number
    if len(id_number) < 9:
        return "*" * len(id_number)
    return id_number[:4] + "*" * (len(id_number) - 8) + id_number[-4:]


def mask_phone(phone: str) -> str:
    """13800001234 → 138****1234."""
    if isinstance(phone, UnreadableText):
        return phone
    if len(phone) < 8:
        return "*" * len(phone)
    return phone[:3] + "*" * (len(phone) - 7) + phone[-4:]


class CodeVerdict(StrEnum):
    """What comes of a code that was typed in."""

    RIGHT = "right"
    WRONG = "wrong"
    USED = "used"
    EXPIRED = "expired"
    LOCKED = "locked"


def code_verdict(*, matches: bool, used: bool, expired: bool, attempts: int) -> CodeVerdict:
    """``attempts``: wrong ones so far. A right code after the fifth wrong one comes too late."""
    if attempts >= CODE_ATTEMPTS:
        return CodeVerdict.LOCKED
    if not matches:
        return CodeVerdict.WRONG
    if used:
        return CodeVerdict.USED
    return CodeVerdict.EXPIRED if expired else CodeVerdict.RIGHT


def code_wait(
    *,
    now: datetime,
    phone_times: Sequence[datetime],
    address_times: Sequence[datetime],
    per_day: int,
    per_hour: int,
) -> int:
    """Seconds until another code may be sent, 0 for now. Times: codes to the phone in the last day, and to
    the caller's network address in the last hour."""
    free_at = [now]
    if phone_times:
        free_at.append(max(phone_times) + timedelta(seconds=RESEND_AFTER))
    for times, limit, window in (
        (phone_times, per_day, timedelta(days=1)),
        (address_times, per_hour, timedelta(hours=1)),
    ):
        if len(times) >= limit:
            free_at.append(sorted(times)[-limit] + window)
    return math.ceil((max(free_at) - now).total_seconds())


def clean_device(text: str) -> str:
    """A device's name as its owner may read it in a list: printable, at most 60 characters."""
    printable = "".join(char for char in text if unicodedata.category(char)[0] != "C")
    return " ".join(printable.split())[:60] or "未知设备"
