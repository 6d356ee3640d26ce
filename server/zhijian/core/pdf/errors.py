"""Why a document is not made."""

from collections.abc import Iterable

from zhijian.core.errors import Unavailable


class MissingGlyph(Unavailable):
    """No font here has one of the characters, so nothing is sealed. ``characters`` may be part of somebody's name."""

    code = "pdf.missing_glyph"
    title = "有的字暂时印不出来，文书还没有生成，请稍后再来下载"

    def __init__(self, characters: Iterable[str]) -> None:
        found = dict.fromkeys(sign for text in characters for sign in text if not sign.isspace())
        self.characters = "".join(found)
        super().__init__("办件不受影响。工作人员装好字体后会自动生成。", retry_after=600)


def named(characters: str) -> str:
    """𪡏（U+2A84F）、…: the sign for people, the number for those whose screen lacks the font as well."""
    return "、".join(f"{sign}（U+{ord(sign):04X}）" for sign in characters)


def way_out(characters: str) -> str:
    """For staff: what is missing and who can help."""
    return (
        f"现有字体里没有：{named(characters)}。请联系系统管理员安装含有这些字的字体（运维手册“字体”一节），"
        "装好后即可生成，不需要重启。请不要用别的字代替。"
    )
