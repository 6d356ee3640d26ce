"""What a person reads on a page: text and spoken attributes, without scripts and without what is marked as English."""

from html.parser import HTMLParser

_SILENT = {"script", "style", "template", "kbd", "head"}
_SPOKEN = {"aria-label", "title", "placeholder", "alt", "value"}
_VOID = {"input", "br", "img", "meta", "link", "hr", "use", "path", "source", "wbr", "col"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        silent = tag in _SILENT or given.get("lang") == "en" or bool(self._silent and self._silent[-1])
        if not silent and given.get("type") not in {"hidden", "checkbox", "radio"}:
            skipped = (
                {"value"}
                if tag in {"option", "button"} or given.get("name") in {"username", "actor_key"}
                else set()
            )
            self.words += [given[name] or "" for name in _SPOKEN - skipped if name in given]
        if tag not in _VOID:
            self._silent.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag not in _VOID:
            self._silent.pop()

    def handle_data(self, data: str) -> None:
        if not (self._silent and self._silent[-1]):
            self.words.append(data)


def visible(html: str) -> str:
    """All that is read, in one string; the title counts too."""
    reader = _Reader()
    reader.feed(html)
    title = html.partition("<title>")[2].partition("</title>")[0]
    return "\n".join([title, *reader.words])
