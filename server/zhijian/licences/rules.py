"""Decisions about licences. Pure."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from zhijian.core.dates import long_date

VERIFY_CODE_LENGTH = 20  # 100 random bits: cannot be found by trying
RENEWAL_NOTICE = timedelta(days=30)
"""A renewal is asked for this long before expiry (行政许可法 article 50)."""


class State(StrEnum):
    """What a licence is worth on a given day; ``UNKNOWN`` is for codes that name none."""

    VALID = "valid"
    PENDING = "pending"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


STATE_WORDS = {
    State.VALID: ("有效", "Valid"),
    State.PENDING: ("尚未生效", "Not yet valid"),
    State.EXPIRED: ("已过期", "Expired"),
    State.REVOKED: ("已注销", "Revoked"),
    State.UNKNOWN: ("查无此证", "Not found"),
}


@dataclass(frozen=True, slots=True)
class LicenceType:
    """How a kind of licence is numbered and printed; ``template`` is a file of templates/pdf."""

    prefix: str
    template: str


_TYPES = {
    "residence_permit": LicenceType("JZZ", "residence_permit"),
}
_CERTIFICATE = LicenceType("ZM", "certificate")
_APPROVAL = LicenceType("PW", "approval")


def licence_type(code: str, *, approval: bool = False) -> LicenceType:
    """Kinds that are not listed are numbered together and printed on the common certificate or approval."""
    return _TYPES.get(code, _APPROVAL if approval else _CERTIFICATE)


def number(prefix: str, year: int, sequence: int) -> str:
    """JZZ2025000012."""
    return f"{prefix}{year}{sequence:06d}"


@dataclass(frozen=True, slots=True)
class Content:
    """What a licence says besides its number, term and office. ``facts`` are label and value, in printed order.

    ``statement`` stands on a certificate below the facts, ``paragraphs`` on an approval above them, ``conditions``
    are what the holder must observe. ``validity`` is printed in place of the term's own words.
    """

    facts: Sequence[tuple[str, str]] = ()
    statement: str = ""
    validity: str = ""
    paragraphs: Sequence[str] = ()
    conditions: Sequence[str] = ()


def with_holder(content: Content, *, name: str, id_number: str) -> Content:
    """Put the holder first, unless the facts name the holder themselves. Sex and birth are read from the id number."""
    holder = {"姓名": name, "公民身份号码": id_number}
    if len(id_number) == 18:
        born = date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))
        sex = "男" if int(id_number[16]) % 2 else "女"
        holder = {"姓名": name, "性别": sex, "出生日期": long_date(born), "公民身份号码": id_number}
    given = {label for label, _ in content.facts}
    added = [(label, value) for label, value in holder.items() if value and label not in given]
    return replace(content, facts=(*added, *content.facts))


def verify_path(code: str) -> str:
    """Address of the public verification page, below the city's public URL."""
    return f"/#/pages/verify/index?code={code}"


def last_day(start: date, months: int) -> date | None:
    """Last day of a term of ``months`` that begins on ``start``; None for 0, which is without term.

    A year from 1 March 2025 ends on 28 February 2026; from 31 January a month ends on 27 or 28 February.
    """
    if not months:
        return None
    years, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + years, month + 1
    same_day = date(year, month, min(start.day, calendar.monthrange(year, month)[1]))
    return same_day - timedelta(days=1)


def state(status: str, valid_from: date, valid_to: date | None, day: date) -> State:
    if status == "revoked":
        return State.REVOKED
    if valid_to is not None and day > valid_to:
        return State.EXPIRED
    return State.PENDING if day < valid_from else State.VALID


def mask_number(text: str) -> str:
    """The last four characters stay: enough to compare with a printed licence, too little to forge one."""
    return "*" * max(len(text) - 4, 0) + text[-4:] if len(text) > 4 else "*" * len(text)
