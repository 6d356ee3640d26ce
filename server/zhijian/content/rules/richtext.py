"""Rich text: what may stand in a body, and what it says without its markup. Pure.

Allow-list cleaning happens wherever a text becomes public; active content (scripts, handlers, foreign frames) is
told to the writer before that, because quietly dropping it would leave a text that nobody wrote.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

_BLOCKS = frozenset({"p", "h2", "h3", "h4", "li", "blockquote", "th", "td"})
_TAGS = _BLOCKS | {
    "ul",
    "ol",
    "strong",
    "em",
    "b",
    "i",
    "a",
    "br",
    "hr",
    "table",
    "thead",
    "tbody",
    "tr",
    "sup",
    "sub",
}
_ATTRIBUTES: dict[str, set[str]] = {
    "a": {"href"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "ol": {"start"},
}
_SCHEMES = {"http", "https", "tel", "mailto"}
_ACTIVE = {
    "script": "脚本", "iframe": "内嵌网页", "object": "插件", "embed": "插件", "form": "表单", "input": "表单",
    "button": "按钮", "style": "样式代码", "link": "样式引用", "meta": "页面指令", "base": "页面指令", "svg": "矢量代码",
    "math": "公式代码", "img": "图片代码", "video": "视频代码", "audio": "音频代码", "template": "模板代码",
    "noscript": "页面指令", "textarea": "表单", "select": "表单",
}  # fmt: skip
_SPACE = re.compile(r"[\s\u3000\xa0]+")
# Browsers drop these inside an address before they look at its scheme.
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0]+")

MARK = re.compile(r"[【\[［](图|视频)\s*(\d{1,2})[】\]］]")
"""Alone in a paragraph: here stands the n-th picture or video of the article."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list entry or table cell as plain text; ``tag`` says which."""

    tag: str
    text: str


def clean(html: str) -> str:
    """``html`` with nothing but the allowed tags, attributes and schemes."""
    levelled = re.sub(r"<(/?)h[156]\b", r"<\1h2", html, flags=re.IGNORECASE)
    return nh3.clean(
        levelled,
        tags=set(_TAGS),
        clean_content_tags={"script", "style", "template"},
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener noreferrer",
    ).strip()


def active_parts(html: str) -> list[str]:
    """What in ``html`` could act or load something, in words, each once."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return list(dict.fromkeys(reader.active))


def blocks(html: str) -> list[Block]:
    """The text of each block that has any, in order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.end_block("p")
    return reader.blocks


def plain(html: str) -> str:
    """The text alone, one line for each block."""
    return "\n".join(block.text for block in blocks(html))


def links(html: str) -> list[tuple[str, str]]:
    """(address, words) of each link."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.links


def marks(html: str) -> list[tuple[str, int]]:
    """Which pictures and videos the body places: ("图", 1) …"""
    found = (MARK.fullmatch(block.text) for block in blocks(html))
    return [(match[1], int(match[2])) for match in found if match]


@dataclass
class _Reader(HTMLParser):
    blocks: list[Block] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    active: list[str] = field(default_factory=list)
    _words: list[str] = field(default_factory=list)
    _tag: str = "p"
    _silent: int = 0
    _link: tuple[str, int] | None = None

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._look(tag, attrs)
        if tag in {"script", "style"}:
            self._silent += 1
        if tag in _BLOCKS or tag in {"h1", "h5", "h6", "div", "ul", "ol", "table", "tr"}:
            self.end_block(tag)
        elif tag == "br":
            self._words.append(" ")
        elif tag == "a":
            self._link = (dict(attrs).get("href") or "", len(self._words))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self._silent = max(self._silent - 1, 0)
        elif tag == "a" and self._link:
            address, start = self._link
            self.links.append((address, _tidy(self._words[start:])))
            self._link = None
        elif tag in _BLOCKS or tag == "div":
            self.end_block("p")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._words.append(data)

    def end_block(self, following: str) -> None:
        text = _tidy(self._words)
        if text:
            self.blocks.append(Block(self._tag, text))
        self._words, self._tag = [], following
        if self._link:
            self._link = (self._link[0], 0)

    def _look(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.active.append(_ACTIVE[tag])
        for name, value in attrs:
            address = _DROPPED.sub("", value or "").lower()
            if name.startswith("on"):
                self.active.append("自动执行的动作")
            elif name in {"href", "src", "action", "formaction"} and not _harmless(address):
                self.active.append("脚本链接")
            elif name == "style" and re.search(r"url\s*\(|expression|@import|position", address):
                self.active.append("样式代码")


def _harmless(address: str) -> bool:
    scheme, colon, _ = address.partition(":")
    return not colon or not re.fullmatch(r"[a-z][a-z0-9+.-]*", scheme) or scheme in _SCHEMES


def _tidy(parts: list[str]) -> str:
    return _SPACE.sub(" ", "".join(parts)).strip()
