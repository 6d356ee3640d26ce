"""Numbers as people really write and paste them: telephone, identity card, credit code, codes, dates. Pure.

A number is cleaned before it is judged and before it is stored, here and nowhere else. The app's
``src/features/shared/numbers.ts`` means the same; ``tests/shared/vectors/numbers.json`` holds both to it. Cleaning
never loses a digit: what cannot be such a number stays as it was written, to be corrected by whoever wrote it.
"""

import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Final

# Categories Cc and Cf, and what chooses between pictures of one sign. Copied contacts bring them along.
_UNSEEN: Final = (
    "\u0000-\u001f\u007f-\u009f\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890-\u0891\u08e2\u180b-\u180f"
    "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
    "\U000e0100-\U000e01ef"
)
_SPACES: Final = "\u0020\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Category Pd, and what looks like a dash and is typed as one.
_DASHES: Final = (
    "\\-\u02d7\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2500\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d"
    "\u301c\u3030\u30a0\u30fc\ufe31\ufe32\ufe58\ufe63\uff0d\uff70\U00010d6e\U00010ead"
)
_BLANK = re.compile(f"[{_UNSEEN}]")
_BREAKS = re.compile(r"[\t\n\r]+")
_BETWEEN = re.compile(f"[{_UNSEEN}{_SPACES}{_DASHES}]")
_SPACE_RUN = re.compile(f"[{_SPACES}]+")
_DASH_RUN = re.compile(f"[{_DASHES}]+")
_UPPER: Final = {ord(letter): letter.upper() for letter in "abcdefghijklmnopqrstuvwxyz"}
# On a telephone's keyboard of signs and of foreign letters: what people type for the X that ends an id number.
_LIKE_X: Final = dict.fromkeys(map(ord, "×✕✖ХхΧχ"), "X")

_MOBILE: Final = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LANDLINE: Final = re.compile(r"(0(?:10|2\d|[3-9]\d\d))(\d{7,8})", re.ASCII)
_PHONE_MARKS = re.compile(r"[-()./]")
_EXTENSION: Final = re.compile(r"(?:转接?|分机号?|EXT|X|[#*,;])[.:]?(\d{1,6})", re.ASCII)
_LAST_GROUP: Final = re.compile(r"(.*\d{7,8}|[48]00-?\d{3}-?\d{4})-(\d{1,6})", re.ASCII)
_COUNTRY: Final = re.compile(r"(?:\+|00)86")
# What address books and letterheads put before a number.
_LABEL: Final = re.compile(
    r"^[(\[【]?(?:联系)?(?:电话|手机|座机|固话|方式|TEL|PHONE|MOBILE)(?:号码?)?[)\]】]?[:.]?"
)
_SERVICE: Final = re.compile(r"([48]00)(\d{3})(\d{4})", re.ASCII)
# Of Hong Kong, Macau and Taiwan also without the + of a country.
_ABROAD: Final = re.compile(r"(?:\+|00)(?!86)([1-9]\d*)|(85[23]\d{8}|886\d{9})", re.ASCII)
_TRUNK: Final = re.compile(r"(?<=\d)\(0\)|(?<=886)0", re.ASCII)
PHONE: Final = (
    r"^(1[3-9][0-9]{9}"
    r"|(0(10|2[0-9]|[3-9][0-9]{2})-[0-9]{7,8}|[48]00-[0-9]{3}-[0-9]{4})(转[0-9]{1,6})?"
    r"|\+(85[23][2-9][0-9]{7}|886[2-9][0-9]{7,8}|([1-79][0-9]|8[0-479]|85[014-9]|88[0-57-9])[0-9]{5,12}))$"
)
"""What :func:`phone` makes of a number: 11 digits; area code, line and perhaps an extension; 400 or 800; +852…."""
_PHONE: Final = re.compile(PHONE)

_AROUND_MARK: Final = re.compile(r" ?([-/.。年月日号]) ?")
_DAYS: Final = (
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})[日号]?", re.ASCII),
    re.compile(r"(\d{4})(?P<mark>[-/.。 ])(\d{1,2})(?P=mark)(\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII),
)
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

_CREDIT_CHARACTERS: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_SHAPE: Final = re.compile(
    rf"[{_CREDIT_CHARACTERS}]{{2}}\d{{6}}[{_CREDIT_CHARACTERS}]{{10}}", re.ASCII
)


def code(text: str) -> str:
    """A code of letters and digits: half width, upper case, without spaces, dashes and invisible signs."""
    bare = _BETWEEN.sub("", text)
    # Twice: what stood between two signs kept them from being folded into one.
    return _folded(_BETWEEN.sub("", _folded(bare))).translate(_UPPER)


