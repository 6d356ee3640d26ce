"""Text for the ear: numbers, dates, document numbers and signs as they are spoken. Pure."""

import re
from collections.abc import Callable

from zhijian.content.rules.richtext import MARK, blocks

_DIGITS = "零一二三四五六七八九"
_CALLED = str.maketrans("0123456789", "零幺二三四五六七八九")
_YEAR = str.maketrans("0123456789", _DIGITS)
_GROUPS = ("", "万", "亿", "万亿")
_SIGNS = {
    "㎡": "平方米", "m²": "平方米", "m2": "平方米", "km": "公里", "kg": "公斤", "℃": "摄氏度", "APP": "手机应用",
    "App": "手机应用", "app": "手机应用", "Wi-Fi": "无线网络", "VIP": "贵宾", "/": "或者", "＋": "加", "+": "加", "×": "乘",
    "≥": "不少于", "≤": "不超过", "＞": "大于", "＜": "小于", "&": "和", "—": "，", "–": "，", "*": "", "※": "", "·": "，",
    "●": "", "■": "", "(": "，", ")": "，", "（": "，", "）": "，", "[": "", "]": "", "【": "", "】": "", "#": "", "_": "",
}  # fmt: skip
_SIGN = re.compile("|".join(re.escape(sign) for sign in sorted(_SIGNS, key=len, reverse=True)))
_COUNTED = "个次份天名位周件套张年月岁户人元万亿公平米"  # 两 is said before these
_RANGE = r"\s*(?:-|–|—|~|～|至)\s*"


def read_aloud(html: str) -> str:
    """A body as sentences to be spoken, one paragraph a line."""
    spoken = [speak(block.text) for block in blocks(html) if not MARK.fullmatch(block.text)]
    return "\n".join(line for line in spoken if line)


def speak(text: str) -> str:
    """One paragraph. No digit, no sign that a voice would spell out or skip is left; Latin words stay."""
    text = text.translate({ord("０") + place: str(place) for place in range(10)})
    for pattern, replacement in _STEPS:
        text = pattern.sub(replacement, text)
    text = _SIGN.sub(lambda match: _SIGNS[match[0]], text)
    text = re.sub(r"[，、\s]*，[，、\s]*", "，", text)
    text = re.sub(r"，(?=[。；：！？，、])|(?<=[。；：！？、])，|^，|，$", "", text).strip()
    return text + "。" if text and text[-1] not in "。！？；：" else text


def number(digits: str) -> str:
    """A number in words: 10500 is 一万零五百, 3.50 is 三点五. Longer than 16 digits is read digit by digit."""
    whole, _, fraction = digits.replace(",", "").partition(".")
    if len(whole) > 16:
        return digits.replace(",", "").translate(_YEAR).replace(".", "点")
    words = _whole(int(whole or "0"))
    fraction = fraction.rstrip("0")
    return f"{words}点{fraction.translate(_YEAR)}" if fraction else words


def _whole(value: int) -> str:
    if value == 0:
        return "零"
    words, place, gap = "", 0, False
    while value:
        value, part = divmod(value, 10_000)
        if part:
            words = _group(part) + _GROUPS[place] + ("零" if gap and words else "") + words
            gap = part < 1000
        else:
            gap = bool(words)
        place += 1
    return words.removeprefix("零").replace("零零", "零") if not words.startswith("一十") else words[1:]


def _group(part: int) -> str:
    """Up to 9999."""
    words, pending = "", False
    for unit, power in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = part // power % 10
        if digit:
            words += ("零" if pending and words else "") + _DIGITS[digit] + unit
            pending = False
        else:
            pending = True
    return words


def _date(match: re.Match[str]) -> str:
    year, month, day = match.groups()
    return f"{year.translate(_YEAR)}年{number(month)}月" + (f"{number(day)}日" if day else "")


def _time(match: re.Match[str]) -> str:
    hour, minute = match.groups()
    return f"{number(hour)}点" + ("" if int(minute) == 0 else f"{number(minute.lstrip('0') or '0')}分")


def _plain(match: re.Match[str]) -> str:
    digits, following = match[1], match[2]
    if digits == "2" and following and following in _COUNTED:
        return "两" + following
    return number(digits) + following


_STEPS: list[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]] = [
    (re.compile(r"[〔\[［](\d{4})[〕\]］]\s*(\d+)\s*号"), lambda m: f"{m[1].translate(_YEAR)}年第{number(m[2])}号"),
    (re.compile(r"(?<!\d)(\d{4})\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*日)?"), _date),
    (re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"), _date),
    (re.compile(r"(?<!\d)(\d{4})(?=年(?!内|以))"), lambda m: m[1].translate(_YEAR)),
    (re.compile(rf"(?<=\d\d){_RANGE}(?=\d{{1,2}}[:：]\d\d)"), "到"),
    (re.compile(r"(?<!\d)([01]?\d|2[0-4])[:：]([0-5]\d)(?!\d)"), _time),
    (re.compile(r"(?<!\d)(0\d{2,3})-(\d{5,8})(?!\d)"), lambda m: f"{m[1].translate(_CALLED)}，{m[2].translate(_CALLED)}"),
    (re.compile(r"(?<!\d)(1[3-9]\d{9}|1\d{4}|\d{17}[\dXx])(?![\d.,])(?!\s*[元个人户万件次份名平公])"),
     lambda m: m[1].translate(_CALLED)),
    (re.compile(r"[¥￥]\s*(\d[\d,]*(?:\.\d+)?)"), lambda m: f"{number(m[1])}元"),
    (re.compile(rf"(\d[\d,]*(?:\.\d+)?)%{_RANGE}(\d[\d,]*(?:\.\d+)?)%"),
     lambda m: f"百分之{number(m[1])}到百分之{number(m[2])}"),
    (re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*[%％]"), lambda m: f"百分之{number(m[1])}"),
    (re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*‰"), lambda m: f"千分之{number(m[1])}"),
    (re.compile(rf"(?<=\d){_RANGE}(?=\d)"), "到"),
    (re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*(.?)"), _plain),
    (re.compile(r"\d"), lambda m: m[0].translate(_YEAR)),
]  # fmt: skip
