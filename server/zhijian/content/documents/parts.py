"""A body in the order in which it is read: text, picture, text, video. Every front end lays these out in its own way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zhijian.content.codes import MediaKind
from zhijian.content.models import Media
from zhijian.content.rules import addresses, captions, richtext
from zhijian.content.spec import ArticleSpec

JSON = dict[str, Any]
_MARKED = re.compile(
    rf"<p>(?:<(?:b|i|strong|em|br)\s*/?>)*\s*{richtext.MARK.pattern}\s*(?:<(?:/?(?:b|i|strong|em)|br)\s*/?>)*</p>"
)
_HREF = re.compile(r'href="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Files:
    """The files of an article by public id, and the address at which each is public."""

    media: Mapping[str, Media]
    addresses: Mapping[str, str]
    captions: Mapping[str, str]

    def of(self, spec: ArticleSpec, kind: MediaKind) -> list[JSON]:
        uses = [use for use in spec.media if use.media in self.media]
        return [
            self._described(self.media[use.media], use.caption)
            for use in uses
            if self.media[use.media].kind == kind and use.media in self.addresses
        ]

    def _described(self, media: Media, caption: str) -> JSON:
        common: JSON = {"src": self.addresses[media.public_id], "caption": caption}
        if media.kind == MediaKind.IMAGE:
            return common | {"type": "image", "alt": media.alt, "width": media.width, "height": media.height}
        if media.kind == MediaKind.VIDEO:
            said = [cue.text for cue in captions.parse(media.captions)[0]]
            return common | {
                "type": "video", "name": media.name, "captions": self.captions.get(media.public_id, ""),
                "transcript": "\n".join(said),
            }  # fmt: skip
        file = media.file
        return common | {"type": "file", "name": media.name, "mime": file.mime, "bytes": file.size}


def body_parts(spec: ArticleSpec, files: Files) -> list[JSON]:
    """Text as clean HTML; pictures and videos where the body places them, the others after it."""
    placed = {"图": files.of(spec, MediaKind.IMAGE), "视频": files.of(spec, MediaKind.VIDEO)}
    used: set[tuple[str, int]] = set()
    parts: list[JSON] = []
    html, at = richtext.clean(spec.body), 0
    for match in _MARKED.finditer(html):
        word, number = match[1], int(match[2])
        parts += _text(html[at : match.start()])
        at = match.end()
        if 1 <= number <= len(placed[word]):
            parts.append(placed[word][number - 1])
            used.add((word, number))
    parts += _text(html[at:])
    for word, rows in placed.items():
        parts += [row for number, row in enumerate(rows, start=1) if (word, number) not in used]
    return parts


def attachments(spec: ArticleSpec, files: Files) -> list[JSON]:
    return files.of(spec, MediaKind.DOCUMENT)


def _text(html: str) -> list[JSON]:
    html = html.strip()
    return [{"type": "html", "html": _HREF.sub(_resolved, html)}] if html else []


def _resolved(match: re.Match[str]) -> str:
    """Addresses inside the platform as a browser opens them, with the key beside them for the app."""
    found = addresses.read(match[1])
    target = f'href="{addresses.resolve(match[1])}"'
    return f'{target} data-{found.target}="{found.key}"' if found.target in {"item", "article"} else target