def id_number(text: str) -> str:
    """An id number with its last sign in upper case, whatever stood there for an X."""
    return code(text.translate(_LIKE_X)).translate(_LIKE_X)


def credit_code(text: str) -> str:
    return code(text)


def phone(text: str) -> str:
    """A number in the one way that is stored: ``19900001234``, ``0999-1234567转801``, ``400-990-1234``, ``+85290001234``.

    Anything else stays as it was written, without what cannot be seen.
    """
    readable = _readable(text)
    marked = _LABEL.sub("", _SPACE_RUN.sub("", readable).translate(_UPPER), count=1)
    return _mobile(marked) or _landline(marked) or _abroad(marked) or readable


def mobile(text: str) -> str:
    """The 11 digits of a mainland mobile number; "" if it isn't one."""
    found = phone(text)
    return found if _MOBILE.fullmatch(found) else ""


def is_phone(cleaned: str) -> bool:
    """Whether :func:`phone` made a number at which somebody can be called. Messages go to mobile numbers only."""
    return bool(_PHONE.fullmatch(cleaned))


def day(text: str) -> str:
    """A date in the one way that is stored, ``2025-03-01``; what is no day of the calendar stays as written."""
    readable = _readable(text)
    marked = _AROUND_MARK.sub(r"\1", _DASH_RUN.sub("-", readable))
    for shape in _DAYS:
        if found := shape.fullmatch(marked):
            year, month, last = (part for part in found.groups() if part.isdigit())
            written = f"{year}-{month:0>2}-{last:0>2}"
            return written if is_day(written) else readable
    return readable


def is_day(cleaned: str) -> bool:
    """Whether :func:`day` found a day of the calendar."""
    if not _ISO_DAY.fullmatch(cleaned):
        return False
    try:
        date.fromisoformat(cleaned)
    except ValueError:
        return False
    return True


def credit_code_check(first_17: str) -> str:
    """Check character of a unified social credit code (GB 32100: MOD 31-3)."""
    total = sum(_CREDIT_CHARACTERS.index(sign) * pow(3, place, 31) for place, sign in enumerate(first_17))
    return _CREDIT_CHARACTERS[-total % 31]


def is_credit_code(cleaned: str) -> bool:
    return bool(_CREDIT_SHAPE.fullmatch(cleaned)) and credit_code_check(cleaned[:17]) == cleaned[17]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def _readable(text: str) -> str:
    """Half width, single spaces, no invisible signs."""
    seen = _BLANK.sub("", _folded(_BLANK.sub("", _BREAKS.sub(" ", text))))
    return _SPACE_RUN.sub(" ", _folded(seen)).strip(" ")


def _mobile(marked: str) -> str:
    digits = _PHONE_MARKS.sub("", _DASH_RUN.sub("", marked))
    for prefix in ("+86", "0086", "86", ""):
        if digits.startswith(prefix) and _MOBILE.fullmatch(digits[len(prefix) :]):
            return digits[len(prefix) :]
    return ""


def _abroad(marked: str) -> str:
    """With its country, and without the 0 that is dialled at home only."""
    found = _ABROAD.fullmatch(_PHONE_MARKS.sub("", _TRUNK.sub("", _DASH_RUN.sub("", marked), count=1)))
    number = f"+{found[1] or found[2]}" if found else ""
    return number if is_phone(number) else ""


def _landline(marked: str) -> str:
    grouped = re.sub("-+", "-", _DASH_RUN.sub("-", marked).replace("(", "-").replace(")", "-")).strip("-")
    return next((number for line, extension in _splits(grouped) if (number := _line(line, extension))), "")


def _splits(grouped: str) -> Iterator[tuple[str, str]]:
    """The line and its extension: after a word or sign for it, or as a last group behind a dash; or without one."""
    for start in range(len(grouped)):
        if found := _EXTENSION.fullmatch(grouped, start):
            yield grouped[:start], found[1]
    if found := _LAST_GROUP.fullmatch(grouped):
        yield found[1], found[2]
    yield grouped, ""


def _line(text: str, extension: str) -> str:
    digits = _PHONE_MARKS.sub("", text)
    if service := _SERVICE.fullmatch(digits):
        return "-".join(service.groups()) + (f"转{extension}" if extension else "")
    if abroad := _COUNTRY.match(digits):  # from abroad the area code is dialled without its 0
        digits = digits[abroad.end() :]
        digits = digits if digits.startswith("0") else "0" + digits
    found = _LANDLINE.fullmatch(digits)
    return f"{found[1]}-{found[2]}" + (f"转{extension}" if extension else "") if found else ""
