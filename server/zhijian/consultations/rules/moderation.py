"""What may be shown of what people write, and what a moderator is pointed to. Pure."""

import re
import unicodedata
from typing import Final

from django.db.models import TextChoices


class CommentState(TextChoices):
    PENDING = "pending", "待审看"
    SHOWN = "shown", "已公开"
    HIDDEN = "hidden", "不公开"


class HiddenReason(TextChoices):
    """Why a comment isn't shown; its author is told. Hidden ones still count and are still answered in their group."""

    PERSONAL = "personal", "含有他人或本人的个人信息"
    ABUSE = "abuse", "含有辱骂、威胁内容"
    ADVERT = "advert", "是广告或与征集无关"
    UNLAWFUL = "unlawful", "含有法律禁止发布的内容"
    REPEATED = "repeated", "同一内容重复提交"


class Outcome(TextChoices):
    """采纳情况."""

    OPEN = "open", "待答复"
    ADOPTED = "adopted", "采纳"
    PARTLY = "partly", "部分采纳"
    DECLINED = "declined", "未采纳"


_HINTS: Final = (
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "可能含手机号"),
    (re.compile(r"(?<![\dXx])\d{17}[\dXx](?![\dXx])"), "可能含身份证号"),
    (re.compile(r"https?://|www\.|(?:微信|QQ|加我)[:：]?\s*\w{5,}", re.I), "可能是广告或链接"),
    (re.compile(r"<\s*(?:script|iframe|img|a|svg)\b", re.I), "含有网页代码，只会显示为文字"),
)


def hints(text: str) -> list[str]:
    """What a moderator should look at twice. Never a decision."""
    return [words for pattern, words in _HINTS if pattern.search(text)]


def plain(text: str) -> str:
    """One form for texts that say the same: for finding repeated ones. Punctuation, spaces, width and case don't count."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())
