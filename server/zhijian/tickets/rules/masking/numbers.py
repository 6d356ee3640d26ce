"""Numbers that belong to a person: identity card, telephone, bank card, vehicle plate."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from zhijian.identity.rules import check_character
from zhijian.tickets.rules.masking.spans import Span, before, digits

_LETTER: Final = r"[0-9A-Za-z]"
# What stands before a number that only looks personal: an order, a contract, a registration.
_IMPERSONAL = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{1,4})(?:号码?|代码|编码|校验码|读数)[是为:：\s]*[A-Za-z]{0,3}$"
)
_PERSONAL_WORD = re.compile(
    r"(?:手机|电话|座机|身份证|证件|一代证|护照|联系|银行卡|社保卡|卡|账|帐|车牌|号牌|微信|联系人|支付宝|短信|绑定|这个|我的|他的|她的|机|证|老|旧|原|新|小)$"
)
_ID = re.compile(
    rf"(?<!{_LETTER})\d{{6}}[ -]?(?:18|19|20)\d{{2}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{{3}}[\dXx](?!{_LETTER})"
)
_ID_NAMED = re.compile(
    r"(?:身份证|证件号|一代证|护照)(?:件)?(?:号码?|编号)?[^0-9A-Za-z\n]{0,8}?(?P<number>\d(?:[ -]?\d){13,17}[Xx]?)(?![0-9A-Za-z])"
)
_MOBILE = re.compile(
    rf"(?<!{_LETTER})(?<!\d[.-])(?:\+?86[ -]?)?1[3-9]\d[ -]?\d{{4}}[ -]?\d{{4}}(?!{_LETTER})(?!\.\d)"
)
_SPELT = "零〇一幺二三四五六七八九两"
_SPELT_MOBILE = re.compile(rf"(?<![{_SPELT}])[一幺][三四五六七八九][{_SPELT}]{{9}}(?![{_SPELT}])")
_AREA_CODED = re.compile(rf"(?<!{_LETTER})(?<!-)[(]?0[1-9]\d{{1,2}}(?:[)]|[- ])?[ ]?\d{{7,8}}(?!{_LETTER})")
_LOCAL = re.compile(
    r"(?:座机|家里电话|家里座机|宅电|固定电话|固话|家庭电话)(?:号码?)?[是为:：\s]{0,2}(?P<number>[2-9]\d{6,7})(?!\d)"
)
_PUBLIC_PHONE = re.compile(
    r"(?:热线|咨询电话|服务电话|监督电话|举报电话|投诉电话|值班电话|客服电话?|办公电话|公布的?.{0,4}电话|局.{0,3}电话)[是为:：\s]*$"
)
_CARD = re.compile(rf"(?<!{_LETTER})(?<!\.)\d(?:[ -]?\d){{14,18}}(?!{_LETTER})")
_CARD_NAMED = re.compile(r"(?:卡号?|账号|账户|帐号|帐户|银行)[^0-9\n]{0,4}$")
_PROVINCE = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"[{_PROVINCE}][ ]?[A-HJ-NP-Z][ ·•・-]?[A-HJ-NP-Z0-9](?:[ ]?[A-HJ-NP-Z0-9]){{3,5}}[学警挂港澳试领使]?(?!{_LETTER})"
)
_PLATE_LENGTHS: Final = (5, 6)


def _impersonal(text: str, start: int) -> bool:
    found = _IMPERSONAL.search(before(text, start, 12))
    return found is not None and not _PERSONAL_WORD.search(found["word"])


def id_numbers(text: str) -> Iterator[Span]:
    """Numbers of 18 places with a sound check character, and near misses: a wrong one, a missing place, the old
    15 places. Those need a plausible date of birth or the word 身份证 before them."""
    for found in _ID.finditer(text):
        number = re.sub(r"[ -]", "", found[0]).upper()
        sound = check_character(number[:17]) == number[17]
        if sound or (_born(number) and not _impersonal(text, found.start())):
            yield Span(found.start(), found.end(), "id")
    for found in _ID_NAMED.finditer(text):
        yield Span(*found.span("number"), "id")


def _born(number: str) -> bool:
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return born.year >= 1900


def mobiles(text: str) -> Iterator[Span]:
    for pattern in (_MOBILE, _SPELT_MOBILE):
        for found in pattern.finditer(text):
            if not _impersonal(text, found.start()):
                yield Span(found.start(), found.end(), "phone")


def landlines(text: str) -> Iterator[Span]:
    """Not the telephones that an office makes public."""
    for found in _AREA_CODED.finditer(text):
        lead = before(text, found.start(), 14)
        number = digits(found[0])
        if _PUBLIC_PHONE.search(lead) or _impersonal(text, found.start()) or not 10 <= len(number) <= 12:
            continue
        yield Span(found.start(), found.end(), "phone")
    for found in _LOCAL.finditer(text):
        yield Span(*found.span("number"), "phone")


def bank_cards(text: str) -> Iterator[Span]:
    """15 to 19 digits with a sound Luhn digit, or any after the words for a card or an account."""
    for found in _CARD.finditer(text):
        number = digits(found[0])
        lead = before(text, found.start(), 12)
        if _impersonal(text, found.start()):
            continue
        named = _CARD_NAMED.search(lead) is not None
        if named or (len(number) >= 16 and number[0] in "3456" and luhn(number)):
            yield Span(found.start(), found.end(), "bank")


def luhn(number: str) -> bool:
    """ISO/IEC 7812: whether the last digit checks the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def plates(text: str) -> Iterator[Span]:
    """Plates of five places, of six for new energy, with the marks 学 警 挂."""
    for found in _PLATE.finditer(text):
        body = re.sub(r"[^A-Z0-9]", "", found[0])[1:]
        special = found[0][-1] in "学警挂港澳试领使"
        short = special or "摩托" in before(text, found.start(), 6)  # motorcycles have four places
        lengths = (4, *_PLATE_LENGTHS) if short else _PLATE_LENGTHS
        if len(body) in lengths and sum(letter.isdigit() for letter in body) >= 2:
            yield Span(found.start(), found.end(), "plate")
