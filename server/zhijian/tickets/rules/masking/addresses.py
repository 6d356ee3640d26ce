"""House numbers of homes. Streets and estates stay: a ticket without its place helps nobody."""

import re
from collections.abc import Iterator
from typing import Final

from zhijian.tickets.rules.masking.spans import Span, before

_COUNT: Final = r"[0-9０-９]{1,4}"
_BUILDING: Final = rf"{_COUNT}(?:号楼|号院|栋|幢|座|弄)"
_DOOR: Final = rf"{_COUNT}(?:号楼|号院|号|栋|幢|座|弄|组|单元|门|楼|层|室|户)?"
_PART: Final = rf"{_COUNT}(?:号楼|号院|号|栋|幢|座|弄|组|单元|门|室|户)"
# A building and what is in it: 3栋2单元501室, 12栋301, 33弄8号502室, 8号3栋…
_CHAIN = re.compile(rf"(?<![0-9.]){_PART}(?:{_DOOR}){{1,4}}(?![0-9]*(?:路|线|元|人|户的|次|天|年|月))")
# Joined by hyphens, after a name that ends like an estate's: 阳光苑10-2-301.
_JOINED = re.compile(r"(?<=[苑园城府庭湾居里村区邸寓境])[0-9]{1,3}-[0-9]{1,2}-[0-9]{3,4}(?![0-9-])")
# Someone lives there: the first number after a street or an estate is then a home.
_HOME = re.compile(
    r"(?:(?:我家|家|居|租|现|我|们|人|户)住在?|住址|住在|家庭住址|户籍地址|居住地址?|现居住?在?|收货地址|我家(?:地址|门牌|在)|门牌是|家里?地址|寄到)"
    r"(?P<street>[^0-9，。；！？,;!?\n]{2,24}?)"
    rf"(?P<door>{_PART}(?:{_DOOR})*)"
)
_OFFICE = re.compile(
    r"(?:局|中心|大厅|政府|法院|检察院|医院|学校|小学|中学|大学|学院|之家|办公楼|大楼|教学楼|门诊楼|委员会|派出所|服务站|车站|地铁)[^，。；,;]{0,6}$"
)
_PUBLIC_ROOM = re.compile(r"^[^，。；,;]{0,2}(?:窗口|办公室|教室|诊室|会议室|车位|柜台|线|出口)")


def addresses(text: str) -> Iterator[Span]:
    for found in _HOME.finditer(text):
        if not _is_public(text, *found.span("door")):
            yield Span(*found.span("door"), "addr")
    for found in _CHAIN.finditer(text):
        if _is_home(found[0]) and not _is_public(text, found.start(), found.end()):
            yield Span(found.start(), found.end(), "addr")
    for found in _JOINED.finditer(text):
        yield Span(found.start(), found.end(), "addr")


def _is_home(chain: str) -> bool:
    """A building with a door in it, not only a building."""
    return bool(re.match(_BUILDING, chain) or "单元" in chain or "号" in chain) and bool(
        re.search(r"[0-9]{2,4}(?:室|户)?$|单元|门", chain)
    )


def _is_public(text: str, start: int, end: int) -> bool:
    return bool(_OFFICE.search(before(text, start, 12)) or _PUBLIC_ROOM.match(text[end : end + 6]))
